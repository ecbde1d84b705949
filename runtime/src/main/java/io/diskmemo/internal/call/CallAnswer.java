package io.diskmemo.internal.call;

import io.diskmemo.internal.disk.Coherence;
import io.diskmemo.internal.flight.Answer;
import io.diskmemo.internal.memory.Result;
import org.jspecify.annotations.Nullable;

/**
 * What one thread's call has for the threads that waited for it.
 *
 * @param <R> type of the result
 */
sealed interface CallAnswer<R extends @Nullable Object> extends Answer {

  /** A result that was right when the coherence counter had the stamp. */
  record Stamped<R extends @Nullable Object>(Result<R> result, long stamp, Coherence coherence)
      implements CallAnswer<R> {

    /** A thread that came after an eviction must not take what was computed before it. */
    @Override
    public Sharing sharing() {
      return coherence.started() == stamp ? Sharing.FOR_ALL : Sharing.OUTDATED;
    }
  }

  /** Nothing: the result is only for the thread that computed it. */
  record Nothing<R extends @Nullable Object>() implements CallAnswer<R> {
    @Override
    public Sharing sharing() {
      return Sharing.PRIVATE;
    }
  }

  /** Nothing: the result is of other arguments than those of the key. */
  record Changed<R extends @Nullable Object>() implements CallAnswer<R> {
    @Override
    public Sharing sharing() {
      return Sharing.PRIVATE;
    }
  }
}
