package io.diskmemo.internal.disk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

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
   * When it was encrypted as the value of an entry, which must be stored with this time.
   *
   * @return empty for a value that is not encrypted
   */
  default OptionalLong sealedAt() {
    return OptionalLong.empty();
  }

  /**
   * Bytes in memory.
   *
   * @param bytes not to be changed
   * @return as they are
   */
  static Content of(byte[] bytes) {
    return new Bytes(bytes, OptionalLong.empty());
  }

  /**
   * Encrypted bytes in memory.
   *
   * @param bytes not to be changed
   * @param millis when they were encrypted
   * @return as they are
   */
  static Content sealed(byte[] bytes, long millis) {
    return new Bytes(bytes, OptionalLong.of(millis));
  }

  /**
   * Encrypted bytes elsewhere.
   *
   * @param content the bytes
   * @param millis when they were encrypted
   * @return as they are
   */
  static Content sealed(Content content, long millis) {
    return new Sealed(content, OptionalLong.of(millis));
  }

  /** Bytes that somebody encrypted. */
  record Sealed(Content content, OptionalLong sealedAt) implements Content {
    @Override
    public long sizeBytes() {
      return content.sizeBytes();
    }

    @Override
    public InputStream newInputStream() throws IOException {
      return content.newInputStream();
    }
  }

  /** Bytes in memory, which are in the row if there are not too many. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bytes(byte[] bytes, OptionalLong sealedAt) implements Content {
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
