package io.diskmemo.generated;

import org.jspecify.annotations.Nullable;

/**
 * A remembered result, which may be {@code null}.
 *
 * @param <R> type of the result
 */
public interface Hit<R extends @Nullable Object> {

  /**
   * The result.
   *
   * @return what the method returned for equal arguments
   */
  R value();
}
