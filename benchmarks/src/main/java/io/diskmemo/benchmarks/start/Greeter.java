package io.diskmemo.benchmarks.start;

import io.diskmemo.annotations.DiskMemoize;

/** A memoized method with a record as result. */
public class Greeter {
  private static boolean isComputed;

  /** What is kept. */
  public record Greeting(String text, int number) {}

  /** Nothing is wanted. */
  public Greeter() {}

  /**
   * A greeting.
   *
   * @param name of somebody
   * @param number of something
   * @return always the same
   */
  @DiskMemoize(tag = "name:{name}")
  public Greeting greet(String name, int number) {
    isComputed = true;
    return new Greeting("Hello, " + name, number);
  }

  /** Whether the method was called in this process. */
  static boolean isComputed() {
    return isComputed;
  }
}
