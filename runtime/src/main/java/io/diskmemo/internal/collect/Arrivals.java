package io.diskmemo.internal.collect;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets threads wait until there is something to take. Whoever adds something in this process wakes as
 * many as there are elements. What other processes add is found by looking: one of those that wait
 * looks, ever less often, and the others sleep until they are woken, or until it leaves and one of them
 * looks in its place (the leader and its followers of {@link java.util.concurrent.DelayQueue}).
 */
final class Arrivals {
  private static final long SHORTEST_PAUSE_NANOS = Duration.ofMillis(1).toNanos();
  private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long count; // guarded by the lock, as is all below
  private boolean watched;
  private int waiting;

  /** Wakes those who can have what was added. */
  void added(int elements) {
    lock.lock();
    try {
      count++;
      for (int i = Math.min(elements, waiting); i > 0; i--) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Wakes all, who then find the deque closed. */
  void closed() {
    added(Integer.MAX_VALUE);
  }

  /**
   * Tries until something is there.
   *
   * @param attempt to take something; it is made without a lock, and once more at the end
   * @param nanos longest wait; none if it is not positive
   * @return empty if the time is over
   */
  <T> Optional<T> await(Supplier<Optional<T>> attempt, long nanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long deadline = System.nanoTime() + nanos;
    long seen = count();
    Optional<T> found = found(attempt);
    if (found.isPresent() || nanos <= 0) {
      return found;
    }
    enter();
    try {
      return awaitFurther(attempt, deadline, seen);
    } finally {
      leave();
    }
  }

  /** An interrupt during an attempt waits until it is over, whose failure is then its cause. */
  private static <T> Optional<T> found(Supplier<Optional<T>> attempt) throws InterruptedException {
    Optional<T> found;
    try {
      found = attempt.get();
    } catch (RuntimeException e) {
      if (Thread.interrupted()) {
        throw (InterruptedException) new InterruptedException().initCause(e);
      }
      throw e;
    }
    if (found.isEmpty() && Thread.interrupted()) {
      throw new InterruptedException();
    }
    return found;
  }

  private <T> Optional<T> awaitFurther(Supplier<Optional<T>> attempt, long deadline, long last)
      throws InterruptedException {
    long seen = last;
    long pause = SHORTEST_PAUSE_NANOS;
    while (true) {
      long left = deadline - System.nanoTime();
      pause(seen, left, pause);
      seen = count();
      Optional<T> found = found(attempt);
      if (found.isPresent() || left <= 0) {
        return found;
      }
      pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }
  }

  private long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  private void enter() {
    lock.lock();
    try {
      waiting++;
    } finally {
      lock.unlock();
    }
  }

  /** Somebody has to look on; and a signal that came too late for this thread is another's. */
  private void leave() {
    lock.lock();
    try {
      waiting--;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void pause(long seen, long leftNanos, long pauseNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (count != seen || leftNanos <= 0) {
        return;
      }
      if (watched) {
        follow(leftNanos);
      } else {
        lead(Math.min(leftNanos, pauseNanos));
      }
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // the callers' loop looks into the database in between
  private void follow(long nanos) throws InterruptedException {
    changed.awaitNanos(nanos);
  }

  @SuppressWarnings("WaitNotInLoop") // the callers' loop looks into the database in between
  private void lead(long nanos) throws InterruptedException {
    watched = true;
    try {
      changed.awaitNanos(nanos);
    } finally {
      watched = false;
    }
  }
}
