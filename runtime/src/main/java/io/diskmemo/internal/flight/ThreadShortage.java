package io.diskmemo.internal.flight;

import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the system gave no thread a moment ago. Asking in vain is not cheap, and the JVM says so each
 * time; so it is asked once a second, and logged once until there is a thread again. Thread-safe.
 */
public final class ThreadShortage {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private final String consequence;
  private final LongSupplier nanoTicker;
  private final BiConsumer<String, Throwable> log;
  private long failedNanos; // guarded by this
  private boolean lasts; // guarded by this

  /**
   * None yet.
   *
   * @param consequence of it, for the log
   * @param nanoTicker tells how long ago it was
   */
  public ThreadShortage(String consequence, LongSupplier nanoTicker) {
    this(consequence, nanoTicker, LOG::warn);
  }

  ThreadShortage(String consequence, LongSupplier nanoTicker, BiConsumer<String, Throwable> log) {
    this.consequence = consequence;
    this.nanoTicker = nanoTicker;
    this.log = log;
  }

  /**
   * Whether it is too early to ask again.
   *
   * @return false if the last thread that was asked for began
   */
  public synchronized boolean isFresh() {
    return lasts && nanoTicker.getAsLong() - failedNanos < PAUSE_NANOS;
  }

  /**
   * Takes note that no thread began.
   *
   * @param reason that the system gives
   */
  public synchronized void note(Throwable reason) {
    failedNanos = nanoTicker.getAsLong();
    if (!lasts) {
      lasts = true;
      log.accept(consequence, reason);
    }
  }

  /** Takes note that a thread began. */
  public synchronized void end() {
    lasts = false;
  }
}
