package io.diskmemo.internal.disk;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** One writes and counts its commit; another sees the count, and reads. Counted, what is read. */
@JCStressTest
@Outcome(id = "0, [01]", expect = ACCEPTABLE, desc = "not counted yet")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "counted and written")
@Outcome(expect = FORBIDDEN, desc = "counted before it was written")
@State
public class CommitAndReader {
  private final Coherence coherence = Counters.next();
  private final long before = coherence.commits();
  private int written; // plain: the counter alone orders it

  @Actor
  public void writer() {
    written = 1;
    coherence.countCommit();
  }

  @Actor
  public void reader(II_Result result) {
    result.r1 = (int) (coherence.commits() - before);
    result.r2 = written;
  }
}
