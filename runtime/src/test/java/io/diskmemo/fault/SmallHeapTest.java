package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.DiskMemo;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Commands;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.ValueFilesOf;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Want of memory for what is stored is not the caller's trouble. */
class SmallHeapTest {
  @TempDir
  Path directory;

  private List<String> run(String work) {
    assumeTrue(Commands.exists("env"), "env is missing, by which the heap is made small");
    try (ChildJvm child = ChildJvm.startUnder(
        List.of("env", "_JAVA_OPTIONS=-Xmx48m"), SmallHeap.class, work, directory)) {
      return child.success();
    }
  }

  /** Those that had expired or were damaged were read into memory. */
  @Test
  void blobsAreNeverInMemory() throws Exception {
    try (DiskMemo memo = SmallHeap.open(directory, new TestClock())) {
      SmallHeap.blobMethod().in(memo).call("damaged");
    }
    String file = ValueFilesOf.defaultIn(directory).onDisk().iterator().next();
    Path damaged = directory.resolve("kinds/default").resolve(file);
    try (SeekableByteChannel channel = Files.newByteChannel(damaged, StandardOpenOption.WRITE)) {
      channel.position(Files.size(damaged) - 1);
      channel.write(ByteBuffer.wrap(new byte[] {1}));
    }

    assertThat(run("blobs")).containsExactly("computations 3", "expired 1", "damaged 1");
  }

  @Test
  void resultThatDoesNotFitIntoMemoryIsComputed() {
    try (DiskMemo memo = SmallHeap.open(directory, new TestClock())) {
      SmallHeap.textMethod(40 * SmallHeap.MIB).in(memo).call("large");
    }

    assertThat(run("text")).containsExactly("length 3", "computations 1");
    try (DiskMemo memo = SmallHeap.open(directory, new TestClock())) {
      assertThat(SmallHeap.textMethod(3).in(memo).call("large")).hasSize(40 * SmallHeap.MIB);
    }
  }

  /** All of them were read before the first was kept. */
  @Test
  void prefetchEndsAtTheLimitOfMemory() {
    try (DiskMemo memo = SmallHeap.open(directory, new TestClock())) {
      TestMethod<String> method = SmallHeap.textMethod(600_000).in(memo);
      SmallHeap.arguments().forEach(method::call);
    }

    assertThat(run("prefetch")).containsExactly("length 600000");
  }
}
