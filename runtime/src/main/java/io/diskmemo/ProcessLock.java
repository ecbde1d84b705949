package io.diskmemo;

import io.diskmemo.internal.coordinate.Locking;
import io.diskmemo.internal.flight.Exclusion;
import java.time.Duration;
import java.util.Optional;

/**
 * A lock that one thread has, of all threads of all processes that have the directory open. Re-entrant:
 * a thread that has it gets it again, and gives it back with the last {@link Held#close}. Thread-safe.
 *
 * <pre>{@code
 * try (Held held = memo.lock("index").lock()) {
 *   rebuildIndex();
 * }
 * }</pre>
 *
 * <p>Threads of one process get it in the order in which they came; processes in no order. Waits of more
 * than a second are logged and told to the {@link WaitListener}.
 */
public final class ProcessLock {
  private final Locking locking;

  ProcessLock(Locking locking) {
    this.locking = locking;
  }

  /**
   * Waits for the lock, however long.
   *
   * @return the lock
   * @throws InterruptedException if the thread is interrupted; then it has nothing
   * @throws DiskMemoException if nobody can tell whether others have it
   */
  public Held lock() throws InterruptedException {
    return Coordinated.waiting(() -> locking.take(Exclusion.FOR_EVER))
        .map(Held::new)
        .orElseThrow();
  }

  /**
   * Waits for the lock.
   *
   * @param longest wait
   * @return empty if others had it all the time
   * @throws InterruptedException if the thread is interrupted; then it has nothing
   * @throws DiskMemoException if nobody can tell whether others have it
   */
  public Optional<Held> tryLock(Duration longest) throws InterruptedException {
    return Coordinated.waiting(() -> locking.take(Coordinated.longest(longest))).map(Held::new);
  }
}
