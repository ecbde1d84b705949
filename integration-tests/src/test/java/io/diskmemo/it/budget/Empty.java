package io.diskmemo.it.budget;

/** A program that does nothing. */
final class Empty {
  private Empty() {}

  /** Nothing. */
  public static void main(String[] arguments) {
    if (arguments.length > 0) {
      throw new IllegalArgumentException(arguments[0]);
    }
  }
}
