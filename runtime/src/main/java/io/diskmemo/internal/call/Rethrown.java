package io.diskmemo.internal.call;

/** Lets a checked exception through a method that cannot declare it. */
final class Rethrown {
  private Rethrown() {}

  /** Never returns; the type is for {@code throw}, so that the compiler knows. */
  @SuppressWarnings("unchecked") // the cast is erased: the very exception is thrown
  static <X extends Throwable> RuntimeException unchanged(Throwable exception) throws X {
    throw (X) exception;
  }
}
