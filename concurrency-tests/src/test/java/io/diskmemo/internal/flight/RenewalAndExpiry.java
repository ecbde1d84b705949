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
 * The holder of a key renews its lease late, and gives it back; another finds it expired, frees it, and
 * takes the key. Was renewed, is had by the other, slots that the key has afterwards.
 */
@JCStressTest
@Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "it was renewed first")
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "and given back before the other looked")
@Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "it expired first")
@Outcome(expect = FORBIDDEN, desc = "the release of a lease that was lost freed the next")
@State
public class RenewalAndExpiry {
  private final Region region = new Region();
  private final SlotTable.Taken lease = (SlotTable.Taken) region.take(region.key, 1);

  @Actor
  public void holder(III_Result result) {
    long renewed = region.renew(lease);
    result.r1 = renewed == 0 ? 0 : 1;
    long own = renewed == 0 ? lease.word() : renewed;
    region.slots.isFreed(lease.slot(), own);
  }

  @Actor
  public void other(III_Result result) {
    region.isFreed(lease);
    result.r2 = region.isTaken(2) ? 1 : 0;
  }

  @Arbiter
  public void afterwards(III_Result result) {
    result.r3 = region.holders();
  }
}
