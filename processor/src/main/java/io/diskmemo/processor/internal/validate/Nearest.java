package io.diskmemo.processor.internal.validate;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
final class Nearest {
  private Nearest() {}

  /** The name with the fewest edits, if a third of its letters or fewer have to be changed. */
  static Optional<String> to(String wanted, Collection<String> names) {
    String lowerCase = wanted.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> edits(lowerCase, name) <= Math.max(1, name.length() / 3))
        .min(Comparator.comparingInt(name -> edits(lowerCase, name)));
  }

  /** The distance of Levenshtein, regardless of case. */
  private static int edits(String lowerCase, String name) {
    String other = name.toLowerCase(Locale.ROOT);
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= lowerCase.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (lowerCase.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
