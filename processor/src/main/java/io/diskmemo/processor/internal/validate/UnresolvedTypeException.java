package io.diskmemo.processor.internal.validate;

/**
 * A type that does not exist yet: another processor may still write it. If none does, the compiler
 * reports it.
 */
final class UnresolvedTypeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnresolvedTypeException() {
    super(null, null, false, false);
  }
}
