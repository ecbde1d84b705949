package io.diskmemo.internal.disk;

import java.io.IOException;
import java.io.InputStream;

/**
 * How to read a value that is encrypted in its file.
 *
 * @param sizeBytes of the value when it is decrypted
 * @param of makes streams of it
 */
public record Decryption(long sizeBytes, Decrypting of) {

  /** Decrypts while it is read. */
  public interface Decrypting {
    /**
     * Begins.
     *
     * @param stored what the file holds of it, from the first byte on
     * @return the value; closes what it reads from
     * @throws IOException if it cannot be read
     */
    InputStream decrypting(InputStream stored) throws IOException;
  }
}
