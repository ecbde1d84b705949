package io.diskmemo.internal.disk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a value, in memory or not. */
public interface Content {
  /**
   * How many there are.
   *
   * @return bytes
   */
  long sizeBytes();

  /**
   * The bytes, from the first on.
   *
   * @return to be closed
   * @throws IOException if they cannot be read
   */
  InputStream newInputStream() throws IOException;

  /**
   * Bytes in memory.
   *
   * @param bytes not to be changed
   * @return as they are
   */
  static Content of(byte[] bytes) {
    return new Bytes(bytes);
  }

  /** Bytes in memory, which are in the row if there are not too many. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bytes(byte[] bytes) implements Content {
    @Override
    public long sizeBytes() {
      return bytes.length;
    }

    @Override
    public InputStream newInputStream() {
      return new ByteArrayInputStream(bytes);
    }
  }
}
