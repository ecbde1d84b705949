package io.diskmemo.internal.disk;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The pace of work whose steps each hold the write lock: it rests as long as the step took, so that
 * whoever wants to write waits for one step and not for all. Without a rest, threads that have to be
 * woken up, and other processes, which only look at the lock now and then, hardly ever find it free.
 * For one thread.
 */
final class GivingWay implements Pace {
  private static final long MOST_NANOS = Duration.ofMillis(50).toNanos();

  private final Pace pace;
  private final LongSupplier nanoTicker;
  private final LongConsumer rest;
  private long beganNanos;

  GivingWay(Pace pace) {
    this(pace, System::nanoTime, LockSupport::parkNanos);
  }

  /** With another clock, and another way to let so many nanoseconds pass. */
  GivingWay(Pace pace, LongSupplier nanoTicker, LongConsumer rest) {
    this.pace = pace;
    this.nanoTicker = nanoTicker;
    this.rest = rest;
  }

  @Override
  public boolean goOn(long done) {
    if (done > 0) {
      rest.accept(Math.min(MOST_NANOS, nanoTicker.getAsLong() - beganNanos));
    }
    boolean more = pace.goOn(done);
    beganNanos = nanoTicker.getAsLong();
    return more;
  }
}
