package io.diskmemo;

import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import org.jspecify.annotations.Nullable;

/** An opened directory of results. */
public final class DiskMemo implements AutoCloseable {
  private DiskMemo() {}

  /**
   * The instance that wrappers use that were given none.
   *
   * @return the shared instance
   */
  public static DiskMemo shared() {
    return new DiskMemo();
  }

  /**
   * Binds a memoized method to this directory. Called by generated wrappers.
   *
   * @param spec of the method
   * @param <R> type of the result
   * @return the bound method
   */
  public <R extends @Nullable Object> MemoizedMethod<R> memoize(MethodSpec<R> spec) {
    throw new IllegalStateException(spec.toString());
  }

  @Override
  public void close() {}
}
