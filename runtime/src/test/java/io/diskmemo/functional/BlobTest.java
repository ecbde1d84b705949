package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.codec.Blob;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that are read from a file of the store instead of memory. */
class BlobTest {
  private static final int MIB = 1 << 20;

  @TempDir
  Path directory;

  private static byte[] bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static TestMethod<Blob> method(DiskMemo memo, int length) {
    return TestMethod.blobs(
            "m", argument -> Blob.write(out -> out.write(bytes(length, argument.hashCode()))))
        .in(memo);
  }

  private Path valueFile() throws IOException {
    try (Stream<Path> all = Files.walk(directory.resolve("kinds/default/values"))) {
      return all.filter(file -> file.toString().endsWith(".value")).findFirst().orElseThrow();
    }
  }

  @Test
  void blobOfAnySizeComesBackTheSameAtOnceAndAfterTheStoreWasOpenedAgain() throws Exception {
    for (int length : new int[] {0, 1, 65_535, 65_536, 3 * MIB + 1}) {
      for (int round = 0; round < 2; round++) {
        try (DiskMemo memo = Stores.open(directory)) {
          TestMethod<Blob> method = method(memo, length);
          for (int call = 0; call < 2; call++) {
            Blob blob = method.call("a" + length);
            assertThat(blob.sizeBytes()).isEqualTo(length);
            assertThat(blob.toBytes()).isEqualTo(bytes(length, ("a" + length).hashCode()));
          }
          assertThat(method.computations()).isEqualTo(1 - round);
          assertThat(memo.kind("default").check().isSound()).isTrue();
        }
      }
    }
  }

  @Test
  void contentMayCloseItsStream() throws Exception {
    byte[] large = bytes(MIB, 1);
    Blob plain = Blob.write(out -> {
      try (out) {
        out.write(large);
      }
    });
    Blob zipped = Blob.write(out -> {
      try (OutputStream zip = new GZIPOutputStream(out)) {
        zip.write(large);
      }
    });

    assertThat(plain.toBytes()).isEqualTo(large);
    try (InputStream in = new GZIPInputStream(zipped.newInputStream())) {
      assertThat(in.readAllBytes()).isEqualTo(large);
    }
  }

  @Test
  void nullIsToldFromAnEmptyBlobInFilesToo() throws Exception {
    for (Profile.Builder profile :
        List.of(Profile.builder(), Profile.builder().encryptionKey(() -> bytes(32, 1)))) {
      Path store = Files.createTempDirectory(directory, "store");
      for (int round = 0; round < 2; round++) {
        try (DiskMemo memo = Stores.open(store, profile.minFileSize(1).build())) {
          TestMethod<Blob> method = TestMethod.blobs(
                  "m",
                  argument -> argument.isEmpty() ? null : Blob.of(bytes(argument.length() - 1, 1)))
              .in(memo);

          assertThat(method.call("")).isNull();
          assertThat(method.call("a").toBytes()).isEmpty();
          assertThat(method.call("ab").toBytes()).isEqualTo(bytes(1, 1));
          assertThat(method.computations()).isEqualTo(3 * (1 - round));
        }
      }
    }
  }

  @Test
  void nullIsAValue() {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<Blob> method = TestMethod.blobs("m", argument -> null).in(memo);

      assertThat(method.call("a")).isNull();
      assertThat(method.call("a")).isNull();
      assertThat(method.computations()).isEqualTo(1);
    }
  }

  @Test
  void blobCanBeReadAfterItsEntryWasEvictedAndTheStoreIsClosed() throws Exception {
    Blob blob;
    InputStream begun;
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<Blob> method = method(memo, MIB);
      method.call("a");
      blob = method.call("a");
      begun = blob.newInputStream();
      begun.read(new byte[1000]);
      assertThat(method.evict("a")).isTrue();
      assertThatThrownBy(this::valueFile).isInstanceOf(RuntimeException.class);
    }
    assertThat(blob.toBytes()).isEqualTo(bytes(MIB, "a".hashCode()));
    assertThat(begun.readAllBytes()).hasSize(MIB - 1000);
    Path copy = directory.resolve("copy");
    blob.copyTo(copy);
    assertThat(copy).hasBinaryContent(bytes(MIB, "a".hashCode()));
  }

  @Test
  void damagedFileIsAMiss() throws Exception {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<Blob> method = method(memo, MIB);
      method.call("a");
      byte[] file = Files.readAllBytes(valueFile());
      file[file.length / 2] ^= 1;
      Files.write(valueFile(), file);

      assertThat(method.call("a").toBytes()).isEqualTo(bytes(MIB, "a".hashCode()));
      assertThat(method.computations()).isEqualTo(2);
      assertThat(memo.kind("default").stats().missesDamaged()).isEqualTo(1);
    }
  }

  @Test
  void blobThatIsTooLargeIsReturnedAndCounted() throws Exception {
    Profile small = Profile.builder().maxEntrySize(100_000).build();
    try (DiskMemo memo = Stores.open(directory, small)) {
      assertThat(method(memo, MIB).call("a").toBytes()).hasSize(MIB);
      assertThat(memo.kind("default").stats().refusedTooLarge()).isEqualTo(1);
    }
  }

  @Test
  void blobInABatchIsThereForItsThreadAndForAllAfterTheCommit() throws Exception {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<Blob> method = method(memo, MIB);
      try (Batch batch = memo.batch()) {
        method.call("a");
        assertThat(method.call("a").toBytes()).isEqualTo(bytes(MIB, "a".hashCode()));
        batch.commit();
      }
      assertThat(method.call("a").toBytes()).isEqualTo(bytes(MIB, "a".hashCode()));
      assertThat(method.computations()).isEqualTo(1);
    }
  }

  @Test
  void blobOfManyMegabytesIsReadAsAStream() throws Exception {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<Blob> method =
          TestMethod.blobs("m", argument -> Blob.write(this::writeMany)).in(memo);
      long length = method.call("a").sizeBytes();
      long read = 0;
      try (InputStream in = method.call("a").newInputStream()) {
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          read += n;
        }
      }
      assertThat(read).isEqualTo(length).isEqualTo(100L * MIB);
      assertThat(method.computations()).isEqualTo(1);
    }
  }

  private void writeMany(OutputStream out) throws IOException {
    byte[] part = bytes(MIB, 1);
    for (int i = 0; i < 100; i++) {
      out.write(part);
    }
  }

  /** The file was closed beneath all who read it. */
  @Test
  void interruptOfOneReaderDoesNotDisturbTheOthers() throws Exception {
    try (DiskMemo memo = Stores.open(directory);
        Threads threads = new Threads()) {
      Blob blob = method(memo, MIB).call("a");
      InputStream begun = blob.newInputStream();
      begun.read(new byte[1000]);
      boolean kept = Threads.result(threads.begin(() -> {
        Thread.currentThread().interrupt();
        assertThat(blob.toBytes()).hasSize(MIB);
        return Thread.interrupted();
      }));

      assertThat(kept).isTrue();
      assertThat(begun.readAllBytes()).hasSize(MIB - 1000);
      assertThat(blob.toBytes()).isEqualTo(bytes(MIB, "a".hashCode()));
    }
  }

  @Test
  void interruptWhileABlobIsWrittenDoesNotDisturbIt() throws Exception {
    Thread.currentThread().interrupt();
    Blob blob = Blob.write(out -> out.write(bytes(MIB, 1)));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(blob.toBytes()).isEqualTo(bytes(MIB, 1));
  }

  @Test
  void blobsThatAreKeptAreBoundedAndThoseThatAreNotGoOn() throws Exception {
    List<Blob> kept = new ArrayList<>();
    assertThatThrownBy(() -> {
          for (int i = 0; i <= 500; i++) {
            kept.add(Blob.write(out -> out.write(1)));
          }
        })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("keep fewer");
    assertThat(kept.get(0).toBytes()).containsExactly(1);
    kept.clear();
    for (int i = 0; i <= 1000; i++) {
      assertThat(Blob.write(out -> out.write(1)).sizeBytes()).isEqualTo(1);
    }
  }

  @Test
  void batchOfTooManyBlobsSaysSo() {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<Blob> method = method(memo, 65_536);
      try (Batch batch = memo.batch()) {
        for (int i = 0; i <= 200; i++) {
          method.call("a" + i);
        }
        assertThatThrownBy(batch::commit).hasMessageContaining("200 blobs with an open file");
      }
      assertThat(memo.kind("default").stats().stores()).isZero();
    }
  }

  /** Blobs in memory counted nothing. */
  @Test
  void batchOfBlobsInMemoryIsBounded() {
    byte[] large = new byte[50 * MIB];
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<Blob> method =
          TestMethod.blobs("m", argument -> Blob.of(large)).in(memo);
      try (Batch batch = memo.batch()) {
        for (int i = 0; i < 6; i++) {
          method.call("a" + i);
        }
        assertThatThrownBy(batch::commit).hasMessageContaining("commit after fewer calls");
      }
    }
  }

  @Test
  void expiredBlobIsAMissAsOthersAre() throws Exception {
    TestClock clock = new TestClock();
    try (DiskMemo memo = Stores.open(directory, clock)) {
      TestMethod<Blob> method = TestMethod.blobs(
              "m", argument -> Blob.write(out -> out.write(bytes(MIB, 1))))
          .spec(spec -> spec.timeToLive(Duration.ofMinutes(1)))
          .in(memo);
      method.call("a");
      clock.advance(Duration.ofMinutes(2));

      assertThat(method.call("a").toBytes()).isEqualTo(bytes(MIB, 1));
      assertThat(method.computations()).isEqualTo(2);
      assertThat(memo.kind("default").stats().missesExpired()).isEqualTo(1);
    }
  }
}
