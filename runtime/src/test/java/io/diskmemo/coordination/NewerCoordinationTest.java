package io.diskmemo.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.MaintenanceException;
import io.diskmemo.MaintenanceReport;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state of throttles is one that a newer release has made. */
class NewerCoordinationTest {
  /** Of the number of the format, in the header of a database; see its file format, 1.3. */
  private static final int USER_VERSION = 60;

  @TempDir
  Path directory;

  /** All that was known of the other kinds was lost. */
  @Test
  void kindsAreMaintainedAndReported() throws Exception {
    try (DiskMemo memo = Stores.open(directory)) {
      memo.throttle("t", 1, Duration.ofHours(1)).tryAcquire();
      TestMethod.text("m").in(memo).call("a");
    }
    Path database = directory.resolve("kinds/_coordination/cache-2-1.db");
    try (FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, 99), USER_VERSION);
    }
    try (DiskMemo memo = Stores.open(directory)) {
      assertThatThrownBy(() -> memo.maintenance().run())
          .isInstanceOfSatisfying(MaintenanceException.class, e -> {
            assertThat(e.failures()).containsOnlyKeys("_coordination");
            assertThat(e.isTransient()).isFalse();
            List<MaintenanceReport> reports = e.reports(MaintenanceReport.class);
            assertThat(reports).extracting(MaintenanceReport::kind).containsExactly("default");
            assertThat(reports.get(0).entries()).isEqualTo(1);
          })
          .hasMessageStartingWith("_coordination: ")
          .hasMessageContaining("newer");
    }
  }
}
