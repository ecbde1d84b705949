package io.diskmemo.internal.resilience;

import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.KindStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a kind whose database is said to be damaged, and has it revived if it is: two looks, a pause
 * apart, then {@link KindStore#reviveIfDamaged}, which looks again. All of it happens in the background;
 * meanwhile calls go without the disk.
 *
 * <p>If the looks find nothing, the connections have been opened anew, and the next look comes after a
 * second at the earliest, then after twice as long each time, up to a minute. If another process is at
 * it, there is nothing to do here. Thread-safe.
 */
public final class DamagedKind {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final long SHORTEST_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();

  private final String kind;
  private final KindStore store;
  private final LongSupplier ticker;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile long lastNanos;
  private volatile long intervalNanos;

  /**
   * Nothing is suspected yet.
   *
   * @param kind its name, for the log
   * @param store of the kind
   * @param ticker nanoseconds, only forward
   */
  public DamagedKind(String kind, KindStore store, LongSupplier ticker) {
    this.kind = kind;
    this.store = store;
    this.ticker = ticker;
  }

  /**
   * Takes note of a failure. Returns at once, also if the failure {@linkplain
   * DiskException#pointsToDamage() points to damage} and a look begins. Never throws.
   *
   * @param failure of the store
   */
  public void suspect(RuntimeException failure) {
    if (failure instanceof DiskException disk
        && disk.pointsToDamage()
        && (intervalNanos == 0 || ticker.getAsLong() - lastNanos >= intervalNanos)
        && looking.compareAndSet(false, true)) {
      store.inBackground(() -> step(this::firstLook));
    }
  }

  private void step(Runnable work) {
    try {
      work.run();
    } catch (DiskException e) {
      LOG.debug("kind {}: the database cannot be looked at now", kind, e);
      end(false);
    } catch (RuntimeException | Error e) {
      end(false);
      throw e;
    }
  }

  private void firstLook() {
    if (store.isDamaged()) {
      Executor later = CompletableFuture.delayedExecutor(
          PAUSE.toMillis(), TimeUnit.MILLISECONDS, store::inBackground);
      later.execute(() -> step(this::secondLook));
    } else {
      LOG.info("kind {}: the database is sound", kind);
      end(false);
    }
  }

  private void secondLook() {
    end(!store.reviveIfDamaged().isEmpty());
  }

  private void end(boolean revived) {
    lastNanos = ticker.getAsLong();
    intervalNanos =
        revived ? 0 : Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, 2 * intervalNanos));
    looking.set(false);
  }
}
