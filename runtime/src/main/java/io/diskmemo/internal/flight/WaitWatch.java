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
final class WaitWatch {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final long FIRST_NANOS = 1_000_000_000;

  private final WaitTerms terms;
  private final WaitRecording recording;
  private long nextNanos = FIRST_NANOS;

  WaitWatch(WaitTerms terms) {
    this.terms = terms;
    this.recording = WaitRecording.begin();
  }

  /** How long it still is until there is something to say. */
  long nanosToNext(long waitedNanos) {
    return Math.max(1, nextNanos - waitedNanos);
  }

  /** To be called now and then while the wait lasts. */
  void look(long waitedNanos, Supplier<Holder> holder) {
    if (waitedNanos >= nextNanos) {
      while (nextNanos <= waitedNanos) {
        nextNanos *= 2;
      }
      report(holder.get(), Duration.ofNanos(waitedNanos));
    }
  }

  private void report(Holder holder, Duration waited) {
    LOG.warn(
        "kind {}: {} has been waited for {} ms; process {} on {} computes it since {}",
        terms.kind(),
        terms.method(),
        waited.toMillis(),
        holder.processId(),
        holder.host(),
        holder.since());
    try {
      terms.observer().waiting(terms, holder, waited);
    } catch (RuntimeException e) { // of the user's, whose call must not fail by it
      LOG.warn("kind {}: the wait listener fails", terms.kind(), e);
    }
  }

  /** To be called when the wait is over. */
  void end(Supplier<Holder> holder, String outcome) {
    recording.end(terms, holder, outcome);
  }
}
