package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.multiprocess.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asynchronous calls that wait for another's lease, in a JVM that gets no thread for its delays. */
class NoThreadForDelaysTest {
  /** What a JVM says of each thread that it does not get, where the test reads. */
  private static final String SILENT = "JAVA_TOOL_OPTIONS=-Xlog:disable";

  @TempDir
  private Path directory;

  /** The JVM took the others' while the first asked for the thread, and let them wait for ever. */
  @Test
  void allThatWaitAtTheSameTimeAreAnswered() throws IOException, InterruptedException {
    Strace.requireAttaching();
    Strace strace = Strace.of("clone,clone3").injecting("error=EAGAIN:delay_enter=50ms");
    try (ChildJvm child = ChildJvm.startUnder(
        List.of("env", SILENT), WaitingCallers.class, directory.resolve("store"))) {
      child.awaitLine("open");
      Process noThreads = strace.attach(child, directory.resolve("strace.out"));
      try {
        assertThat(child.ask("go")).isEqualTo(WaitingCallers.CALLERS + " answered, held");
      } finally {
        noThreads.destroy();
        noThreads.waitFor();
      }
    }
  }
}
