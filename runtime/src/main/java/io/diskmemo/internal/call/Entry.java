package io.diskmemo.internal.call;

import io.diskmemo.generated.Arguments;
import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.call.Encoding.Decoded;
import io.diskmemo.internal.disk.Coherence;
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
    Lookup found = find();
    Optional<Outcome<R>> loaded = taken(found);
    if (loaded.isEmpty()) {
      kind().counters().miss(found instanceof Lookup.Miss miss ? miss : Lookup.Miss.DAMAGED);
    }
    return loaded;
  }

  /** The same, after it was not there before; that was the miss, and is not counted again. */
  Optional<Outcome<R>> loadAgain() {
    return taken(find());
  }

  /** What the disk holds although it has expired, so long ago at most; memory does not keep it. */
  Optional<Outcome<R>> loadLate(Duration most) {
    Lookup found = kind().store().findLate(key.key(), most.toMillis());
    Decoded<R> decoded =
        found instanceof StoredEntry late ? method.encoding().decode(late.value()) : null;
    return decoded == null
        ? Optional.empty()
        : Optional.of(Outcome.forAll(
            decoded, ((StoredEntry) found).stamp(), kind().store().coherence(key.key())));
  }

  private Optional<Outcome<R>> taken(Lookup found) {
    if (found instanceof StoredFile stored) {
      Optional<Outcome<R>> opened = opened(stored);
      if (opened.isPresent()) {
        kind().counters().diskHit(stored.costNanos());
        return opened;
      }
      found = Lookup.Miss.UNAVAILABLE;
    }
    if (found instanceof StoredEntry entry) {
      return take(entry);
    }
    return Optional.empty();
  }

  private Lookup find() {
    return method.encoding().isStreamed()
        ? kind().store().findStreamed(key.key())
        : kind().store().find(key.key());
  }

  /** What was just stored as a file; reading it again is no hit. */
  Optional<Outcome<R>> reread() {
    return find() instanceof StoredFile stored ? opened(stored) : Optional.empty();
  }

  /** Memory does not keep it: it would hold the file open. */
  private Optional<Outcome<R>> opened(StoredFile stored) {
    Decoded<R> decoded = method.encoding().decode(stored);
    return decoded == null
        ? Optional.empty()
        : Optional.of(Outcome.forAll(decoded, stored.stamp(), kind().store().coherence(key.key())));
  }

  /** Decodes what was read from disk, and has memory remember it; what is no value is removed. */
  private Optional<Outcome<R>> take(StoredEntry entry) {
    Optional<Outcome<R>> taken = prefetched(entry);
    if (taken.isPresent()) {
      kind().counters().diskHit(entry.costNanos());
    }
    return taken;
  }

  /** As for a call, which is still to come, and will be the one that is counted. */
  Optional<Outcome<R>> prefetched(StoredEntry entry) {
    Decoded<R> decoded = method.encoding().decode(entry.value());
    if (decoded == null) {
      kind().store().discard(key.key(), entry.identity());
      return Optional.empty();
    }
    Coherence coherence = kind().store().coherence(key.key());
    kind()
        .memory()
        .keep(
            lookupKey(),
            new Remembered<>(
                key.key(),
                entry.identity(),
                coherence,
                entry.stamp(),
                entry.expiresMillis(),
                entry.costNanos(),
                decoded.result()));
    return Optional.of(Outcome.forAll(decoded, entry.stamp(), coherence));
  }
}
