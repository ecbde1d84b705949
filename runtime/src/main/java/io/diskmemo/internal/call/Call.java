package io.diskmemo.internal.call;

import io.diskmemo.generated.Computation;
import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.call.Encoding.Decoded;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.flight.Flights;
import io.diskmemo.internal.memory.Result;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call of a memoized method and its way through the parts: batch and memory, the flight of its
 * key, the disk, the method itself, and back to the disk and to memory. For one thread.
 *
 * @param <R> type of the result
 */
final class Call<R extends @Nullable Object> implements Flights.Work<CallAnswer<R>> {
  private final Entry<R> entry;
  private final Computation<? extends R> computation;

  /** What this thread loaded or computed itself. */
  private @Nullable Outcome<R> own;

  Call(Entry<R> entry, Computation<? extends R> computation) {
    this.entry = entry;
    this.computation = computation;
  }

  R answer() throws Throwable {
    Result<R> known = entry.known();
    if (known != null) {
      return copyOf(known);
    }
    KindParts kind = entry.kind();
    CallAnswer<R> answer = kind.flights().once(entry.key().local(), kind.lockWait(), this);
    if (own != null) {
      return own.value();
    }
    kind.counters().count(Event.WAIT);
    return answer instanceof CallAnswer.Stamped<R> stamped ? copyOf(stamped.result()) : uncached();
  }

  /** A class may refuse to be made again; the caller must not notice. */
  private R copyOf(Result<R> result) throws Throwable {
    Decoded<R> copy = entry.method().encoding().again(result);
    return copy == null ? uncached() : copy.value();
  }

  private R uncached() throws Throwable {
    return entry.method().computed(computation);
  }

  @Override
  public CallAnswer<R> together() throws Throwable {
    return mine(loadOrCompute());
  }

  @Override
  public CallAnswer<R> alone(Flights.WhyAlone reason) throws Throwable {
    entry.kind().counters().count(Event.ALONE);
    return mine(
        reason == Flights.WhyAlone.RECURSION ? Outcome.forThisCaller(uncached()) : loadOrCompute());
  }

  private Outcome<R> loadOrCompute() throws Throwable {
    Optional<Outcome<R>> loaded = entry.load();
    return loaded.isPresent() ? loaded.get() : computeAndStore(NewEntry.Mode.PUBLISH);
  }

  /** Computes whatever there is, and takes its place. */
  R refreshed() throws Throwable {
    return computeAndStore(NewEntry.Mode.REPLACE).value();
  }

  private Outcome<R> computeAndStore(NewEntry.Mode mode) throws Throwable {
    Computing<R> computing = Computing.begin(entry, mode);
    return computing.end(computation.compute());
  }

  private CallAnswer<R> mine(Outcome<R> outcome) {
    own = outcome;
    return outcome.answer();
  }
}
