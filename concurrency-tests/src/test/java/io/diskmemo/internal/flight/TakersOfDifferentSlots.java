package io.diskmemo.internal.flight;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two threads take one key, of which another key had the first slot until one of them freed it: they
 * may find different slots free. Has it, has it, slots that it has afterwards.
 */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "who freed the first slot has it")
@Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "the other has it")
@Outcome(expect = FORBIDDEN, desc = "two have it, or none")
@State
public class TakersOfDifferentSlots {
  private final Region region = new Region();
  private final SlotTable.Taken inTheWay = (SlotTable.Taken) region.take(region.otherKey(), 3);

  @Actor
  public void freeing(III_Result result) {
    region.isFreed(inTheWay);
    result.r1 = region.isTaken(1) ? 1 : 0;
  }

  @Actor
  public void other(III_Result result) {
    result.r2 = region.isTaken(2) ? 1 : 0;
  }

  @Arbiter
  public void afterwards(III_Result result) {
    result.r3 = region.holders();
  }
}
