package io.diskmemo.internal.disk;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * One replaces a value between a ticket and its end; another reads the value between a stamp and its
 * confirmation. Which stamp it has, if any, and which value.
 */
@JCStressTest
@Outcome(id = "-1, [01]", expect = ACCEPTABLE, desc = "no stamp: memory does not keep it")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the old value before the ticket")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the new value under a stamp that is void")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the new value after the ticket")
@Outcome(expect = FORBIDDEN, desc = "the old value under a stamp that holds: stale for ever")
@State
public class TicketAndStamp {
  private final Coherence coherence = Counters.next();
  private final long before = coherence.stamp();
  private int value; // plain: the counters alone order it

  @Actor
  public void writer() {
    long ticket = coherence.takeTicket();
    value = 1;
    coherence.finish(ticket);
  }

  @Actor
  public void reader(II_Result result) {
    long stamp = coherence.stamp();
    result.r2 = value;
    long confirmed = coherence.confirm(stamp);
    result.r1 = confirmed == Coherence.UNSTABLE ? -1 : (int) (confirmed - before);
  }
}
