package io.diskmemo.generated;

import org.jspecify.annotations.Nullable;

/**
 * One memoized method, bound to an opened directory. Thread-safe.
 *
 * <p>No method of it throws because of the cache; only what the computation throws comes through,
 * checked exceptions included, which is why none is declared.
 *
 * @param <R> type of the result
 */
public interface MemoizedMethod<R extends @Nullable Object> {

  /**
   * Looks in memory only. For methods with {@link MethodSpec#argumentsAreValues()} and {@link
   * MethodSpec#sharesResult()}; a wrapper calls it first because it allocates nothing.
   *
   * @param arguments of this call
   * @return the remembered result, or {@code null} if memory holds none
   */
  @Nullable
  Hit<R> find(Arguments arguments);

  /**
   * Goes on where {@link #find} found nothing: waits for another computation of the same key, reads
   * the disk, or computes and stores.
   *
   * @param arguments of this call
   * @param computation called at most once, in this thread, with no lock held
   * @return the result
   */
  R compute(Arguments arguments, Computation<? extends R> computation);

  /**
   * Looks in memory, then as {@link #compute}. For all methods.
   *
   * @param arguments of this call
   * @param computation called at most once, in this thread, with no lock held
   * @return the result
   */
  R call(Arguments arguments, Computation<? extends R> computation);
}
