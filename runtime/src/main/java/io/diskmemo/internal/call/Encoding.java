package io.diskmemo.internal.call;

import io.diskmemo.codec.ValueWriter;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.internal.memory.Result;
import java.util.concurrent.atomic.AtomicBoolean;
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

  private final MethodSpec<R> spec;
  private final AtomicBoolean reported = new AtomicBoolean();

  Encoding(MethodSpec<R> spec) {
    this.spec = spec;
  }

  /** A value as callers get it, and as memory keeps it. */
  record Decoded<R extends @Nullable Object>(R value, Result<R> result) {}

  /** The bytes of a value, or null if it cannot be written. */
  byte @Nullable [] encode(R value) {
    try {
      return ValueWriter.bytesOf(spec.codec(), value);
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
