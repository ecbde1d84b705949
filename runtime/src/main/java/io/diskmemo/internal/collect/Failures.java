package io.diskmemo.internal.collect;

import io.diskmemo.internal.disk.DiskException;
import java.util.function.Supplier;

/** What callers of a collection are to see when the disk fails them. */
@FunctionalInterface
public interface Failures {
  /**
   * The exception that is thrown in place of another.
   *
   * @param failure of the disk
   * @return what callers know
   */
  RuntimeException of(DiskException failure);

  /**
   * Does something, and throws what callers know.
   *
   * @param work to do
   * @param <T> what comes of it
   * @return what came of it
   */
  default <T> T translated(Supplier<T> work) {
    try {
      return work.get();
    } catch (DiskException e) {
      throw of(e);
    }
  }
}
