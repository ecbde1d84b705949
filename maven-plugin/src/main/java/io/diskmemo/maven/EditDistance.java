package io.diskmemo.maven;

/**
 * How many letters have to be inserted, deleted, replaced or exchanged with their neighbour to make one
 * word of another; no part of it is changed twice (optimal string alignment, Boytsov 2011).
 */
final class EditDistance {
  private EditDistance() {}

  static int between(String one, String other) {
    int[][] edits = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : fewest(edits, one, i, other, j);
      }
    }
    return edits[one.length()][other.length()];
  }

  private static int fewest(int[][] edits, String one, int i, String other, int j) {
    int replaced = edits[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
    int fewest = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    return isExchange(one, i, other, j) ? Math.min(fewest, edits[i - 2][j - 2] + 1) : fewest;
  }

  private static boolean isExchange(String one, int i, String other, int j) {
    return i > 1
        && j > 1
        && one.charAt(i - 1) == other.charAt(j - 2)
        && one.charAt(i - 2) == other.charAt(j - 1);
  }
}
