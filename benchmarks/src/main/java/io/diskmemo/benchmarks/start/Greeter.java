package io.diskmemo.benchmarks.start;

import io.diskmemo.annotations.DiskMemoize;

/** A memoized method with a record as result. */
public class Greeter {
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
    return new Greeting("Hello, " + name, number);
  }
}
