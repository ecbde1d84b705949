package io.diskmemo.benchmarks.disk;

import io.diskmemo.benchmarks.Suite.Effort;

/**
 * How much is done to a store.
 *
 * @param size of the text of each document
 * @param entries that are there before
 * @param stored entries that are stored one after another
 * @param samples of hits, and of stores
 * @param sampleMillis how long one takes at most
 */
record Load(int size, int entries, int stored, int samples, int sampleMillis) {
  private static final int MOST_BYTES = 32 << 20;
  private static final int MOST_ENTRIES = 20_000;
  private static final int FEWEST = 20;
  private static final int MOST_BYTES_WHILE_WARMING = 256 << 20;
  private static final int MOST_WHILE_WARMING = 200_000;

  static Load of(int size, Effort effort) {
    boolean isFull = effort == Effort.FULL;
    int entries = Math.min(MOST_ENTRIES, Math.max(FEWEST, MOST_BYTES / size));
    return isFull
        ? new Load(size, entries, entries, 10, 150)
        : new Load(size, Math.max(FEWEST, entries / 10), Math.max(FEWEST, entries / 20), 2, 20);
  }

  /** Entries that are stored at most before anything is measured, so that the disk does not fill up. */
  int mostWhileWarming() {
    return Math.min(MOST_WHILE_WARMING, MOST_BYTES_WHILE_WARMING / size);
  }

  String[] arguments(String... first) {
    String[] all = new String[first.length + 5];
    System.arraycopy(first, 0, all, 0, first.length);
    int[] numbers = {size, entries, stored, samples, sampleMillis};
    for (int i = 0; i < numbers.length; i++) {
      all[first.length + i] = String.valueOf(numbers[i]);
    }
    return all;
  }

  static Load parse(String[] arguments, int from) {
    int[] numbers = new int[5];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Integer.parseInt(arguments[from + i]);
    }
    return new Load(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
  }
}
