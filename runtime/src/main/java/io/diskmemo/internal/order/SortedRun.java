package io.diskmemo.internal.order;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The elements of one open set or map: where each begins in the writer's buffer. Not thread-safe.
 */
public final class SortedRun {
  private final @Nullable SortedRun outer;
  private final int size;
  private int[] begins;
  private int count;

  /**
   * Begins a set or map.
   *
   * @param outer the one that it is inside, if any
   * @param size number of its elements or entries
   */
  public SortedRun(@Nullable SortedRun outer, int size) {
    this.outer = outer;
    this.size = size;
    this.begins = new int[Math.min(size, 16) + 1];
  }

  /**
   * The set or map around this one.
   *
   * @return null if there is none
   */
  public @Nullable SortedRun outer() {
    return outer;
  }

  /**
   * Begins an element, or an entry with its key.
   *
   * @param position in the buffer
   */
  public void begin(int position) {
    if (count + 1 >= begins.length) {
      begins = Arrays.copyOf(begins, 2 * begins.length + 1);
    }
    begins[count++] = position;
  }

  /**
   * Puts the elements into the order of their bytes.
   *
   * @param buffer that holds them
   * @param end where the last one ends
   * @throws IllegalStateException if there are not as many as were announced
   */
  public void sort(byte[] buffer, int end) {
    if (count != size) {
      throw new IllegalStateException(
          "a set or map of " + size + " has " + count + "; was it changed meanwhile?");
    }
    if (count < 2) {
      return;
    }
    begins[count] = end;
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        (a, b) -> Arrays.compareUnsigned(
            buffer, begins[a], begins[a + 1], buffer, begins[b], begins[b + 1]));
    byte[] sorted = new byte[end - begins[0]];
    int length = 0;
    for (int element : order) {
      int bytes = begins[element + 1] - begins[element];
      System.arraycopy(buffer, begins[element], sorted, length, bytes);
      length += bytes;
    }
    System.arraycopy(sorted, 0, buffer, begins[0], length);
  }
}
