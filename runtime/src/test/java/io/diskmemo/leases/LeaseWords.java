package io.diskmemo.leases;

import io.diskmemo.multiprocess.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/** The slots of the leases of a store, read from outside. */
public record LeaseWords(Path store) {
  private static final int FIRST_WORD = 4096;
  private static final int SLOTS = 2048;
  private static final int WORDS_PER_SLOT = 4;

  /** Where in the file, in words, the slots in use begin. */
  public int[] inUse() {
    ByteBuffer words = words();
    return IntStream.range(0, SLOTS)
        .map(slot -> FIRST_WORD + WORDS_PER_SLOT * slot)
        .filter(index -> words.getLong(index * Long.BYTES) != 0)
        .toArray();
  }

  private ByteBuffer words() {
    try {
      return ByteBuffer.wrap(Files.readAllBytes(store.resolve("leases")))
          .order(ByteOrder.nativeOrder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the one lease that somebody holds has been renewed so often. */
  public void awaitRenewals(int times) {
    int[] inUse = inUse();
    if (inUse.length != 1) {
      throw new AssertionError(inUse.length + " leases are held");
    }
    Set<Long> seen = new HashSet<>();
    Patience.until(
        times + " renewals",
        () -> seen.add(words().getLong(inUse[0] * Long.BYTES)) && seen.size() > times);
  }
}
