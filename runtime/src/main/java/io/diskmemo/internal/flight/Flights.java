package io.diskmemo.internal.flight;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The table of computations under way. Thread-safe.
 *
 * <p>The first thread to ask for a key makes the flight; the others wait for its answer and take it
 * if it is for all. If it is outdated, or the flight failed, each asks again, so that one of them
 * makes the next; after two of these, everybody computes for himself, because a method that keeps
 * failing would otherwise be called by one thread after another. The table only holds which thread is at work: no lock, and no bin of a map, is held while
 * it is.
 *
 * <p>Nobody waits for himself: not for a flight of the same thread (a method that calls itself with
 * equal arguments), and not for a thread that, by whatever chain, waits for this one ({@link
 * WaitGraph}). Nor does anybody wait longer than he says, because a computation may hand its work to
 * other threads in ways that nobody can see. Whoever does not wait computes alone.
 *
 * @param <K> type of keys
 */
public final class Flights<K> {
  private final ConcurrentMap<K, Flight> table = new ConcurrentHashMap<>();

  /** So many flights of others that bring nothing are waited for, one after another. */
  static final int MOST_IN_VAIN = 2;

  /** An empty table. */
  public Flights() {}

  /**
   * What to do about a key.
   *
   * @param <A> type of the answer
   */
  public interface Work<A extends Answer> {
    /**
     * Makes the flight, others waiting for it.
     *
     * @return the answer
     * @throws Throwable to the caller of this thread only
     */
    A together() throws Throwable;

    /**
     * Computes without others knowing.
     *
     * @param reason why
     * @return the answer
     * @throws Throwable to the caller
     */
    A alone(WhyAlone reason) throws Throwable;
  }

  /** Why a thread does not wait for another's computation. */
  public enum WhyAlone {
    /** It is computing the same key itself. */
    RECURSION,
    /** The other waits for it. */
    CROSSING,
    /** The other took too long. */
    TIMEOUT,
    /** Somebody wants the thread to end. */
    INTERRUPTED,
    /** The other's answer cannot be shared. */
    NOT_SHARED,
    /** Others failed, or what they brought was outdated at once. */
    IN_VAIN,
    /** There is no way to tell other processes. */
    NO_LEASE
  }

  /**
   * Gets an answer, by the work of this thread or another's.
   *
   * @param key of the computation; equal keys have answers of the same type
   * @param terms of waiting for another thread
   * @param work called at most once
   * @param <A> type of the answer
   * @return the answer
   * @throws Throwable what the work throws
   */
  public <A extends Answer> A once(K key, WaitTerms terms, Work<A> work) throws Throwable {
    long deadline = System.nanoTime() + terms.longest().toNanos();
    for (int inVain = 0; inVain < MOST_IN_VAIN; inVain++) {
      Flight mine = new Flight(Thread.currentThread());
      Flight others = table.putIfAbsent(key, mine);
      if (others == null) {
        return lead(key, mine, work);
      }
      Landing landing = others.await(deadline, terms);
      if (landing instanceof Landing.NotAwaited notAwaited) {
        return work.alone(notAwaited.reason());
      }
      if (landing instanceof Landing.Arrived arrived) {
        switch (arrived.answer().sharing()) {
          case FOR_ALL -> {
            return answerOf(arrived);
          }
          case PRIVATE -> {
            return work.alone(WhyAlone.NOT_SHARED);
          }
          case OUTDATED -> {} // again
        }
      }
    }
    return work.alone(WhyAlone.IN_VAIN);
  }

  // equal keys have answers of the same type, which only the caller knows
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <A extends Answer> A answerOf(Landing.Arrived arrived) {
    return (A) arrived.answer();
  }

  private <A extends Answer> A lead(K key, Flight flight, Work<A> work) throws Throwable {
    Landing landing = Landing.FAILED;
    try {
      A answer = work.together();
      landing = new Landing.Arrived(answer);
      return answer;
    } finally {
      table.remove(key, flight);
      flight.land(landing);
    }
  }
}
