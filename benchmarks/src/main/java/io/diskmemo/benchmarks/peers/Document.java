package io.diskmemo.benchmarks.peers;

import java.util.Random;

/**
 * What all stores keep.
 *
 * @param id of the document
 * @param text ASCII that does not compress well, another for each document
 */
public record Document(long id, String text) {
  private static final int LETTERS = 1 << 21;
  private static final int STEP = 97;
  private static final String ALL = letters();

  /**
   * One of its size.
   *
   * @param id of the document
   * @param size of the text
   * @return always the same
   */
  public static Document of(int id, int size) {
    int start = (int) ((long) id * STEP % (LETTERS - size));
    return new Document(id, ALL.substring(start, start + size));
  }

  /**
   * Under what others keep it.
   *
   * @param id of a document
   * @return the same for the same document
   */
  public static String key(int id) {
    return "NZ:" + id;
  }

  private static String letters() {
    Random random = new Random(42);
    StringBuilder all = new StringBuilder(LETTERS);
    for (int i = 0; i < LETTERS; i++) {
      all.append((char) (' ' + random.nextInt(95)));
    }
    return all.toString();
  }
}
