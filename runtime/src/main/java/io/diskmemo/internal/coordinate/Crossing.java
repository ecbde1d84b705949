package io.diskmemo.internal.coordinate;

import java.util.Optional;

/**
 * The way of calls to a method that is done one at a time, or so many times in a period, or both.
 * Thread-safe.
 *
 * <p>With both, a call takes its permit when it has the lock: then each permit is followed by the work
 * that it is for. Permits that are taken before a line is joined are saved up in the line, and used
 * faster than they came as soon as the line moves.
 */
public final class Crossing {
  private final Optional<OneAtATime> oneAtATime;
  private final Optional<Throttling> throttling;

  Crossing(Optional<OneAtATime> oneAtATime, Optional<Throttling> throttling) {
    this.oneAtATime = oneAtATime;
    this.throttling = throttling;
  }

  /** A call that has come through; closed by its thread when the work is over. */
  @FunctionalInterface
  public interface Passage extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits until it is this call's turn.
   *
   * @return to be closed after the work
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   */
  public Passage enter() throws InterruptedException {
    Passage passage = oneAtATime.isPresent() ? oneAtATime.orElseThrow().enter() : () -> {};
    boolean entered = false;
    try {
      if (throttling.isPresent()) {
        throttling.orElseThrow().take();
      }
      entered = true;
      return passage;
    } finally {
      if (!entered) {
        passage.close();
      }
    }
  }

  /**
   * As {@link #enter}, and an interrupt waits until this returns.
   *
   * @return to be closed after the work
   */
  public Passage enterUninterruptibly() {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return enter();
        } catch (InterruptedException e) {
          interrupted = true; // and the thread goes to the end of the line
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
