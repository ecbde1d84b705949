package io.diskmemo.internal.call;

import io.diskmemo.internal.call.Encoding.Decoded;
import io.diskmemo.internal.disk.Coherence;
import org.jspecify.annotations.Nullable;

/**
 * What a load or a computation brought: the value for the caller that made it, and the answer for
 * those that waited.
 *
 * @param value for the caller
 * @param answer for those that waited
 * @param end of a hit on disk; null for all else
 * @param <R> type of the result
 */
record Outcome<R extends @Nullable Object>(
    R value, CallAnswer<R> answer, @Nullable End end) {

  static <R extends @Nullable Object> Outcome<R> forAll(
      Decoded<R> decoded, long stamp, Coherence coherence) {
    return new Outcome<>(
        decoded.value(), new CallAnswer.Stamped<>(decoded.result(), stamp, coherence), null);
  }

  /** The same, of a hit that may have to be refreshed. */
  Outcome<R> ending(End when) {
    return new Outcome<>(value, answer, when);
  }

  static <R extends @Nullable Object> Outcome<R> forThisCaller(R value) {
    return new Outcome<>(value, new CallAnswer.Nothing<>(), null);
  }

  /** The same, of a computation that ran when the arguments, or a file of theirs, had changed. */
  static <R extends @Nullable Object> Outcome<R> ofOtherArguments(R value) {
    return new Outcome<>(value, new CallAnswer.Changed<>(), null);
  }

  boolean isOfOtherArguments() {
    return answer instanceof CallAnswer.Changed;
  }
}
