package io.diskmemo.benchmarks.policies;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A store with a size limit that culls up to ten entries with each store, in the order of a policy. */
final class Simulation {
  private static final int CULL_LIMIT = 10;

  private final Trace trace;
  private final TreeSet<Entry> order;
  private final @Nullable Entry[] entries;
  private long bytes;
  private long clock;
  private long hits;
  private double savedMillis;
  private double allMillis;

  /** Those of the runtime, by the same columns of the entry. */
  enum Policy {
    LEAST_RECENTLY_STORED(Comparator.comparingLong(Entry::row)),
    LEAST_RECENTLY_USED(Comparator.comparingLong(Entry::accessed).thenComparingLong(Entry::row)),
    LEAST_FREQUENTLY_USED(Comparator.comparingLong(Entry::accesses)
        .thenComparingLong(Entry::accessed)
        .thenComparingLong(Entry::row)),
    LEAST_COST_SAVED(Comparator.comparingDouble(Entry::savedByByte).thenComparingLong(Entry::row));

    @SuppressWarnings("ImmutableEnumChecker") // made of methods without state
    private final Comparator<Entry> order;

    Policy(Comparator<Entry> order) {
      this.order = order;
    }
  }

  private record Entry(int thing, long row, long accessed, long accesses, double cost, int size) {
    double savedByByte() {
      return cost * (accesses + 1) / size;
    }

    Entry read(long now) {
      return new Entry(thing, row, now, accesses + 1, cost, size);
    }
  }

  Simulation(Trace trace, Policy policy) {
    this.trace = trace;
    this.order = new TreeSet<>(policy.order);
    this.entries = new Entry[trace.sizes().length];
  }

  /** Answers all requests. */
  Simulation run() {
    for (int thing : trace.requests()) {
      clock++;
      allMillis += trace.costs()[thing];
      Entry entry = entries[thing];
      if (entry == null) {
        store(new Entry(thing, clock, clock, 0, trace.costs()[thing], trace.sizes()[thing]));
      } else {
        hits++;
        savedMillis += entry.cost();
        order.remove(entry);
        entries[thing] = entry.read(clock);
        order.add(entries[thing]);
      }
    }
    return this;
  }

  /** Makes room for the new one among those that are there, as the runtime does. */
  private void store(Entry entry) {
    bytes += entry.size();
    for (int i = 0; i < CULL_LIMIT && bytes > trace.limitBytes() && !order.isEmpty(); i++) {
      Entry least = order.pollFirst();
      entries[least.thing()] = null;
      bytes -= least.size();
    }
    entries[entry.thing()] = entry;
    order.add(entry);
  }

  double hitPercent() {
    return 100.0 * hits / trace.requests().length;
  }

  double savedPercent() {
    return 100 * savedMillis / allMillis;
  }

  double savedMillisByByte() {
    return savedMillis / trace.limitBytes();
  }
}
