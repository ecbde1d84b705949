package io.diskmemo.internal.coordinate;

import io.diskmemo.internal.flight.WaitObserver;
import io.diskmemo.internal.flight.WaitTerms;
import io.diskmemo.internal.value.PlainKeys;
import io.diskmemo.key.Key;
import java.time.Duration;
import java.util.List;

/**
 * What something is called in a directory. Locks, semaphores and the like have names of their own each.
 *
 * @param directory its identity
 * @param type such as {@code lock}
 * @param text given by the user: data, of which only digests go to disk
 */
record Name(String directory, String type, String text) {
  /** Kind under which all of this is kept and shown; no user's kind can have the name. */
  static final String KIND = "_coordination";

  private static final int LONGEST = 250;

  /** Checks what the user gave. */
  Name {
    if (text.isBlank() || text.length() > LONGEST) {
      throw new IllegalArgumentException("the name of a " + type + " has 1 to " + LONGEST
          + " characters, not all of them blank; this has " + text.length());
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the name of a " + type + " has no control characters, because it goes to logs");
    }
  }

  Key key() {
    return PlainKeys.writerOf(List.of(type, text)).toKey();
  }

  /** The key of one of several that have the name in common. */
  Key key(int index) {
    return PlainKeys.writerOf(List.of(type, text, index)).toKey();
  }

  WaitTerms terms(Duration longest, WaitObserver observer) {
    return new WaitTerms(KIND, this.type + " " + text, longest, observer);
  }
}
