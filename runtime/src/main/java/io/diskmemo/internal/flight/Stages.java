package io.diskmemo.internal.flight;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * The table of asynchronous computations under way: as {@link Flights}, but nobody's thread waits.
 * Thread-safe.
 *
 * <p>A stage that waits for itself, by whatever chain, cannot be told from one that takes long: the
 * others of its key compute alone when they have waited as long as they said.
 *
 * @param <K> type of keys
 */
public final class Stages<K> {
  /** A failure is between the method and its own caller; the others ask again. */
  private static final Answer FAILED = () -> Answer.Sharing.OUTDATED;

  /** In the place of the answer of a stage that takes too long. */
  private static final Answer TOO_LATE = () -> Answer.Sharing.OUTDATED;

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

    /**
     * Computes without others knowing.
     *
     * @param reason why
     * @return what the caller gets
     */
    CompletableFuture<T> alone(Flights.WhyAlone reason);
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
   * @param terms of waiting for another caller's stage
   * @param work begun at most once
   * @param <A> type of the answer
   * @param <T> what the caller gets
   * @return a future of its own for each caller
   */
  public <A extends Answer, T> CompletableFuture<T> once(K key, WaitTerms terms, Work<A, T> work) {
    return new Asking<>(key, work, System.nanoTime() + terms.longest().toNanos()).ask();
  }

  /** One caller's way to an answer. */
  @SuppressWarnings("ReferenceEquality") // there is one TOO_LATE, which is no value
  private final class Asking<A extends Answer, T> {
    private final K key;
    private final Work<A, T> work;
    private final long deadlineNanos;
    private int inVain; // written by one step after another

    Asking(K key, Work<A, T> work, long deadlineNanos) {
      this.key = key;
      this.work = work;
      this.deadlineNanos = deadlineNanos;
    }

    CompletableFuture<T> ask() {
      CompletableFuture<Answer> mine = new CompletableFuture<>();
      CompletableFuture<Answer> others = table.putIfAbsent(key, mine);
      return others == null
          ? lead(mine)
          : others
              .copy() // which alone ends when it takes too long
              .completeOnTimeout(TOO_LATE, deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)
              .thenCompose(this::follow);
    }

    private CompletableFuture<T> lead(CompletableFuture<Answer> mine) {
      return begun()
          .whenComplete((begun, failure) -> {
            table.remove(key, mine);
            mine.complete(begun == null ? FAILED : begun.answer());
          })
          .thenApply(Begun::own);
    }

    /** Whatever is thrown, the others must not wait for it. */
    private CompletableFuture<Begun<A, T>> begun() {
      try {
        return work.begin();
      } catch (Throwable e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @SuppressWarnings("unchecked") // equal keys have answers of the same type
    private CompletableFuture<T> follow(Answer answer) {
      if (answer == TOO_LATE) {
        return work.alone(Flights.WhyAlone.TIMEOUT);
      }
      if (answer.sharing() == Answer.Sharing.OUTDATED) {
        return ++inVain == Flights.MOST_IN_VAIN ? work.alone(Flights.WhyAlone.IN_VAIN) : ask();
      }
      return answer.sharing() == Answer.Sharing.FOR_ALL
          ? work.take((A) answer)
          : work.alone(Flights.WhyAlone.NOT_SHARED);
    }
  }
}
