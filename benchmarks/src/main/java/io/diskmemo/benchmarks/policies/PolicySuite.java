package io.diskmemo.benchmarks.policies;

import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Suite;
import java.util.ArrayList;
import java.util.List;

/** What is hit, and what time saved, by each policy. Nothing is timed. */
public final class PolicySuite implements Suite {
  private static final List<Trace> TRACES = List.of(
      Trace.alike(),
      Trace.ofManyCosts(),
      Trace.ofManyCostsAndSizes(),
      Trace.thatShifts(),
      Trace.thatShiftsWithCosts());

  /** Nothing was computed yet. */
  public PolicySuite() {}

  @Override
  public String title() {
    return "Policies: what is hit and saved";
  }

  @Override
  public String explanation() {
    return "Computed, not timed: 200,000 requests for 20,000 things, of Zipf's popularity (exponent"
        + " 0.9), with room for a tenth of their bytes; orders and culling as the runtime's. Costs"
        + " differ from a thousandth to a thousand times, sizes from a tenth to ten times. Where"
        + " popularity shifts, it does eight times, by a sixteenth of the things. `saved` is the"
        + " part of the time that all requests would take without a cache; `saved by each byte` is the time"
        + " that all hits saved, by the bytes of the room. LEAST_COST_SAVED is ahead of"
        + " LEAST_RECENTLY_USED where its ratio below is above 1. Without ageing is how it would be if"
        + " reads of long ago counted as much as later ones"
        + " ([why they do not](../docs/decisions/0026-counts-of-reads-grow-old.md)).";
  }

  private static String name(String what, Trace trace, Simulation.Policy policy) {
    return what + ": " + trace.name() + ", " + policy;
  }

  @Override
  public List<Aim> aims() {
    return TRACES.stream()
        .map(trace -> Aim.none(
            name("saved", trace, Simulation.Policy.LEAST_COST_SAVED),
            name("saved", trace, Simulation.Policy.LEAST_RECENTLY_USED)))
        .toList();
  }

  @Override
  public List<Measurement> run(Effort effort) {
    List<Measurement> hits = new ArrayList<>();
    List<Measurement> saved = new ArrayList<>();
    List<Measurement> byByte = new ArrayList<>();
    for (Trace trace : effort == Effort.FULL ? TRACES : TRACES.subList(0, 2)) {
      for (Simulation.Policy policy : Simulation.Policy.values()) {
        Simulation run = new Simulation(trace, policy).run();
        hits.add(Measurement.of(name("hits", trace, policy), "%", run.hitPercent()));
        saved.add(Measurement.of(name("saved", trace, policy), "%", run.savedPercent()));
        byByte.add(Measurement.of(
            name("saved by each byte", trace, policy), "ms/B", run.savedMillisPerByte()));
      }
    }
    hits.addAll(saved);
    hits.addAll(byByte);
    return hits;
  }
}
