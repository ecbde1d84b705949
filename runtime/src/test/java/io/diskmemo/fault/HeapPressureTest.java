package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Commands;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of 1 to 20 MB in a heap of 64 MB: each call returns what the method does. */
class HeapPressureTest {
  private static final int CALLS = Integer.getInteger("tests.heap.calls", 30);

  @TempDir
  private Path directory;

  @Test
  void callsReturnTheResultWhateverTheCacheHasNoMemoryFor() {
    assumeTrue(Commands.exists("env"), "env is missing, by which the heap is made small");
    for (int seed = 0; seed < 2; seed++) { // the second finds the store of the first
      try (ChildJvm child = ChildJvm.startUnder(
          List.of("env", "_JAVA_OPTIONS=-Xmx64m"),
          HeapPressureProcess.class,
          directory,
          CALLS,
          seed)) {
        List<String> lines = child.success();
        assertThat(lines).as(child.complaints()).contains("right " + CALLS, "sound true");
      }
    }
  }
}
