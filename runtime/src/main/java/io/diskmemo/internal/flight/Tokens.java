package io.diskmemo.internal.flight;

import io.diskmemo.internal.disk.SharedWords;

/**
 * Numbers that grow from each exclusive lease to the next, whichever process has it. A number is at
 * least the time, so that it also grows when the file was made anew. Thread-safe.
 */
final class Tokens {
  private static final int WORD = 1;

  private final SharedWords words;

  Tokens(SharedWords words) {
    this.words = words;
  }

  long next(long nowMicros) {
    while (true) {
      long last = words.get(WORD);
      long next = Math.max(last + 1, nowMicros);
      if (words.compareAndSet(WORD, last, next) || words.get(WORD) == last) {
        return next; // in a file that was cut short nothing changes, and nobody has a lease
      }
    }
  }
}
