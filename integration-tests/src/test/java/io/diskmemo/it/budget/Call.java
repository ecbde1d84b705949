package io.diskmemo.it.budget;

import java.nio.file.Path;
import java.util.List;

/** Calls of memoized methods. The arguments that are not numbers are made beforehand. */
enum Call {
  INT,
  STRING,
  STRING_AND_INT,
  RECORD,
  LIST,
  BYTES,
  FILE,
  DECODED,
  ON_DISK;

  /** How many different arguments there are. */
  static final int KEYS = 64;

  private static final String[] STRINGS = new String[KEYS];
  private static final Priced.Address[] ADDRESSES = new Priced.Address[KEYS];
  private static final List<?>[] LISTS = new List<?>[KEYS];
  private static final byte[][] BYTES_OF = new byte[KEYS][];

  static {
    for (int i = 0; i < KEYS; i++) {
      STRINGS[i] = "street number " + i;
      ADDRESSES[i] = new Priced.Address("NZ", i);
      LISTS[i] = List.of("one", "two", STRINGS[i]);
      BYTES_OF[i] = new byte[100 + i];
    }
  }

  /**
   * Makes the call.
   *
   * @param number chooses the arguments: one of {@link #KEYS}, but any for {@link #ON_DISK}
   * @param file the argument of {@link #FILE}
   */
  @SuppressWarnings("unchecked") // they are lists of strings
  Object make(MemoizedPriced priced, int number, Path file) {
    return switch (this) {
      case INT -> priced.ofInt(number);
      case STRING -> priced.ofString(STRINGS[number]);
      case STRING_AND_INT -> priced.ofStringAndInt("NZ", number);
      case RECORD -> priced.ofRecord(ADDRESSES[number]);
      case LIST -> priced.ofList((List<String>) LISTS[number]);
      case BYTES -> priced.ofBytes(BYTES_OF[number]);
      case FILE -> priced.ofFile(file);
      case DECODED -> priced.decoded(number);
      case ON_DISK -> priced.onDisk("NZ", number);
    };
  }
}
