package io.diskmemo.internal.call;

import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.call.Encoding.Decoded;
import io.diskmemo.internal.call.Encoding.Encoded;
import io.diskmemo.internal.disk.Coherence;
import io.diskmemo.internal.disk.Content;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.Right;
import io.diskmemo.internal.disk.RowIdentity;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.internal.memory.Remembered;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A computation from before it begins until its result is stored.
 *
 * <p>What is computed after the sequence was read is right unless it is evicted later, which the store
 * sees that the sequence was read from; and it is right for every caller to whom the coherence counter
 * still shows the stamp.
 *
 * @param <R> type of the result
 */
final class Computing<R extends @Nullable Object> {
  private static final long NEVER_STORED = 0;

  private final Entry<R> entry;
  private final KindParts kind;
  private final NewEntry.Mode mode;
  private final Right right;
  private final OptionalLong sequence;
  private final Coherence coherence;
  private final Coherence.Origin origin;
  private final long stamp;
  private final long clearings;
  private final long beganNanos;

  /**
   * What the method returned.
   *
   * @param value as it was
   * @param encoded null if it cannot be read back
   * @param costNanos that it took
   * @param <R> type of the result
   */
  record Computed<R extends @Nullable Object>(
      R value, @Nullable Encoded<R> encoded, long costNanos) {}

  private Computing(Entry<R> entry, NewEntry.Mode mode, Right right) {
    this.entry = entry;
    this.kind = entry.kind();
    this.mode = mode;
    this.right = right;
    this.clearings = kind.memory().clearings();
    this.coherence = kind.store().coherence(entry.key().key());
    this.origin = coherence.origin(); // before the number, or it may be the next one's
    this.sequence = kind.store().sequence(entry.key().key());
    this.stamp = coherence.stamp();
    kind.counters().count(Event.COMPUTATION);
    this.beganNanos = kind.nanoTicker().getAsLong();
  }

  /** To be called right before the method is. */
  static <R extends @Nullable Object> Computing<R> begin(
      Entry<R> entry, NewEntry.Mode mode, Right right) {
    return new Computing<>(entry, mode, right);
  }

  /**
   * As {@link #end(Object, long)}, of a computation in another thread than the caller's.
   *
   * @param same whether the arguments were those of the key when it was encoded, and files are
   */
  Outcome<R> end(Computed<R> computed, boolean same) {
    return end(computed, () -> same);
  }

  /**
   * To be called with what the method returned.
   *
   * @param waitedNanos that it stood at gates, which would be its cost again if it were computed early
   */
  Outcome<R> end(R computed, long waitedNanos) {
    return end(encoded(computed, waitedNanos), () -> !fileChanged());
  }

  /** What the method returned, as it is stored if it is. */
  Computed<R> encoded(R computed) {
    return encoded(computed, 0);
  }

  private Computed<R> encoded(R computed, long waitedNanos) {
    long costNanos = Math.max(0, kind.nanoTicker().getAsLong() - beganNanos - waitedNanos);
    return new Computed<>(computed, entry.method().encoding().encoded(computed), costNanos);
  }

  private Outcome<R> end(Computed<R> computed, BooleanSupplier same) {
    Encoded<R> encoded = computed.encoded();
    if (encoded == null) {
      kind.counters().count(Event.REFUSED_UNREADABLE);
      return Outcome.forThisCaller(computed.value());
    }
    Decoded<R> decoded = encoded.decoded();
    if (!same.getAsBoolean()) {
      kind.counters().count(Event.REFUSED_FILE_CHANGED);
      return Outcome.ofOtherArguments(decoded.value());
    }
    if (encoded.content().sizeBytes() > kind.maxEntryBytes()) {
      kind.counters().count(Event.REFUSED_TOO_LARGE);
      return forAll(decoded, stamp);
    }
    NewEntry newEntry =
        newEntry(encoded.content(), computed.costNanos(), sequence.orElse(NEVER_STORED));
    return sequence.isEmpty() ? notTaken(newEntry, decoded) : store(newEntry, decoded);
  }

  boolean dependsOnFile() {
    return entry.key().dependsOnFile();
  }

  /** Runs code of the user that makes keys. */
  boolean fileChanged() {
    return entry.key().dependsOnFile()
        && !entry.key().equals(entry.method().keyOf(entry.arguments()));
  }

  private NewEntry newEntry(Content content, long costNanos, long evictionSequence) {
    return new NewEntry(
        entry.key().key(),
        entry.method().name(),
        entry.key().tags(),
        entry.method().expiry().from(kind.clock().millis()),
        costNanos,
        content,
        mode,
        evictionSequence,
        right,
        origin);
  }

  private Outcome<R> store(NewEntry newEntry, Decoded<R> decoded) {
    Pending pending = new Pending(newEntry, entry.lookupKey(), decoded.result(), stamp);
    BatchBuffer batch = kind.batches().ofThisThread();
    if (batch != null) {
      batch.add(kind, entry.key().local(), pending.withoutRight());
      return forAll(decoded, stamp);
    }
    Optional<Stored> stored =
        kind.store().store(newEntry, late -> Accounting.of(kind, late, pending));
    if (stored.isEmpty()) {
      return notTaken(newEntry, decoded);
    }
    Accounting.of(kind, stored.get(), pending);
    return switch (stored.get().outcome()) {
      case STORED -> asStored(decoded, stored.get().stamp());
      case EVICTED_MEANWHILE, REMOVED, ABSENT -> forAll(decoded, Coherence.UNSTABLE);
      case PRESENT, NO_ROOM, LEASE_LOST -> forAll(decoded, stamp);
    };
  }

  /** A blob is read from the store from now on, so that its maker need not keep what it was made of. */
  private Outcome<R> asStored(Decoded<R> decoded, long validAt) {
    return entry.method().encoding().isStreamed()
        ? entry.reread().orElseGet(() -> forAll(decoded, validAt))
        : forAll(decoded, validAt);
  }

  /** Memory keeps it as long as no process evicts or replaces anything, if the disk cannot. */
  private Outcome<R> notTaken(NewEntry newEntry, Decoded<R> decoded) {
    kind.counters().count(Event.REFUSED_UNAVAILABLE);
    if (newEntry.value() instanceof Content.Bytes && kind.store().isUnstorable()) {
      kind.memory()
          .keepUnstored(
              entry.lookupKey(),
              new Remembered<>(
                  newEntry.key(),
                  RowIdentity.NONE,
                  coherence,
                  stamp,
                  newEntry.expiresMillis(),
                  newEntry.costNanos(),
                  decoded.result()),
              clearings);
    }
    return forAll(decoded, stamp);
  }

  private Outcome<R> forAll(Decoded<R> decoded, long validAt) {
    return Outcome.forAll(decoded, validAt, coherence);
  }
}
