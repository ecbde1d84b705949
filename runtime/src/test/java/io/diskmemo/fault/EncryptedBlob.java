package io.diskmemo.fault;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.codec.Blob;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.nio.file.Path;
import java.util.Arrays;

/** Calls a method whose result is an encrypted value file, and says what it saw. */
final class EncryptedBlob {
  private EncryptedBlob() {}

  static DiskMemo open(Path directory) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 5);
    return Stores.open(
        directory, Profile.builder().memoryLimit(0).encryptionKey(key::clone).build());
  }

  static TestMethod<Blob> method(DiskMemo memo) {
    return TestMethod.blobs("m", a -> Blob.of(new byte[200_000])).in(memo);
  }

  public static void main(String[] arguments) {
    try (DiskMemo memo = open(Path.of(arguments[0]))) {
      TestMethod<Blob> method = method(memo);
      System.out.println(method.call("a").sizeBytes());
      System.out.println(method.computations() + " computed");
      System.out.println(memo.kind("default").stats().missesDamaged() + " damaged");
    }
  }
}
