package io.diskmemo.multiprocess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Numbers that all processes of a test see at once, in a memory-mapped file: what methods compute
 * from, and from when on nobody may see less. Thread-safe.
 */
public final class Truth {
  private static final int SLOTS = 512;
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final MappedByteBuffer memory;

  /** Maps a file, which is made if it is missing. */
  public Truth(Path file) {
    try (FileChannel channel = FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, SLOTS * Long.BYTES);
      memory.order(ByteOrder.nativeOrder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number in a slot. */
  public long get(int slot) {
    return (long) LONGS.getVolatile(memory, slot * Long.BYTES);
  }

  /** Changes the number in a slot. */
  public void set(int slot, long number) {
    LONGS.setVolatile(memory, slot * Long.BYTES, number);
  }

  /** Adds to the number in a slot, and returns the sum. */
  public long add(int slot, long delta) {
    return (long) LONGS.getAndAdd(memory, slot * Long.BYTES, delta) + delta;
  }
}
