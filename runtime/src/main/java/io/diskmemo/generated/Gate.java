package io.diskmemo.generated;

import org.jspecify.annotations.Nullable;

/**
 * What the calls of one method pass on their way to its body, bound to an opened directory: those of all
 * threads of all processes that have the directory open. Thread-safe.
 *
 * <p>Nothing but what the body throws comes through, checked exceptions included, which is why none is
 * declared; and an {@link InterruptedException} if the gate is {@link GateSpec#isInterruptible()}. A
 * gate that the directory fails goes on within this process, and says so once in the log.
 */
public interface Gate {

  /**
   * Waits at the gate, and calls the method behind it.
   *
   * @param body called at most once, in this thread
   * @param <R> type of the result, boxed if primitive
   * @return what the body returns
   */
  <R extends @Nullable Object> R call(Computation<? extends R> body);

  /**
   * As {@link #call}, for a method that returns nothing.
   *
   * @param body called at most once, in this thread
   */
  void run(Action body);
}
