package io.diskmemo.internal.resilience;

/**
 * What is done about a database that seems to be corrupt. It is called once each time, never by a
 * caller's thread, and then the kind is opened anew and probed.
 */
@FunctionalInterface
public interface Repair {
  /** Nothing but a second look through fresh connections. */
  Repair NONE = reason -> {};

  /**
   * Looks again, and mends what is broken.
   *
   * @param reason what was met
   * @throws RuntimeException if it cannot be mended; then the kind goes on from memory
   */
  void repair(Failure reason);
}
