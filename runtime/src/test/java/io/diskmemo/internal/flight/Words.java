package io.diskmemo.internal.flight;

import io.diskmemo.internal.disk.LeaseFile;
import io.diskmemo.internal.disk.SharedWords;
import java.util.concurrent.atomic.AtomicLongArray;

/** Words of one process. */
final class Words implements SharedWords {
  private final AtomicLongArray words = new AtomicLongArray(LeaseFile.WORDS);

  @Override
  public long get(int index) {
    return words.get(index);
  }

  @Override
  public void set(int index, long value) {
    words.set(index, value);
  }

  @Override
  public boolean compareAndSet(int index, long expected, long value) {
    return words.compareAndSet(index, expected, value);
  }
}
