package io.diskmemo.internal.coordinate;

import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.key.Key;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A {@link TokenBucket} that all processes share, kept on disk. Thread-safe.
 *
 * <p>The clock is read by whoever has the write lock of the database, so that a bucket never sees the
 * times of two processes in another order than that of their turns. A bucket that is not there, or that
 * cannot be read, is full; so it need not be kept for longer than it takes to fill.
 */
final class SharedBucket implements Bucket {
  private static final long MICROS_PER_MILLI = 1_000;

  private final Key key;
  private final Rate rate;
  private final LastingState state;

  SharedBucket(Name name, Rate rate, LastingState state) {
    this.key = name.key();
    this.rate = rate;
    this.state = state;
  }

  @Override
  public long microsToTake() {
    if (state.find(key) instanceof StoredEntry entry) {
      TokenBucket before = bucket(entry, nowMicros());
      TokenBucket now = before.at(nowMicros(), rate);
      if (now.microsToNext() > 0 && now.atMicros() >= before.atMicros()) {
        return now.microsToNext(); // without writing
      }
    }
    return state.update(key, this::decide);
  }

  private KindStore.Replacement<Long> decide(Lookup present) {
    long nowMicros = nowMicros();
    TokenBucket now = bucket(present, nowMicros).at(nowMicros, rate);
    TokenBucket left = now.taken().orElse(now);
    long expiresMillis = (nowMicros + rate.periodMicros()) / MICROS_PER_MILLI + 1;
    return new KindStore.Replacement<>(
        LastingState.entry(key, left.toBytes(), expiresMillis), now.microsToNext());
  }

  private TokenBucket bucket(Lookup present, long nowMicros) {
    return present instanceof StoredEntry entry
        ? TokenBucket.read(entry.value()).orElseGet(() -> TokenBucket.full(rate, nowMicros))
        : TokenBucket.full(rate, nowMicros);
  }

  /** By the clock of the directory. */
  long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, state.clock().instant());
  }
}
