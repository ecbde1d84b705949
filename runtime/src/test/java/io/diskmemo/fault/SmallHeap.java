package io.diskmemo.fault;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.codec.Blob;
import io.diskmemo.testkit.Codecs;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestMethod;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A process with less memory than there is in the store. */
final class SmallHeap {
  static final int MIB = 1 << 20;
  static final int BLOB_MIB = 80;

  private final TestClock clock = new TestClock();
  private final Path directory;

  private SmallHeap(Path directory) {
    this.directory = directory;
  }

  /** Arguments: what to do, directory. */
  public static void main(String[] arguments) throws Exception {
    SmallHeap process = new SmallHeap(Path.of(arguments[1]));
    switch (arguments[0]) {
      case "blobs" -> process.blobs();
      case "text" -> process.text();
      case "prefetch" -> process.prefetch();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  static DiskMemo open(Path directory, TestClock clock) {
    return Stores.open(directory, clock, Profile.builder().memoryLimit(MIB).build());
  }

  static TestMethod.Builder<Blob> blobMethod() {
    return TestMethod.blobs("blob", argument -> Blob.write(SmallHeap::write))
        .spec(spec -> spec.timeToLive(Duration.ofMinutes(1)));
  }

  private static void write(OutputStream out) throws IOException {
    for (int i = 0; i < BLOB_MIB; i++) {
      out.write(new byte[MIB]);
    }
  }

  static TestMethod.Builder<String> textMethod(int length) {
    return TestMethod.copied("text", new Codecs.Text(), argument -> "a".repeat(length));
  }

  private void blobs() {
    try (DiskMemo memo = open(directory, clock)) {
      TestMethod<Blob> method = blobMethod().in(memo);
      method.call("damaged"); // it was when this began
      method.call("a");
      memo.prefetch(() -> method.peek("a"));
      clock.advance(Duration.ofMinutes(2));
      method.call("a");
      System.out.println("computations " + method.computations());
      System.out.println("expired " + memo.kind("default").stats().missesExpired());
      System.out.println("damaged " + memo.kind("default").stats().missesDamaged());
    }
  }

  private void text() {
    try (DiskMemo memo = open(directory, clock)) {
      System.out.println("length " + textMethod(3).in(memo).call("large").length());
      TestMethod<String> method = textMethod(5).in(memo);
      method.call("small");
      method.call("small");
      System.out.println("computations " + method.computations());
    }
  }

  private void prefetch() {
    try (DiskMemo memo = open(directory, clock)) {
      TestMethod<String> method = textMethod(1).in(memo);
      memo.prefetch(() -> arguments().forEach(method::peek));
      System.out.println("length " + method.call(arguments().get(0)).length());
    }
  }

  static List<String> arguments() {
    return Stream.concat(Stream.of("first"), IntStream.range(0, 150).mapToObj(i -> "argument" + i))
        .toList();
  }
}
