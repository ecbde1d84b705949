package io.diskmemo.internal.coordinate;

import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.key.Key;
import java.time.Duration;
import java.util.Optional;

/** A {@link Mean} that all processes add to, kept on disk. Thread-safe. */
public final class Averaging {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final Name name;
  private final Key key;
  private final Optional<Duration> timeToLive;
  private final LastingState state;

  Averaging(Name name, Optional<Duration> timeToLive, LastingState state) {
    timeToLive.filter(ttl -> ttl.compareTo(SHORTEST) < 0).ifPresent(ttl -> {
      throw new IllegalArgumentException("the ttl of an average is 1 ms or more, not " + ttl);
    });
    this.name = name;
    this.key = name.key();
    this.timeToLive = timeToLive;
    this.state = state;
  }

  /**
   * Adds a number.
   *
   * @param number finite
   * @throws CoordinationException if what is there cannot be read; nothing was added
   * @throws ArithmeticException if the sum is too large; nothing was added
   */
  public void add(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("there is no mean with " + number);
    }
    state.update(key, present -> {
      Mean mean = mean(present).with(number);
      return new KindStore.Replacement<>(
          LastingState.entry(key, mean.toBytes(), expiresMillis()), mean);
    });
  }

  private long expiresMillis() {
    return timeToLive.map(ttl -> after(state.clock().millis(), ttl)).orElse(StoredEntry.NEVER);
  }

  /** What is later than any clock can tell is never. */
  private static long after(long nowMillis, Duration ttl) {
    Duration left = Duration.ofMillis(StoredEntry.NEVER).minusMillis(nowMillis);
    return ttl.compareTo(left) < 0 ? nowMillis + ttl.toMillis() : StoredEntry.NEVER;
  }

  /**
   * What was added so far.
   *
   * @return possibly of no numbers
   * @throws CoordinationException if it cannot be read
   */
  public Mean mean() {
    return mean(state.find(key));
  }

  /** Begins anew. */
  public void reset() {
    state.remove(key);
  }

  private Mean mean(Lookup present) {
    if (present == Lookup.Miss.DAMAGED) {
      throw unreadable("is damaged; reset it");
    }
    return present instanceof StoredEntry entry
        ? Mean.read(entry.value())
            .orElseThrow(() -> unreadable("was written by a newer release; use that"))
        : Mean.NONE;
  }

  private CoordinationException unreadable(String why) {
    return new CoordinationException("use the average " + name.text(), "it " + why, false);
  }
}
