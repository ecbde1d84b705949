package io.diskmemo;

import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.resilience.Unwrapped;
import io.diskmemo.internal.seal.ValueCipher;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The key that a kind is encrypted with. The supplier is the user's, and may take as long as a vault does:
 * it is asked before the kind is opened, so that nobody else waits for it, and once it answered, not again.
 * If that was in vain, a thread of its own asks again when the kind is tried again, because others wait
 * for the one who tries; there is one such thread at a time. Thread-safe.
 */
final class KindKey {
  /** For which a trial waits for the answer; a later one takes it. */
  private static final long PATIENCE_MILLIS = 100;

  private final String kind;
  private final Supplier<byte[]> supplier;

  /** What is to come of asking; null if that was no key, and somebody was told. */
  private @Nullable CompletableFuture<ValueCipher> answer; // guarded by this

  KindKey(String kind, Supplier<byte[]> supplier) {
    this.kind = kind;
    this.supplier = supplier;
  }

  /**
   * Asks for the key. That there is none is told by the next opening.
   *
   * @throws InvalidSettingException if it is of another length
   */
  void ask() {
    CompletableFuture<ValueCipher> first = new CompletableFuture<>();
    try {
      first.complete(asked());
    } catch (DiskException e) {
      first.completeExceptionally(e);
    }
    synchronized (this) {
      answer = first;
    }
  }

  /**
   * The cipher with the key that was given; has somebody ask for it if that was in vain.
   *
   * @throws DiskException if there is none, or none yet
   * @throws InvalidSettingException if it is of another length
   */
  ValueCipher cipher() {
    CompletableFuture<ValueCipher> awaited = answer();
    try {
      return awaited.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw failure("has not answered yet; its answer is taken when the kind is tried again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("was not waited for; its answer is taken when the kind is tried again");
    } catch (ExecutionException e) {
      forgetFailure();
      throw Unwrapped.of(e.getCause());
    }
  }

  private synchronized CompletableFuture<ValueCipher> answer() {
    CompletableFuture<ValueCipher> present = answer;
    if (present == null) {
      present = new CompletableFuture<>();
      begin(present);
      answer = present;
    }
    return present;
  }

  private void begin(CompletableFuture<ValueCipher> awaited) {
    Thread thread = new Thread(() -> answer(awaited), "diskmemo-key-" + kind);
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      throw missing("cannot be asked for want of a thread");
    }
  }

  private void answer(CompletableFuture<ValueCipher> awaited) {
    try {
      awaited.complete(asked());
    } catch (RuntimeException | Error e) {
      awaited.completeExceptionally(e);
    }
  }

  private synchronized void forgetFailure() {
    if (answer != null && answer.isCompletedExceptionally()) {
      answer = null;
    }
  }

  private ValueCipher asked() {
    byte[] key = given();
    try {
      if (key.length != ValueCipher.KEY_BYTES) {
        throw new InvalidSettingException("encryptionKey of kind " + kind + " has " + key.length
            + " bytes; give " + ValueCipher.KEY_BYTES + " random ones");
      }
      return new ValueCipher(kind, key, new SecureRandom()::nextBytes);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** What is thrown is not repeated: of a text that is no key, its message may show all of it. */
  private byte[] given() {
    byte @Nullable [] key;
    try {
      key = supplier.get();
    } catch (Throwable e) { // of the user's, and trouble of the cache like any other
      throw missing("throws " + e.getClass().getName());
    }
    if (key == null) {
      throw missing("gives null");
    }
    return key.clone();
  }

  private DiskException missing(String what) {
    return failure(what + "; it is asked again when the kind is tried again");
  }

  private DiskException failure(String what) {
    return new DiskException("open the kind", false, "encryptionKey of kind " + kind + " " + what);
  }
}
