package io.diskmemo;

import io.diskmemo.internal.coordinate.Hold;
import io.diskmemo.internal.coordinate.Locking;
import io.diskmemo.internal.flight.Exclusion;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time through, of all threads of all processes that have the directory open.
 * Thread-safe. Work that passes the same barrier again does not wait for itself.
 *
 * <pre>{@code
 * Report report = memo.barrier("report").pass(() -> render(month));
 * }</pre>
 *
 * <p>It is a {@link ProcessLock} with names of its own.
 */
public final class Barrier {
  private final Locking locking;

  Barrier(Locking locking) {
    this.locking = locking;
  }

  /**
   * What is done behind a barrier.
   *
   * @param <T> type of the result
   * @param <E> what it throws
   */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object, E extends Exception> {
    /**
     * Does it.
     *
     * @return the result
     * @throws E if it fails
     */
    T get() throws E;
  }

  /**
   * Waits until nobody else is behind the barrier, and does the work there.
   *
   * @param work to do
   * @param <T> type of the result
   * @param <E> what the work throws
   * @return what the work returns
   * @throws E if the work does
   * @throws InterruptedException if the thread is interrupted while it waits; the work was not begun
   * @throws DiskMemoException if nobody can tell whether others are there; the work was not begun
   */
  public <T extends @Nullable Object, E extends Exception> T pass(Work<T, E> work)
      throws E, InterruptedException {
    Hold hold = Coordinated.waiting(() -> locking.take(Exclusion.FOR_EVER)).orElseThrow();
    try {
      return work.get();
    } finally {
      hold.close();
    }
  }
}
