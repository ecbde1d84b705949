package io.diskmemo.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Blobs as they are stored: a byte that says that there is one, and its bytes. Large ones are not
 * written here: the store copies them from file to file. Thread-safe.
 */
public final class BlobCodec implements Codec<@Nullable Blob> {

  /** What stands before the bytes of a blob. */
  public static final int PREFIX = 1;

  /** All are alike. */
  public BlobCodec() {}

  @Override
  public void write(ValueWriter out, @Nullable Blob value) {
    out.writeNull(value);
    if (value != null) {
      out.writeLast(bytesOf(value));
    }
  }

  @Override
  public @Nullable Blob read(ValueReader in) {
    return in.readNull() ? null : Blob.of(in.readLast());
  }

  private static byte[] bytesOf(Blob blob) {
    try {
      return blob.toBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
