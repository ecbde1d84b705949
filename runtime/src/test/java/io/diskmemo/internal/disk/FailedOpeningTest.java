package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.NewEntries;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever fails to open a kind must not keep the others from writing to it. */
class FailedOpeningTest {
  private static final StoreLimits LIMITS = KindStores.limits(1 << 20);

  @TempDir
  private Path directory;

  /** One of them stayed inside its transaction, and its lock was held until the JVM ended. */
  @Test
  void errorAtAnyLookAtTheTimeLeavesNoLock() throws Exception {
    try (KindStore store = opened()) {
      KindFiles files =
          StoreDirectory.openOrCreate(directory).createKind("default", 1).get(0);
      int failures = 0;
      boolean open = false;
      while (!open) {
        store.coherence(NewEntries.key("k")).takeTicket(); // a gap, which the next opener closes
        open = isOpenedAndClosed(files, failures);
        failures += open ? 0 : 1;
        assertThat(store.store(NewEntries.entry("k" + failures, 1, 10)).outcome())
            .isEqualTo(Stored.Outcome.STORED);
      }
      assertThat(failures).isPositive();
    }
  }

  private KindStore opened() {
    return KindStores.open(directory, "default", LIMITS, Clock.systemUTC());
  }

  private static boolean isOpenedAndClosed(KindFiles files, int looks) throws SQLException {
    AtomicInteger left = new AtomicInteger(looks);
    WriteQueue queue = new WriteQueue(LIMITS.timeout(), () -> {
      if (left.getAndDecrement() == 0) {
        throw new OutOfMemoryError("Java heap space");
      }
      return System.nanoTime();
    });
    try {
      LiveConnection.open(files, new Database(files::database, LIMITS), LIMITS, queue)
          .close();
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }
}
