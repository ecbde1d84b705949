package io.diskmemo.internal.call;

import io.diskmemo.generated.Computation;
import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.call.Encoding.Decoded;
import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.Right;
import io.diskmemo.internal.flight.Flights;
import io.diskmemo.internal.flight.Leases;
import io.diskmemo.internal.memory.Result;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call of a memoized method and its way through the parts: batch and memory, the flight of its
 * key, the disk, the method itself, and back to the disk and to memory. For one thread.
 *
 * @param <R> type of the result
 */
final class Call<R extends @Nullable Object>
    implements Flights.Work<CallAnswer<R>>, Leases.Work<Outcome<R>> {
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
      Outcome<R> early = refreshed(EarlyRefresh.inMemory(entry));
      return early == null ? copyOf(known) : early.value();
    }
    KindParts kind = entry.kind();
    CallAnswer<R> answer =
        kind.flights().once(entry.key().local(), entry.request().terms(), this);
    if (own != null) {
      Outcome<R> early = refreshed(EarlyRefresh.of(entry, own.end()));
      return early == null ? own.value() : early.value();
    }
    kind.counters().count(Event.WAIT);
    return answer instanceof CallAnswer.Stamped<R> stamped ? copyOf(stamped.result()) : uncached();
  }

  /** What the caller computed, or null if the present result is his. */
  private @Nullable Outcome<R> refreshed(@Nullable EarlyRefresh<R> early) {
    if (early == null) {
      return null;
    }
    Refresh<R> refresh = new Refresh<>(entry, computation, NewEntry.Mode.REPLACE);
    if (!early.isDoneAside()) {
      return refresh.outcome(early::isWanted);
    }
    early.beginAside(refresh::isBegunAside);
    return null;
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
    KindParts kind = entry.kind();
    if (kind.store().isAway()) { // and with it the leases
      kind.counters().miss(Lookup.Miss.UNAVAILABLE);
      return mine(compute(Right.NOT_NEEDED));
    }
    return mine(kind.leases().once(entry.request(), this));
  }

  @Override
  public CallAnswer<R> alone(Flights.WhyAlone reason) throws Throwable {
    return mine(withoutLease(reason));
  }

  @Override
  public long changes() {
    return entry.changes();
  }

  @Override
  public Optional<Outcome<R>> look(boolean first) {
    Optional<Outcome<R>> loaded = first ? entry.load() : entry.loadAgain();
    return loaded.isPresent() ? loaded : late().whileRefreshing();
  }

  @Override
  public Outcome<R> compute(Right right) throws Throwable {
    try {
      return computeAndStore(NewEntry.Mode.PUBLISH, right);
    } catch (InterruptedException e) {
      throw e; // somebody wants the caller to end
    } catch (Exception e) {
      return late().ifError().orElseThrow(() -> e);
    }
  }

  @Override
  public Outcome<R> withoutLease(Flights.WhyAlone reason) throws Throwable {
    entry.kind().counters().count(Event.ALONE);
    if (reason == Flights.WhyAlone.RECURSION) {
      return Outcome.forThisCaller(uncached());
    }
    Optional<Outcome<R>> loaded =
        reason == Flights.WhyAlone.NO_LEASE ? Optional.empty() : entry.load();
    return loaded.isPresent() ? loaded.get() : compute(Right.NOT_NEEDED);
  }

  /** Computes whatever there is, and takes its place. */
  R refreshed() throws Throwable {
    return computeAndStore(NewEntry.Mode.REPLACE, Right.NOT_NEEDED).value();
  }

  Outcome<R> computeAndStore(NewEntry.Mode mode, Right right) throws Throwable {
    Computing<R> computing = Computing.begin(entry, mode, right);
    long waitedBefore = GateWaits.nanos();
    R computed = computation.compute();
    return computing.end(computed, GateWaits.nanos() - waitedBefore);
  }

  private Late<R> late() {
    return new Late<>(
        entry, new Refresh<R>(entry, computation, NewEntry.Mode.PUBLISH)::isBegunAside);
  }

  private CallAnswer<R> mine(Outcome<R> outcome) {
    own = outcome;
    return outcome.answer();
  }
}
