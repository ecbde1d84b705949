package io.diskmemo.internal.disk;

/**
 * 64-bit words that several processes share. Reads and writes of a word are volatile. Thread-safe.
 */
public interface SharedWords {
  /**
   * Reads a word.
   *
   * @param index from 0
   * @return its value
   */
  long get(int index);

  /**
   * Writes a word.
   *
   * @param index from 0
   * @param value to write
   */
  void set(int index, long value);

  /**
   * Writes a word unless it has changed.
   *
   * @param index from 0
   * @param expected value
   * @param value to write
   * @return whether it was written
   */
  boolean compareAndSet(int index, long expected, long value);
}
