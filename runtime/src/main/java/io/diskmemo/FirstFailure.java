package io.diskmemo;

import io.diskmemo.internal.disk.DiskException;
import org.jspecify.annotations.Nullable;

/** The first failure of several steps that are all tried; those of the others are suppressed in it. */
final class FirstFailure {
  private @Nullable DiskException first;

  void ofTrying(Runnable step) {
    try {
      step.run();
    } catch (DiskException e) {
      if (first == null) {
        first = e;
      } else {
        first.addSuppressed(e);
      }
    }
  }

  /**
   * Ends the steps.
   *
   * @throws StoreException if one failed
   */
  void throwIfAny() {
    if (first != null) {
      throw new StoreException(first);
    }
  }
}
