package io.diskmemo.internal.flight;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two threads take one key: has it, has it, slots that it has afterwards. */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "the first has it")
@Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "the second has it")
@Outcome(expect = FORBIDDEN, desc = "two have it, or none")
@State
public class TwoTakers {
  private final Region region = new Region();

  @Actor
  public void first(III_Result result) {
    result.r1 = region.isTaken(1) ? 1 : 0;
  }

  @Actor
  public void second(III_Result result) {
    result.r2 = region.isTaken(2) ? 1 : 0;
  }

  @Arbiter
  public void afterwards(III_Result result) {
    result.r3 = region.holders();
  }
}
