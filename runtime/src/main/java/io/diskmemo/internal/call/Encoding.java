package io.diskmemo.internal.call;

import io.diskmemo.codec.Blob;
import io.diskmemo.codec.BlobCodec;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.internal.disk.Content;
import io.diskmemo.internal.disk.StoredFile;
import io.diskmemo.internal.memory.Result;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results of one method to bytes and back. What cannot be written or read is reported once, and then
 * is simply not kept. Thread-safe.
 *
 * @param <R> type of the result
 */
final class Encoding<R extends @Nullable Object> {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  /** Smaller blobs are in memory and in rows as all other values. */
  private static final int STREAMED_BYTES = 64 * 1024;

  private final MethodSpec<R> spec;
  private final AtomicBoolean reported = new AtomicBoolean();

  Encoding(MethodSpec<R> spec) {
    this.spec = spec;
  }

  /** A value as callers get it, and as memory keeps it. */
  record Decoded<R extends @Nullable Object>(R value, Result<R> result) {}

  /** Whether values may be too large for memory. */
  boolean isStreamed() {
    return spec.codec() instanceof BlobCodec;
  }

  /** A value as it is stored, and as the disk would give it back. */
  record Encoded<R extends @Nullable Object>(Content content, Decoded<R> decoded) {}

  /** What is to be stored of a value, or null if it cannot be written and read back. */
  @Nullable
  Encoded<R> encoded(R value) {
    if (isStreamed() && value instanceof Blob blob && blob.sizeBytes() >= STREAMED_BYTES) {
      return new Encoded<>(new BlobContent(blob), blob(value));
    }
    byte[] bytes = encode(value);
    Decoded<R> decoded = bytes == null ? null : decode(bytes);
    return bytes == null || decoded == null || !isAsWritten(bytes, value, decoded.value())
        ? null
        : new Encoded<>(Content.of(bytes), decoded);
  }

  /** Whether a result is still the same when it was read, as far as it can be another. */
  private boolean isAsWritten(byte[] bytes, R value, R read) {
    if (!spec.comparesResult()) {
      return true;
    }
    if (Arrays.equals(bytes, encode(read)) || isSameUnordered(value, read)) {
      return true;
    }
    report(
        new IllegalArgumentException("a constructor in its type changes what it is given, so that"
            + " another value is read back than was written; let it keep its arguments as they are, or"
            + " name a Codec with @StoredBy"));
    return false;
  }

  private boolean isSameUnordered(R value, R read) {
    byte[] before = encode(value, ValueWriter::sortedBytesOf);
    return before != null && Arrays.equals(before, encode(read, ValueWriter::sortedBytesOf));
  }

  /** A blob takes next to nothing of memory. */
  private Decoded<R> blob(R value) {
    return new Decoded<>(value, new Result.Shared<>(value, 0));
  }

  /** A blob that reads from the store, or null if its file cannot be opened any more. */
  @SuppressWarnings("unchecked") // only methods that return blobs are streamed
  @Nullable
  Decoded<R> decode(StoredFile stored) {
    try {
      return blob((R) BlobContent.of(stored));
    } catch (FileNotFoundException e) { // also if this process has too many files open
      LOG.debug("{}: a result was evicted while it was read", spec, e);
      return null;
    } catch (IOException e) {
      LOG.warn("{}: a result cannot be read, and is computed", spec, e);
      return null;
    }
  }

  private byte @Nullable [] encode(R value) {
    return encode(value, ValueWriter::bytesOf);
  }

  private byte @Nullable [] encode(R value, BiFunction<Codec<R>, R, byte[]> writing) {
    try {
      return writing.apply(spec.codec(), value);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      report(e);
      return null;
    }
  }

  /** The value, or null if the bytes are none. */
  @Nullable
  Decoded<R> decode(byte[] bytes) {
    try {
      R value = Result.decode(bytes, spec.codec());
      return new Decoded<>(
          value,
          spec.sharesResult()
              ? new Result.Shared<>(value, bytes.length)
              : new Result.Copied<>(bytes, spec.codec()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      report(e);
      return null;
    }
  }

  /** Another copy of a value that was decoded before, or null if it cannot be made again. */
  @Nullable
  Decoded<R> again(Result<R> result) {
    try {
      return new Decoded<>(result.value(), result);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      report(e);
      return null;
    }
  }

  private void report(Throwable reason) {
    if (reported.compareAndSet(false, true)) {
      LOG.warn("{}: a result cannot be written and read back, and is not kept", spec, reason);
    }
  }
}
