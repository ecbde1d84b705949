package io.diskmemo.internal.call;

import io.diskmemo.generated.Arguments;
import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.call.Encoding.Decoded;
import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.internal.disk.StoredFile;
import io.diskmemo.internal.flight.LeaseRequest;
import io.diskmemo.internal.memory.Remembered;
import io.diskmemo.internal.memory.Result;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The place of one call's result: in this thread's batch, in memory and on disk.
 *
 * @param <R> type of the result
 */
record Entry<R extends @Nullable Object>(CachedMethod<R> method, Arguments arguments, CallKey key) {

  KindParts kind() {
    return method.kind();
  }

  Object lookupKey() {
    return method.lookupKey(arguments, key);
  }

  /** What the batch or memory holds, or null. */
  @Nullable
  Result<R> known() {
    Result<R> batched = kind().batches().isNoneOpen() ? null : inBatch();
    if (batched != null) {
      kind().counters().count(Event.MEMORY_HIT);
      return batched;
    }
    Remembered<R> remembered = method.remembered(lookupKey());
    return remembered == null ? null : remembered.result();
  }

  /** Whether memory holds it; asking is no hit. */
  boolean isRemembered() {
    return method.inMemory(lookupKey()) != null;
  }

  @SuppressWarnings("unchecked") // equal keys have results of the same type
  private @Nullable Result<R> inBatch() {
    return (Result<R>) kind().batches().find(kind(), key.local());
  }

  LeaseRequest request() {
    return new LeaseRequest(key.key(), kind().lockTtl(), method.waitTerms());
  }

  /** Grows with each commit, of whatever process, to the database of the entry. */
  long changes() {
    return kind().store().coherence(key.key()).commits();
  }

  /** What the disk holds, which memory then remembers. */
  Optional<Outcome<R>> load() {
    Loaded<R> loaded = loaded(find());
    if (loaded instanceof Loaded.Not<R> not) {
      kind().counters().miss(not.reason());
    }
    return loaded.outcome();
  }

  /** The same, after it was not there before; that was the miss, and is not counted again. */
  Optional<Outcome<R>> loadAgain() {
    return loaded(find()).outcome();
  }

  /** What the disk holds although it has expired, so long ago at most; memory does not keep it. */
  Optional<Outcome<R>> loadLate(Duration most) {
    return kind().store().findLate(key.key(), most.toMillis()) instanceof StoredEntry late
            && method.encoding().decode(late.value()) instanceof Decoded<R> decoded
        ? outcome(decoded, late.stamp())
        : Optional.empty();
  }

  /** What a look at the disk brought. */
  private sealed interface Loaded<R extends @Nullable Object> {
    Optional<Outcome<R>> outcome();

    /** A value. */
    record Whole<R extends @Nullable Object>(Optional<Outcome<R>> outcome) implements Loaded<R> {}

    /** None. */
    record Not<R extends @Nullable Object>(Lookup.Miss reason) implements Loaded<R> {
      @Override
      public Optional<Outcome<R>> outcome() {
        return Optional.empty();
      }
    }
  }

  private Loaded<R> loaded(Lookup found) {
    Loaded<R> loaded = found instanceof StoredFile stored
        ? opened(stored)
        : found instanceof StoredEntry entry
            ? remembered(entry)
            : new Loaded.Not<>((Lookup.Miss) found);
    if (loaded instanceof Loaded.Whole<R>) {
      kind()
          .counters()
          .diskHit(
              found instanceof StoredFile stored
                  ? stored.costNanos()
                  : ((StoredEntry) found).costNanos());
    }
    return loaded;
  }

  private Lookup find() {
    return method.encoding().isStreamed()
        ? kind().store().findStreamed(key.key())
        : kind().store().find(key.key());
  }

  /** What was just stored as a file; reading it again is no hit. */
  Optional<Outcome<R>> reread() {
    return find() instanceof StoredFile stored ? opened(stored).outcome() : Optional.empty();
  }

  /** Memory does not keep it: it would hold the file open. */
  private Loaded<R> opened(StoredFile stored) {
    Decoded<R> decoded = method.encoding().decode(stored);
    return decoded == null
        ? new Loaded.Not<>(Lookup.Miss.UNAVAILABLE)
        : new Loaded.Whole<>(outcome(decoded, stored.stamp()));
  }

  private Optional<Outcome<R>> outcome(Decoded<R> decoded, long stamp) {
    return Optional.of(Outcome.forAll(decoded, stamp, kind().store().coherence(key.key())));
  }

  /** As for a call, which is still to come, and will be the one that is counted. */
  void prefetched(StoredEntry entry) {
    remembered(entry);
  }

  /** Decodes what was read from disk, and has memory remember it; what is no value is removed. */
  private Loaded<R> remembered(StoredEntry entry) {
    Encoding.Reading<R> reading = method.encoding().decode(entry.value());
    if (reading instanceof Decoded<R> decoded) {
      remember(entry, decoded);
      End end = new End(entry.expiresMillis(), entry.costNanos());
      return new Loaded.Whole<>(outcome(decoded, entry.stamp()).map(hit -> hit.ending(end)));
    }
    if (reading instanceof Encoding.NoValue<R>) {
      kind().store().discard(key.key(), entry.identity());
      return new Loaded.Not<>(Lookup.Miss.DAMAGED);
    }
    return new Loaded.Not<>(Lookup.Miss.UNAVAILABLE);
  }

  private void remember(StoredEntry entry, Decoded<R> decoded) {
    kind()
        .memory()
        .keep(
            lookupKey(),
            new Remembered<>(
                key.key(),
                entry.identity(),
                kind().store().coherence(key.key()),
                entry.stamp(),
                entry.expiresMillis(),
                entry.costNanos(),
                decoded.result()));
  }
}
