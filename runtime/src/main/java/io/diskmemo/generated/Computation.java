package io.diskmemo.generated;

import org.jspecify.annotations.Nullable;

/**
 * The memoized method's own body, bound to one call.
 *
 * @param <R> type of the result
 */
@FunctionalInterface
public interface Computation<R extends @Nullable Object> {

  /**
   * Calls the method.
   *
   * @return its result
   * @throws Throwable whatever the method throws; it reaches the caller of the wrapper unchanged
   */
  R compute() throws Throwable;
}
