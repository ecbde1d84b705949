package io.diskmemo.internal.flight;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * One takes a key, gives it back, and takes it anew; another reads what the lease says of itself. It
 * counts if the same lease stands there before and after.
 */
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE, desc = "no lease, or another")
@Outcome(id = "1", expect = ACCEPTABLE, desc = "the first lease")
@Outcome(id = "2", expect = ACCEPTABLE, desc = "the second lease")
@Outcome(expect = FORBIDDEN, desc = "a lease without its own description, or half of it")
@State
public class WhatALeaseSays {
  private static final int OTHERS = 3;
  private static final int WRONG = -1;

  private final Region region = new Region();
  private final int slot = givenBack();

  private int givenBack() {
    SlotTable.Taken before = (SlotTable.Taken) region.take(region.otherKey(), OTHERS, OTHERS);
    region.isFreed(before);
    return before.slot();
  }

  @Actor
  public void holder() {
    region.isFreed((SlotTable.Taken) region.take(region.key, 1, 1));
    region.take(region.key, 2, 2);
  }

  @Actor
  public void reader(I_Result result) {
    SlotTable slots = region.slots;
    long word = slots.word(slot);
    long since = slots.sinceMillis(slot);
    long timeToLive = slots.timeToLiveMillis(slot);
    if (word == 0 || SlotTable.isClaim(word) || slots.word(slot) != word) {
      return;
    }
    int owner = SlotTable.ownerOf(word);
    result.r1 = since == owner && timeToLive == owner ? owner : WRONG;
  }
}
