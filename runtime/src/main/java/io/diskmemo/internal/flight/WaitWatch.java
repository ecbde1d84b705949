package io.diskmemo.internal.flight;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one long wait visible: to the observer and in the log, after a second and then whenever the
 * wait has become twice as long; and as an event of the flight recorder when it is over. For one
 * thread.
 */
public final class WaitWatch {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final long FIRST_NANOS = 1_000_000_000;

  private final WaitTerms terms;
  private final WaitRecording recording;
  private long nextNanos = FIRST_NANOS;

  /**
   * Begins with the wait.
   *
   * @param terms of it
   */
  public WaitWatch(WaitTerms terms) {
    this.terms = terms;
    this.recording = WaitRecording.begin();
  }

  /**
   * How long it still is until there is something to say.
   *
   * @param waitedNanos so far
   * @return positive
   */
  public long nanosToNext(long waitedNanos) {
    return Math.max(1, nextNanos - waitedNanos);
  }

  /**
   * To be called now and then while the wait lasts.
   *
   * @param waitedNanos so far
   * @param holder asked only if there is something to say
   */
  public void look(long waitedNanos, Supplier<Holder> holder) {
    if (waitedNanos >= nextNanos) {
      while (nextNanos <= waitedNanos) {
        nextNanos *= 2;
      }
      report(holder.get(), Duration.ofNanos(waitedNanos));
    }
  }

  private void report(Holder holder, Duration waited) {
    log(holder, waited);
    try {
      terms.observer().waiting(terms, holder, waited);
    } catch (Throwable e) { // of the user's, whose call must not fail by it, whatever it is
      LOG.warn("kind {}: the wait listener fails", terms.kind(), e);
    }
  }

  private void log(Holder holder, Duration waited) {
    if (holder.isNobody()) {
      LOG.warn(
          "kind {}: {} has been waited for {} ms", terms.kind(), terms.method(), waited.toMillis());
    } else {
      LOG.warn(
          "kind {}: {} has been waited for {} ms; process {} on {} has it since {}",
          terms.kind(),
          terms.method(),
          waited.toMillis(),
          holder.processId(),
          holder.host(),
          holder.since());
    }
  }

  /**
   * To be called when the wait is over.
   *
   * @param holder who was waited for last
   * @param outcome for people
   */
  public void end(Supplier<Holder> holder, String outcome) {
    recording.end(terms, holder, outcome);
  }
}
