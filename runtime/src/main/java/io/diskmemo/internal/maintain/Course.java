package io.diskmemo.internal.maintain;

import io.diskmemo.internal.disk.Pace;
import java.util.function.BooleanSupplier;

/**
 * How some work goes: it is told after each step, and asks whether to go on. It ends early when
 * somebody says so, or when the thread is interrupted. For one thread.
 */
public final class Course implements AutoCloseable {
  private final Listener listener;
  private final BooleanSupplier cancelled;
  private boolean isCancelled;
  private boolean interrupted;

  /** Is told how far the work is, while nothing is held. */
  public interface Listener {
    /**
     * Takes note.
     *
     * @param task that is under way
     * @param done entries, files or pages so far
     */
    void progress(String task, long done);
  }

  /**
   * A course that begins now.
   *
   * @param listener told after each step
   * @param cancelled asked after each step
   */
  public Course(Listener listener, BooleanSupplier cancelled) {
    this.listener = listener;
    this.cancelled = cancelled;
  }

  /**
   * Begins a task.
   *
   * @param name of the task
   * @return its pace
   */
  public Pace begin(String name) {
    long[] sum = {0};
    return done -> {
      sum[0] += done;
      listener.progress(name, sum[0]);
      return !isCancelled();
    };
  }

  /**
   * Whether the work is to end, or ended, before all was done.
   *
   * @return true from the first time on
   */
  public boolean isCancelled() {
    interrupted |= Thread.interrupted(); // Java's channels would close under the thread
    isCancelled |= interrupted || cancelled.getAsBoolean();
    return isCancelled;
  }

  /** Whether it was found to be cancelled before. */
  boolean wasCancelled() {
    return isCancelled;
  }

  /** Gives the thread its interrupt back. */
  @Override
  public void close() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
