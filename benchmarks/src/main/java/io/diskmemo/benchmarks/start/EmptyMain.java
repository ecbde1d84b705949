package io.diskmemo.benchmarks.start;

/** A program that only says that it runs, as all of these do at the end. */
final class EmptyMain {
  private EmptyMain() {}

  /** No arguments are used. */
  public static void main(String[] arguments) {
    System.out.println("hit");
  }
}
