package io.diskmemo;

import io.diskmemo.internal.coordinate.CoordinationException;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.flight.Exclusion;
import java.time.Duration;
import java.util.function.Supplier;

/** How the inside's failures and waits look from outside. */
final class Coordinated {
  private Coordinated() {}

  /** Something that can be interrupted. */
  interface Waiting<T> {
    T get() throws InterruptedException;
  }

  static <T> T waiting(Waiting<T> work) throws InterruptedException {
    try {
      return work.get();
    } catch (CoordinationException e) {
      throw failure(e);
    } catch (DiskException e) {
      throw new StoreException(e);
    }
  }

  static <T> T atOnce(Supplier<T> work) {
    try {
      return Uninterrupted.get(work);
    } catch (CoordinationException e) {
      throw failure(e);
    } catch (DiskException e) {
      throw new StoreException(e);
    }
  }

  private static DiskMemoException failure(CoordinationException e) {
    return new DiskMemoException(e.operation(), String.valueOf(e.getMessage()), e.isTransient(), e);
  }

  /** A wait that can be counted: none for a negative one. */
  static Duration longest(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(Exclusion.FOR_EVER) < 0 ? wait : Exclusion.FOR_EVER;
  }
}
