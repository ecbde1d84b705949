package io.diskmemo.internal.memory;

import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import org.jspecify.annotations.Nullable;

/**
 * A result as it is handed to callers: one instance for all, or a copy for each.
 *
 * @param <R> type of the result
 */
public sealed interface Result<R extends @Nullable Object> {

  /**
   * The result for one caller.
   *
   * @return shared only if nobody can change it
   */
  R value();

  /**
   * How much it counts in memory.
   *
   * @return the length of its encoding
   */
  int sizeBytes();

  /** A deeply immutable result. */
  record Shared<R extends @Nullable Object>(R value, int sizeBytes) implements Result<R> {}

  /** A result that a caller could change, as the bytes that each gets a copy from. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and the bytes are never handed out
  record Copied<R extends @Nullable Object>(byte[] bytes, Codec<R> codec) implements Result<R> {
    @Override
    public R value() {
      return decode(bytes, codec);
    }

    @Override
    public int sizeBytes() {
      return bytes.length;
    }
  }

  /**
   * Decodes a whole value.
   *
   * @param bytes of the value and nothing else
   * @param codec of its type
   * @param <R> its type
   * @return a new instance
   * @throws RuntimeException if the bytes are not a value of the type
   */
  static <R extends @Nullable Object> R decode(byte[] bytes, Codec<R> codec) {
    ValueReader reader = new ValueReader(bytes);
    R value = codec.read(reader);
    reader.end();
    return value;
  }
}
