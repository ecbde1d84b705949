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

  /**
   * Whether a live entry that was stored at a time stays, also where a result is to replace it.
   *
   * @param storedMillis since the epoch
   * @return false for a right that was there all the time, under which nobody else stored anything
   */
  default boolean yieldsTo(long storedMillis) {
    return false;
  }
}
