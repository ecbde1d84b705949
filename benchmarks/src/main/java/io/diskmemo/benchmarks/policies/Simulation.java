package io.diskmemo.benchmarks.policies;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A store with a size limit, which a store that would pass it culls, down to nine tenths but at most
 * ten entries, in the order of a policy.
 */
final class Simulation {
  private static final int CULL_LIMIT = 10;

  private final Trace trace;
  private final Policy policy;
  private final TreeSet<Entry> order;
  private final @Nullable Entry[] entries;
  private long bytes;
  private long clock;
  private double floor;
  private long hits;
  private double savedMillis;
  private double allMillis;

  /** Those of the runtime, and two as they were when reads of long ago counted as later ones. */
  enum Policy {
    LEAST_RECENTLY_STORED(Comparator.comparingLong(Entry::row), Entry::none, false),
    LEAST_RECENTLY_USED(
        Comparator.comparingLong(Entry::accessed).thenComparingLong(Entry::row),
        Entry::none,
        false),
    LEAST_FREQUENTLY_USED(byReads(), Entry::oneRead, true),
    LEAST_FREQUENTLY_USED_WITHOUT_AGEING(byReads(), Entry::oneRead, false),
    LEAST_COST_SAVED(byCost(), Entry::savedByByte, true),
    LEAST_COST_SAVED_WITHOUT_AGEING(byCost(), Entry::savedByByte, false);

    @SuppressWarnings("ImmutableEnumChecker") // made of methods without state
    private final Comparator<Entry> order;

    @SuppressWarnings("ImmutableEnumChecker") // a method without state
    private final ToDoubleFunction<Entry> worthOfRead;

    private final boolean ages;

    Policy(Comparator<Entry> order, ToDoubleFunction<Entry> worthOfRead, boolean ages) {
      this.order = order;
      this.worthOfRead = worthOfRead;
      this.ages = ages;
    }

    private static Comparator<Entry> byReads() {
      return Comparator.comparingDouble(Entry::worth)
          .thenComparingLong(Entry::accessed)
          .thenComparingLong(Entry::row);
    }

    private static Comparator<Entry> byCost() {
      return Comparator.comparingDouble(Entry::worth).thenComparingLong(Entry::row);
    }
  }

  private record Entry(int thing, long row, long accessed, double worth, double cost, int size) {
    double none() {
      return 0;
    }

    double oneRead() {
      return 1;
    }

    double savedByByte() {
      return cost / size;
    }

    Entry read(long now, double more) {
      return new Entry(thing, row, now, worth + more, cost, size);
    }
  }

  Simulation(Trace trace, Policy policy) {
    this.trace = trace;
    this.policy = policy;
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
        entries[thing] = entry.read(clock, policy.worthOfRead.applyAsDouble(entry));
        order.add(entries[thing]);
      }
    }
    return this;
  }

  /** Makes room for the new one among those that are there, as the runtime does. */
  private void store(Entry entry) {
    if (bytes + entry.size() > trace.limitBytes()) {
      long target = trace.limitBytes() / 10 * 9 - entry.size();
      for (int i = 0; i < CULL_LIMIT && bytes > target && !order.isEmpty(); i++) {
        cullFirst();
      }
    }
    if (bytes + entry.size() > trace.limitBytes()) {
      return; // refused: what was culled was not enough
    }
    bytes += entry.size();
    double worth = (policy.ages ? floor : 0) + policy.worthOfRead.applyAsDouble(entry);
    entries[entry.thing()] = entry.read(clock, worth);
    order.add(entries[entry.thing()]);
  }

  private void cullFirst() {
    Entry least = order.pollFirst();
    entries[least.thing()] = null;
    bytes -= least.size();
    floor = Math.max(floor, least.worth());
  }

  double hitPercent() {
    return 100.0 * hits / trace.requests().length;
  }

  double savedPercent() {
    return 100 * savedMillis / allMillis;
  }

  /** Of all requests, by each byte that the store may hold. */
  double savedMillisPerByte() {
    return savedMillis / trace.limitBytes();
  }
}
