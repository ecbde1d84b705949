package io.diskmemo.benchmarks;

import io.diskmemo.KindCache;
import io.diskmemo.Stats;
import io.diskmemo.StoreHealth;
import java.util.Locale;

/**
 * What a kind of ours did in this process, as its statistics have it. A call that finds its disk out of
 * order computes and returns the same, faster or slower; what it took then is no figure of ours. Not
 * thread-safe.
 */
public final class Done {
  /**
   * Threads that want the same share one read, and memory without room lets go of a result a moment
   * later. A call that computed instead shows as one that stored or was refused, of which none may.
   */
  private static final double LEAST_OF_HITS = 0.99;

  private final KindCache kind;
  private Stats before;

  /**
   * Nothing was done since.
   *
   * @param kind that is open
   */
  public Done(KindCache kind) {
    this.kind = kind;
    this.before = kind.stats();
  }

  /**
   * Fails unless since the last time this was done, nothing was refused and the disk is in order.
   *
   * @param hits on disk
   * @param stores of results or values
   */
  public void require(long hits, long stores) {
    Stats now = kind.stats();
    long hit = now.diskHits() - before.diskHits();
    long stored = now.stores() - before.stores();
    long refused = refused(now) - refused(before);
    boolean isHealthy = now.health().state() == StoreHealth.State.HEALTHY;
    if (hit > hits
        || hit < hits * LEAST_OF_HITS
        || stored != stores
        || refused != 0
        || !isHealthy) {
      throw new IllegalStateException(String.format(
          Locale.ROOT,
          "%d of %d were hits, %d of %d were stored, %d refused; %s",
          hit,
          hits,
          stored,
          stores,
          refused,
          now));
    }
    before = now;
  }

  /** Nothing was done since now. */
  public void forget() {
    before = kind.stats();
  }

  /**
   * Fails unless since the last time memory answered, and nothing else was done.
   *
   * @param least calls that memory answered
   */
  public void requireMemory(long least) {
    Stats now = kind.stats();
    long hit = now.memoryHits() - before.memoryHits();
    long others = others(now) - others(before);
    if (hit < least || others != 0) {
      throw new IllegalStateException(String.format(
          Locale.ROOT,
          "%d of %d were hits in memory, %d other calls; %s",
          hit,
          least,
          others,
          now));
    }
    before = now;
  }

  private static long others(Stats stats) {
    return stats.diskHits() + stats.misses() + stats.computations() + stats.uncached();
  }

  private static long refused(Stats stats) {
    return stats.refusedTooLarge()
        + stats.refusedNoRoom()
        + stats.refusedEvicted()
        + stats.refusedPresent()
        + stats.refusedLeaseLost()
        + stats.refusedUnreadable()
        + stats.refusedFileChanged()
        + stats.refusedUnavailable()
        + stats.uncached();
  }
}
