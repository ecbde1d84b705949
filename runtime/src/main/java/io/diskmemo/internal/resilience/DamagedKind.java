package io.diskmemo.internal.resilience;

import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.KindStore;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a kind whose database is said to be damaged, and has it revived if it is: a look, and a pause
 * later {@link KindStore#reviveIfDamaged}, which looks twice more. If another process is at it, it is waited
 * for.
 *
 * <p>A look reads all of the database. If it finds nothing, the next comes after a second at the
 * earliest, then after twice as long each time, up to a minute. For one thread at a time.
 */
final class DamagedKind {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int MOST_PAUSES = 150;
  private static final long SHORTEST_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();

  private final Supplier<@Nullable KindStore> store;
  private final LongSupplier nanoTicker;
  private long lastNanos;
  private long intervalNanos;

  /**
   * Nothing is suspected yet.
   *
   * @param store that is open, or null
   * @param nanoTicker for pauses
   */
  DamagedKind(Supplier<@Nullable KindStore> store, LongSupplier nanoTicker) {
    this.store = store;
    this.nanoTicker = nanoTicker;
  }

  /**
   * Looks, and mends what is broken. Never called by a caller's thread.
   *
   * @param reason what was met
   * @throws DiskException if it cannot be mended; then the kind goes on from memory
   */
  void repair(Failure reason) {
    KindStore present = store.get();
    if (present == null) {
      return; // it is looked at when it is opened
    }
    if (intervalNanos > 0 && nanoTicker.getAsLong() - lastNanos < intervalNanos) {
      throw new DiskException("look at the database", false, "it was found sound a moment ago");
    }
    boolean revived = isRevived(present);
    lastNanos = nanoTicker.getAsLong();
    intervalNanos =
        revived ? 0 : Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, 2 * intervalNanos));
    if (!revived) {
      LOG.info("the database that seemed to be damaged is sound: {}", reason.message());
    }
  }

  private static boolean isRevived(KindStore store) {
    for (int pauses = 0; store.isDamaged(); pauses++) {
      LockSupport.parkNanos(PAUSE.toNanos());
      try {
        return !store.reviveIfDamaged().isEmpty();
      } catch (DiskException e) {
        if (!e.isTransient() || pauses == MOST_PAUSES) {
          throw e;
        }
        LOG.debug("another process is at it", e);
      }
    }
    return false;
  }
}
