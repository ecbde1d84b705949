package io.diskmemo.internal.flight;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two threads take one key several times each, and count under it. Takings that were not counted, slots
 * that the key has afterwards.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "one after the other")
@Outcome(expect = FORBIDDEN, desc = "both had it at once, or one did not see what the other did")
@State
public class TakersAgainAndAgain {
  private static final int TIMES = 10;

  private final Region region = new Region();
  private int counted; // plain: the slot alone orders it
  private int first;
  private int second;

  @Actor
  public void first() {
    first = takings(1);
  }

  @Actor
  public void second() {
    second = takings(2);
  }

  private int takings(int owner) {
    int takings = 0;
    for (int i = 0; i < TIMES; i++) {
      if (region.take(region.key, owner) instanceof SlotTable.Taken taken) {
        counted++;
        takings++;
        region.isFreed(taken);
      }
    }
    return takings;
  }

  @Arbiter
  public void afterwards(II_Result result) {
    result.r1 = first + second - counted;
    result.r2 = region.holders();
  }
}
