package io.diskmemo.internal.call;

import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.Computation;
import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.call.Encoding.Decoded;
import io.diskmemo.internal.disk.Coherence;
import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.internal.flight.Flights;
import io.diskmemo.internal.memory.Remembered;
import io.diskmemo.internal.memory.Result;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One call of a memoized method and its way through the parts: batch and memory, the flight of its
 * key, the disk, the method itself, and back to the disk and to memory. For one thread, but for the
 * answer, which is for all that wait.
 *
 * @param <R> type of the result
 */
final class Call<R extends @Nullable Object> implements Flights.Work<CallAnswer<R>> {
  private final CachedMethod<R> method;
  private final KindParts kind;
  private final Arguments arguments;
  private final CallKey key;
  private final Computation<? extends R> computation;

  /** What this thread loaded or computed itself. */
  private @Nullable Own<R> own;

  private record Own<R extends @Nullable Object>(R value) {}

  Call(
      CachedMethod<R> method,
      Arguments arguments,
      CallKey key,
      Computation<? extends R> computation) {
    this.method = method;
    this.kind = method.kind();
    this.arguments = arguments;
    this.key = key;
    this.computation = computation;
  }

  R answer() throws Throwable {
    Result<R> known = known();
    if (known != null) {
      return copyOf(known);
    }
    CallAnswer<R> answer = kind.flights().once(key.local(), kind.lockWait(), this);
    if (own != null) {
      return own.value();
    }
    kind.counters().count(Event.WAIT);
    return answer instanceof CallAnswer.Stamped<R> stamped
        ? copyOf(stamped.result())
        : method.computed(computation);
  }

  private @Nullable Result<R> known() {
    Result<R> batched = kind.batches().isNoneOpen() ? null : inBatch();
    if (batched != null) {
      return batched;
    }
    Remembered<R> remembered = method.remembered(lookupKey());
    return remembered == null ? null : remembered.result();
  }

  @SuppressWarnings("unchecked") // equal keys have results of the same type
  private @Nullable Result<R> inBatch() {
    return (Result<R>) kind.batches().find(kind, key.local());
  }

  private Object lookupKey() {
    return method.lookupKey(arguments, key);
  }

  /** A class may refuse to be made again; the caller must not notice. */
  private R copyOf(Result<R> result) throws Throwable {
    Decoded<R> copy = method.encoding().again(result);
    return copy == null ? method.computed(computation) : copy.value();
  }

  @Override
  public CallAnswer<R> together() throws Throwable {
    Lookup found = kind.store().find(key.key());
    if (found instanceof StoredEntry entry) {
      Decoded<R> decoded = method.encoding().decode(entry.value());
      if (decoded != null) {
        return loaded(entry, decoded);
      }
      kind.store().discard(key.key(), entry.identity());
      found = Lookup.Miss.DAMAGED;
    }
    if (found instanceof Lookup.Miss miss) {
      kind.counters().miss(miss);
    }
    return computeAndStore();
  }

  @Override
  public CallAnswer<R> alone(Flights.WhyAlone reason) throws Throwable {
    kind.counters().count(Event.ALONE);
    return reason == Flights.WhyAlone.RECURSION
        ? forThisCaller(method.computed(computation))
        : computeAndStore();
  }

  private CallAnswer<R> loaded(StoredEntry entry, Decoded<R> decoded) {
    kind.counters().diskHit(entry.costNanos());
    kind.memory()
        .keep(
            lookupKey(),
            new Remembered<>(
                key.key(),
                entry.identity(),
                entry.stamp(),
                entry.expiresMillis(),
                entry.costNanos(),
                decoded.result()));
    return forAll(decoded, entry.stamp());
  }

  /**
   * What is computed after the sequence was read is right unless it is evicted later, which the store
   * sees; and it is right for every caller to whom the counter still shows the stamp.
   */
  private CallAnswer<R> computeAndStore() throws Throwable {
    OptionalLong sequence = kind.store().sequence();
    long stamp = kind.store().coherence().stamp();
    long begin = kind.nanoTicker().getAsLong();
    R computed = method.computed(computation);
    long costNanos = kind.nanoTicker().getAsLong() - begin;
    byte[] bytes = method.encoding().encode(computed);
    Decoded<R> decoded = bytes == null ? null : method.encoding().decode(bytes);
    if (bytes == null || decoded == null) {
      kind.counters().count(Event.REFUSED_UNREADABLE);
      return forThisCaller(computed);
    }
    if (key.dependsOnFile() && !key.equals(method.keyOf(arguments))) {
      kind.counters().count(Event.REFUSED_FILE_CHANGED);
      return forThisCaller(decoded.value());
    }
    if (bytes.length > kind.maxEntryBytes()) {
      kind.counters().count(Event.REFUSED_TOO_LARGE);
      return forAll(decoded, stamp);
    }
    return sequence.isEmpty()
        ? notTaken(decoded, stamp)
        : store(newEntry(bytes, costNanos, sequence.getAsLong()), decoded, stamp);
  }

  private NewEntry newEntry(byte[] bytes, long costNanos, long sequence) {
    return new NewEntry(
        key.key(),
        method.name(),
        key.tags(),
        method.expiry().from(kind.clock().millis()),
        costNanos,
        bytes,
        NewEntry.Mode.PUBLISH,
        sequence);
  }

  private CallAnswer<R> store(NewEntry entry, Decoded<R> decoded, long stamp) {
    BatchBuffer batch = kind.batches().ofThisThread();
    if (batch != null) {
      batch.add(kind, key.local(), new Pending(entry, lookupKey(), decoded.result(), stamp));
      return forAll(decoded, stamp);
    }
    Optional<Stored> stored = kind.store().store(entry);
    if (stored.isEmpty()) {
      return notTaken(decoded, stamp);
    }
    Accounting.of(kind, stored.get(), new Pending(entry, lookupKey(), decoded.result(), stamp));
    return switch (stored.get().outcome()) {
      case STORED -> forAll(decoded, stored.get().stamp());
      case EVICTED_MEANWHILE -> forAll(decoded, Coherence.UNSTABLE);
      case PRESENT, NO_ROOM -> forAll(decoded, stamp);
    };
  }

  private CallAnswer<R> notTaken(Decoded<R> decoded, long stamp) {
    kind.counters().count(Event.REFUSED_UNAVAILABLE);
    return forAll(decoded, stamp);
  }

  private CallAnswer<R> forAll(Decoded<R> decoded, long stamp) {
    own = new Own<>(decoded.value());
    return new CallAnswer.Stamped<>(decoded.result(), stamp, kind.store().coherence());
  }

  private CallAnswer<R> forThisCaller(R value) {
    own = new Own<>(value);
    return new CallAnswer.Nothing<>();
  }
}
