package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterProgressTest {
  @TempDir
  Path directory;

  /** Else nobody would notice a disk that stops to answer while the log is copied. */
  @Test
  void whatIsDoneOutsideTransactionsIsWritingAndNotWaitingForALock() throws Exception {
    StoreLimits limits = TestLimits.ample().limits();
    TestLimits.ample().open(directory, new TestClock()).close();
    KindFiles files = new KindFiles(directory.resolve("kinds/default"));
    try (ValueFiles values = new ValueFiles(files.directory());
        Writer writer = Writer.open(
            files,
            new Database(files::database, limits),
            limits,
            values,
            new MethodsInUse(new TestClock()),
            new WriteQueue(limits.timeout()))) {
      long hour = System.nanoTime() + TimeUnit.HOURS.toNanos(1);
      long seen = writer.alone(
          "copy the log", statements -> writer.progress().longer(Long.MAX_VALUE, hour));

      assertThat(seen).isPositive().isLessThan(Long.MAX_VALUE);
      assertThat(writer.progress().longer(Long.MAX_VALUE, hour)).isEqualTo(Long.MAX_VALUE);
    }
  }
}
