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
 * The holder of a key writes something and gives the key back; another takes it. Has it, what it then
 * reads, slots that the key has afterwards.
 */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "it came too early")
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "it has it, and reads what was written")
@Outcome(expect = FORBIDDEN, desc = "it has it too early, or the release freed the next lease")
@State
public class ReleaseAndTake {
  private final Region region = new Region();
  private final SlotTable.Taken lease = (SlotTable.Taken) region.take(region.key, 1);
  private int written; // plain: the slot alone orders it

  @Actor
  public void holder() {
    written = 1;
    region.isFreed(lease);
  }

  @Actor
  public void next(III_Result result) {
    if (region.isTaken(2)) {
      result.r1 = 1;
      result.r2 = written;
    }
  }

  @Arbiter
  public void afterwards(III_Result result) {
    result.r3 = region.holders();
  }
}
