package io.diskmemo.internal.seal;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts or decrypts what it reads, a chunk at a time. Reads one chunk ahead, because the last one is
 * another. It ends with a failure: after one, every read fails. For one thread.
 */
final class ChunkStream extends InputStream {
  private final InputStream in;
  private final Chunks chunks;
  private final int chunkBytes;
  private byte[] ready;
  private int position;
  private byte[] ahead;
  private boolean ended;
  private @Nullable IOException failure;

  /**
   * A stream.
   *
   * @param chunkBytes of a chunk as it is read
   * @param first to be given out before
   */
  ChunkStream(InputStream in, Chunks chunks, int chunkBytes, byte[] first) {
    this.in = in;
    this.chunks = chunks;
    this.chunkBytes = chunkBytes;
    this.ready = first;
    this.ahead = new byte[0];
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position == ready.length) {
      if (ended) {
        return -1;
      }
      advanceUnlessFailed();
    }
    int read = Math.min(length, ready.length - position);
    System.arraycopy(ready, position, bytes, offset, read);
    position += read;
    return read;
  }

  private void advanceUnlessFailed() throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      advance();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private void advance() throws IOException {
    byte[] present = ahead.length > 0 ? ahead : in.readNBytes(chunkBytes);
    ahead = present.length < chunkBytes ? new byte[0] : in.readNBytes(chunkBytes);
    boolean last = ahead.length == 0;
    try {
      ready = chunks.next(present, present.length, last);
    } catch (GeneralSecurityException e) {
      throw new NotAuthenticException("the value was changed, or is another's", e);
    }
    position = 0;
    ended = last;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
