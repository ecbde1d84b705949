package io.diskmemo.internal.call;

import io.diskmemo.internal.disk.Lookup;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What happened to one kind in this process. Thread-safe. */
public final class Counters {

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
    CULLED,
    /** Nanoseconds of computation that hits saved. */
    SAVED_NANOS
  }

  private final EnumMap<Event, LongAdder> counts = new EnumMap<>(Event.class);
  private final EnumMap<Event, Long> flushed = new EnumMap<>(Event.class);

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
   * @param times how often, or how many nanoseconds
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

  synchronized void giveBack(Map<String, Long> increments) {
    for (Event event : Event.values()) {
      flushed.merge(event, -increments.getOrDefault(nameOf(event), 0L), Long::sum);
    }
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

  void memoryHit(long savedNanos) {
    count(Event.MEMORY_HIT);
    count(Event.SAVED_NANOS, savedNanos);
  }

  void diskHit(long savedNanos) {
    count(Event.DISK_HIT);
    count(Event.SAVED_NANOS, savedNanos);
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
   * @return by the event's name in lower case; events that did not happen are left out
   */
  public synchronized Map<String, Long> takeIncrements() {
    Map<String, Long> increments = new LinkedHashMap<>();
    for (Event event : Event.values()) {
      long now = of(event);
      Long before = flushed.put(event, now);
      long increment = now - (before == null ? 0 : before);
      if (increment != 0) {
        increments.put(nameOf(event), increment);
      }
    }
    return increments;
  }
}
