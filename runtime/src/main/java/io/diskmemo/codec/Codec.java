package io.diskmemo.codec;

import org.jspecify.annotations.Nullable;

/**
 * Writes values of one type and reads them back. Implementations are stateless and thread-safe; the
 * processor generates one for each result type.
 *
 * @param <T> type of the values
 */
public interface Codec<T extends @Nullable Object> {

  /**
   * Writes a value.
   *
   * @param out takes the bytes
   * @param value may be null if the type allows it
   */
  void write(ValueWriter out, T value);

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in holds the bytes
   * @return a value equal to the one written, sharing no mutable state with any other
   * @throws CorruptValueException if the bytes are not a value of this type
   */
  T read(ValueReader in);
}
