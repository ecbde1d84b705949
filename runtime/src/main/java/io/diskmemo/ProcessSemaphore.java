package io.diskmemo;

import io.diskmemo.internal.coordinate.Permits;
import io.diskmemo.internal.flight.Exclusion;
import java.time.Duration;
import java.util.Optional;

/**
 * A number of permits, each of which one has, of all threads of all processes that have the directory
 * open. Thread-safe.
 *
 * <pre>{@code
 * try (Held permit = memo.semaphore("license", 4).acquire()) {
 *   convert(file);
 * }
 * }</pre>
 *
 * <p>All have to name the same number; where they do not, there are as many permits as the largest
 * number, of which each gets one of the first that it named. Threads of one process get permits in the
 * order in which they came; processes in no order. Any thread can close a permit.
 */
public final class ProcessSemaphore {
  private final Permits permits;

  ProcessSemaphore(Permits permits) {
    this.permits = permits;
  }

  /**
   * Waits for a permit, however long.
   *
   * @return the permit
   * @throws InterruptedException if the thread is interrupted; then it has nothing
   * @throws DiskMemoException if nobody can tell how many others have
   */
  public Held acquire() throws InterruptedException {
    return Coordinated.waiting(() -> permits.take(Exclusion.FOR_EVER))
        .map(Held::new)
        .orElseThrow();
  }

  /**
   * Waits for a permit.
   *
   * @param longest wait
   * @return empty if others had all of them all the time
   * @throws InterruptedException if the thread is interrupted; then it has nothing
   * @throws DiskMemoException if nobody can tell how many others have
   */
  public Optional<Held> tryAcquire(Duration longest) throws InterruptedException {
    return Coordinated.waiting(() -> permits.take(Coordinated.longest(longest))).map(Held::new);
  }
}
