package io.diskmemo.internal.flight;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The table of asynchronous computations under way: as {@link Flights}, but nobody's thread waits.
 * Thread-safe.
 *
 * @param <K> type of keys
 */
public final class Stages<K> {
  /** A failure is between the method and its own caller; the others ask again. */
  private static final Answer FAILED = () -> Answer.Sharing.OUTDATED;

  private final ConcurrentMap<K, CompletableFuture<Answer>> table = new ConcurrentHashMap<>();

  /** An empty table. */
  public Stages() {}

  /**
   * What to do about a key.
   *
   * @param <A> type of the answer
   * @param <T> what the caller gets
   */
  public interface Work<A extends Answer, T> {
    /**
     * Begins the stage; does not block.
     *
     * @return completes with what the caller gets and others may take
     */
    CompletableFuture<Begun<A, T>> begin();

    /**
     * Takes the answer of another caller's stage.
     *
     * @param answer that is for all
     * @return what the caller gets
     */
    CompletableFuture<T> take(A answer);
  }

  /**
   * What a stage brought.
   *
   * @param own for the caller that began it
   * @param answer for the others
   * @param <A> type of the answer
   * @param <T> what the caller gets
   */
  public record Begun<A extends Answer, T>(T own, A answer) {}

  /**
   * Gets an answer, by the stage of this caller or another's.
   *
   * @param key of the computation; equal keys have answers of the same type
   * @param work begun at most once
   * @param <A> type of the answer
   * @param <T> what the caller gets
   * @return a future of its own for each caller
   */
  public <A extends Answer, T> CompletableFuture<T> once(K key, Work<A, T> work) {
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> others = table.putIfAbsent(key, mine);
    return others == null
        ? lead(key, mine, work)
        : others.thenCompose(answer -> follow(key, answer, work));
  }

  private <A extends Answer, T> CompletableFuture<T> lead(
      K key, CompletableFuture<Answer> mine, Work<A, T> work) {
    return begun(work)
        .whenComplete((begun, failure) -> {
          table.remove(key, mine);
          mine.complete(begun == null ? FAILED : begun.answer());
        })
        .thenApply(Begun::own);
  }

  private static <A extends Answer, T> CompletableFuture<Begun<A, T>> begun(Work<A, T> work) {
    try {
      return work.begin();
    } catch (Throwable e) { // of threads that cannot be started; the key must not stay in the table
      return CompletableFuture.failedFuture(e);
    }
  }

  @SuppressWarnings("unchecked") // equal keys have answers of the same type
  private <A extends Answer, T> CompletableFuture<T> follow(K key, Answer answer, Work<A, T> work) {
    if (answer.sharing() == Answer.Sharing.OUTDATED) {
      return once(key, work);
    }
    return answer.sharing() == Answer.Sharing.FOR_ALL
        ? work.take((A) answer)
        : work.begin().thenApply(Begun::own);
  }
}
