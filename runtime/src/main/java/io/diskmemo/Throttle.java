package io.diskmemo;

import io.diskmemo.internal.coordinate.Throttling;
import io.diskmemo.internal.flight.Exclusion;
import java.time.Duration;

/**
 * A rate that all threads of all processes keep together that have the directory open: a bucket of
 * permits that fills evenly, so many in each period, and holds no more than those of one period.
 * Thread-safe.
 *
 * <pre>{@code
 * Throttle requests = memo.throttle("geocoder", 10, Duration.ofSeconds(1));
 * requests.acquire();
 * send(request);
 * }</pre>
 *
 * <p>In any stretch of time there are at most as many permits as come in it, and those of one period
 * beside them, which may have been saved up. It goes by the clock of the {@link Settings}. A clock that
 * is set back neither brings permits nor delays the next by more than a period; one that is set forward
 * brings those of one period at most. The bucket outlives processes. All have to name the same rate;
 * where they do not, the bucket is converted to the rate of whoever asks.
 *
 * <p>Threads of one process get permits in the order in which they came; processes in no order.
 */
public final class Throttle {
  private final Throttling throttling;

  Throttle(Throttling throttling) {
    this.throttling = throttling;
  }

  /**
   * Waits for a permit, however long.
   *
   * @throws InterruptedException if the thread is interrupted; then it took none
   * @throws DiskMemoException if the bucket cannot be had
   */
  public void acquire() throws InterruptedException {
    if (!tryAcquire(Exclusion.FOR_EVER)) {
      throw new IllegalStateException("a hundred years are over");
    }
  }

  /**
   * Waits for a permit.
   *
   * @param longest wait
   * @return false if there was none in time
   * @throws InterruptedException if the thread is interrupted; then it took none
   * @throws DiskMemoException if the bucket cannot be had
   */
  public boolean tryAcquire(Duration longest) throws InterruptedException {
    return Coordinated.waiting(() -> throttling.isTaken(Coordinated.longest(longest)));
  }

  /**
   * Takes a permit if there is one.
   *
   * @return whether there was
   * @throws DiskMemoException if the bucket cannot be had
   */
  public boolean tryAcquire() {
    return Coordinated.atOnce(throttling::isTaken);
  }
}
