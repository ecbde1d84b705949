package io.diskmemo.internal.disk;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * One evicts, and says so when it has returned; another hears of it, and then finds an entry in memory.
 * Has heard, may return the entry.
 */
@JCStressTest
@Outcome(id = "0, [01]", expect = ACCEPTABLE, desc = "the eviction has not returned")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the entry is void")
@Outcome(expect = FORBIDDEN, desc = "an evicted entry is a hit after the eviction")
@State
public class EvictionAndHit {
  private final Coherence coherence = Counters.next();
  private final long stamp = coherence.stamp();
  private volatile boolean returned;

  @Actor
  public void evicting() {
    coherence.finish(coherence.takeTicket());
    returned = true;
  }

  @Actor
  public void hit(II_Result result) {
    result.r1 = returned ? 1 : 0;
    result.r2 = coherence.started() == stamp ? 1 : 0;
  }
}
