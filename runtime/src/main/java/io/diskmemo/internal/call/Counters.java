package io.diskmemo.internal.call;

import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.internal.resilience.Increments;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** What happened to one kind in this process. Thread-safe. */
public final class Counters implements Increments {

  /** What is counted. */
  public enum Event {
    /** Answered from memory. */
    MEMORY_HIT,
    /** Answered from disk. */
    DISK_HIT,
    /** Nothing was stored under the key. */
    MISS_ABSENT,
    /** The entry had expired. */
    MISS_EXPIRED,
    /** The entry was damaged. */
    MISS_DAMAGED,
    /** The disk could not be read. */
    MISS_UNAVAILABLE,
    /** The entry is encrypted with another key, or with none where it should be. */
    MISS_OTHER_KEY,
    /** The method was called. */
    COMPUTATION,
    /** A result was stored. */
    STORE,
    /** A result was larger than an entry may be. */
    REFUSED_TOO_LARGE,
    /** There was no room for a result. */
    REFUSED_NO_ROOM,
    /** A result was evicted while it was computed. */
    REFUSED_EVICTED,
    /** Another process had stored the same meanwhile. */
    REFUSED_PRESENT,
    /** The right to compute a result was lost while it was computed. */
    REFUSED_LEASE_LOST,
    /** A result could not be encoded and read back. */
    REFUSED_UNREADABLE,
    /** A file that the key depends on changed while the method ran, or arguments before it did. */
    REFUSED_FILE_CHANGED,
    /** The disk could not take a result. */
    REFUSED_UNAVAILABLE,
    /** The method was called without the cache: no key could be made, or everything is closed. */
    UNCACHED,
    /** Another's computation was waited for. */
    WAIT,
    /** A computation went on without waiting for another of the same key. */
    ALONE,
    /** A result was computed anew before its end. */
    REFRESH,
    /** The computation of a result before its end failed. */
    REFRESH_FAILED,
    /** There was too much to do to compute a result aside. */
    REFRESH_DROPPED,
    /** A result was handed out after its end, because it was being computed anew. */
    STALE_WHILE_REFRESHING,
    /** A result was handed out after its end, because the method failed. */
    STALE_IF_ERROR,
    /** Entries that an eviction removed. */
    EVICTED,
    /** Entries that were removed because their time was over. */
    EXPIRED,
    /** Entries that were removed to make room. */
    CULLED
  }

  /** The name of the total of what hits saved, in microseconds. */
  private static final String SAVED_MICROS = "saved_micros";

  /** The same in nanoseconds, of older stores; the sum of a few million hours was negative. */
  private static final String SAVED_NANOS = "saved_nanos";

  private static final int NANOS_PER_MICRO = 1000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final EnumMap<Event, LongAdder> counts = new EnumMap<>(Event.class);
  private final EnumMap<Event, Long> flushed = new EnumMap<>(Event.class); // guarded by this

  /** As a long, what hits of long computations save in a day would begin anew below zero. */
  private final DoubleAdder savedNanos = new DoubleAdder();

  private long flushedMicros; // guarded by this

  /** All zero. */
  public Counters() {
    for (Event event : Event.values()) {
      counts.put(event, new LongAdder());
    }
  }

  /**
   * Counts one.
   *
   * @param event that happened
   */
  public void count(Event event) {
    count(event, 1);
  }

  /**
   * Counts several.
   *
   * @param event that happened
   * @param times how often
   */
  public void count(Event event, long times) {
    adder(event).add(times);
  }

  /**
   * How often it happened since this was made.
   *
   * @param event that happened
   * @return the count
   */
  public long of(Event event) {
    return adder(event).sum();
  }

  /**
   * The time that the computations took whose results were hits, since this was made.
   *
   * @return never negative
   */
  public Duration timeSaved() {
    double nanos = Math.max(0, savedNanos.sum());
    return Duration.ofSeconds((long) (nanos / NANOS_PER_SECOND), (long) (nanos % NANOS_PER_SECOND));
  }

  /**
   * The time saved that totals on disk say.
   *
   * @param totals by name
   * @return never negative
   */
  public static Duration timeSavedIn(Map<String, Long> totals) {
    return Duration.of(Math.max(0, totals.getOrDefault(SAVED_MICROS, 0L)), ChronoUnit.MICROS)
        .plusNanos(Math.max(0, totals.getOrDefault(SAVED_NANOS, 0L)));
  }

  @Override
  public synchronized void giveBack(Map<String, Long> increments) {
    for (Event event : Event.values()) {
      flushed.merge(event, -increments.getOrDefault(nameOf(event), 0L), Long::sum);
    }
    flushedMicros -= increments.getOrDefault(SAVED_MICROS, 0L);
  }

  /**
   * The name of an event's total on disk.
   *
   * @param event that happened
   * @return part of the disk format
   */
  public static String nameOf(Event event) {
    return event.name().toLowerCase(Locale.ROOT);
  }

  private LongAdder adder(Event event) {
    LongAdder adder = counts.get(event);
    if (adder == null) {
      throw new IllegalStateException("every event has a counter");
    }
    return adder;
  }

  void memoryHit(long costNanos) {
    count(Event.MEMORY_HIT);
    savedNanos.add((double) costNanos);
  }

  void diskHit(long costNanos) {
    count(Event.DISK_HIT);
    savedNanos.add((double) costNanos);
  }

  void miss(Lookup.Miss reason) {
    count(
        switch (reason) {
          case ABSENT -> Event.MISS_ABSENT;
          case EXPIRED -> Event.MISS_EXPIRED;
          case DAMAGED -> Event.MISS_DAMAGED;
          case OTHER_KEY -> Event.MISS_OTHER_KEY;
          case UNAVAILABLE -> Event.MISS_UNAVAILABLE;
        });
  }

  /**
   * What was counted since the last call, for the totals on disk.
   *
   * @return by the event's name in lower case, and what hits saved; what did not happen is left out
   */
  @Override
  public synchronized Map<String, Long> take() {
    Map<String, Long> increments = new LinkedHashMap<>();
    for (Event event : Event.values()) {
      long now = of(event);
      Long before = flushed.put(event, now);
      long increment = now - (before == null ? 0 : before);
      if (increment != 0) {
        increments.put(nameOf(event), increment);
      }
    }
    long micros = (long) (savedNanos.sum() / NANOS_PER_MICRO); // or as many as a long holds
    if (micros != flushedMicros) {
      increments.put(SAVED_MICROS, micros - flushedMicros);
      flushedMicros = micros;
    }
    return increments;
  }
}
