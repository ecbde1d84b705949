package io.diskmemo.generated;

/** The body of a method that returns nothing, bound to one call. */
@FunctionalInterface
public interface Action {

  /**
   * Calls the method.
   *
   * @throws Throwable whatever the method throws; it reaches the caller of the wrapper unchanged
   */
  void run() throws Throwable;
}
