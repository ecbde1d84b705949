package io.diskmemo.internal.disk;

import org.jspecify.annotations.Nullable;

/**
 * The first failure of several steps that are all tried; those of the others are suppressed in it. Not
 * thread-safe.
 */
public final class FirstFailure {
  private @Nullable DiskException first;

  /** None yet. */
  public FirstFailure() {}

  /**
   * Tries a step.
   *
   * @param step whose failures are noted
   */
  public void ofTrying(Runnable step) {
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
   * @throws DiskException if one failed
   */
  public void throwIfAny() {
    if (first != null) {
      throw first;
    }
  }
}
