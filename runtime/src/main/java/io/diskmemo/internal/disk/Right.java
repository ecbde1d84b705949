package io.diskmemo.internal.disk;

/** What somebody needs to have still when a result is stored; asked under the write lock. */
@FunctionalInterface
public interface Right {
  /** Of those who need none. */
  Right NOT_NEEDED = () -> true;

  /**
   * Whether it is still there.
   *
   * @return false for good, once it is lost
   */
  boolean isHeld();
}
