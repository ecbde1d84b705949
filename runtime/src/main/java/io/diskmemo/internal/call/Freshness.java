package io.diskmemo.internal.call;

import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.internal.memory.Remembered;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/**
 * When a result is computed anew although there is one, and when an old one will do.
 *
 * <p>Early refresh is XFetch (Vattani, Chierichetti, Lowenstein: Optimal Probabilistic Cache Stampede
 * Prevention, 2015): a hit is refreshed when {@code -cost · beta · ln(random)} is no less than the time
 * that is left, so that costly results are refreshed earlier, and rarely by several at once.
 *
 * @param beta 0 for never; 1 as in the paper
 * @param staleWhileRefreshing how long after its end a result is handed out while it is refreshed
 * @param staleIfError how long after its end a result is handed out if the computation fails
 * @param clock of the entries' ends
 * @param random between 0 and 1
 */
public record Freshness(
    double beta,
    Duration staleWhileRefreshing,
    Duration staleIfError,
    InstantSource clock,
    DoubleSupplier random) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** No double between 0 and 1 has a smaller logarithm than this, negated. */
  private static final double LARGEST_DRAW = 745;

  /** Whether anything is ever refreshed early. */
  boolean isEarly() {
    return beta > 0;
  }

  /** Whether a result is so near its end that chance decides. */
  boolean mayBeDue(Remembered<?> entry) {
    return isDue(entry.expiresMillis(), entry.costNanos(), LARGEST_DRAW);
  }

  /** Whether chance says that a result is to be refreshed; each time anew. */
  boolean isDue(End end) {
    return isDue(end.expiresMillis(), end.costNanos(), -Math.log(random.getAsDouble()));
  }

  private boolean isDue(long expiresMillis, long costNanos, double draw) {
    return expiresMillis != StoredEntry.NEVER
        && costNanos / NANOS_PER_MILLI * beta * draw >= expiresMillis - clock.millis();
  }

  boolean servesStale() {
    return !staleWhileRefreshing.isZero();
  }

  boolean survivesErrors() {
    return !staleIfError.isZero();
  }
}
