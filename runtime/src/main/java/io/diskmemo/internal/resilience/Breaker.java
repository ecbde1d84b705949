package io.diskmemo.internal.resilience;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Decides whether calls of a kind may use the disk. Thread-safe.
 *
 * <pre>
 *               3 failures, or trouble that will stay
 *   closed  ---------------------------------------------&gt;  open  &lt;--+
 *     |  ^                                                    |       |  the trial fails
 *     |  |            the trial succeeds              30 s    v       |
 *     |  +-------------------------------------------------  half-open
 *     |  no space                                             ^       |
 *     +------&gt;  full  ----------------------------------------+       |  no space
 *                ^----------------------------------------------------+
 * </pre>
 *
 * <p>A success of reading does not end a row of failures of writing, nor the other way round. Listeners
 * are called outside the lock, in the order in which they were added, by the thread that brought the
 * change.
 */
public final class Breaker {
  private final BreakerSettings settings;
  private final InstantSource clock;
  private final LongSupplier nanoTicker;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong failures = new AtomicLong();
  private volatile BreakerState state = ClosedState.SOUND;
  private volatile Instant since;
  private volatile long changes;

  /** Learns of changes between levels, and of other reasons for the same. */
  public interface Listener {
    /**
     * The level or its reason is another.
     *
     * @param before the change
     * @param now after it
     */
    void changed(Condition before, Condition now);
  }

  /**
   * A closed breaker.
   *
   * @param settings when it opens
   * @param clock for people
   * @param nanoTicker for pauses
   */
  public Breaker(BreakerSettings settings, InstantSource clock, LongSupplier nanoTicker) {
    this.settings = settings;
    this.clock = clock;
    this.nanoTicker = nanoTicker;
    this.since = clock.instant();
  }

  /**
   * Adds a listener.
   *
   * @param listener to be told from now on
   */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /**
   * How much of the disk calls may use.
   *
   * @return costs one volatile read
   */
  public Level level() {
    return state.level();
  }

  /**
   * The level with its reason, for people.
   *
   * @return as of now
   */
  public Condition condition() {
    return conditionOf(state);
  }

  private synchronized Condition conditionOf(BreakerState of) {
    Failure reason = of.reason();
    return new Condition(
        of.level(),
        Optional.ofNullable(reason).map(Failure::trouble),
        reason == null ? "" : reason.message(),
        since,
        failures.get(),
        changes);
  }

  /**
   * Notes that an operation did what it should.
   *
   * @param operation of a call
   */
  public void succeeded(Failure.Operation operation) {
    BreakerState seen = state;
    if (seen.succeeded(operation) != seen) { // seldom, so that it costs no lock
      become(now -> now.succeeded(operation));
    }
  }

  /**
   * Notes that an operation failed. What is no fault of the disk is not counted.
   *
   * @param failure of a call
   */
  public void failed(Failure failure) {
    Reaction reaction = failure.trouble().reaction();
    if (reaction != Reaction.GO_ON && reaction != Reaction.LEAVE_VALUE) {
      failures.incrementAndGet();
      become(now -> now.failed(failure, settings, nanoTicker.getAsLong()));
    }
  }

  /**
   * Has the kind work from memory, whatever was before, because it could not be opened.
   *
   * @param failure the reason
   */
  public void open(Failure failure) {
    failures.incrementAndGet();
    become(now -> failure.trouble().reaction() == Reaction.USE_MEMORY_FOR_LONG
        ? OpenState.forTwice(failure, settings, nanoTicker.getAsLong())
        : OpenState.once(failure, settings, nanoTicker.getAsLong()));
  }

  /** Makes the trial due at once if the disk did not answer: everything has an answer now. */
  void answered() {
    if (isWithoutAnswer()) {
      hurry();
    }
  }

  /** Whether calls go on without the disk because it does not answer. */
  boolean isWithoutAnswer() {
    Failure reason = state.reason();
    return reason != null && reason.trouble() == Trouble.NO_ANSWER;
  }

  /** Makes the trial due at once, if there is to be one. */
  void hurry() {
    become(now -> now.hurried(nanoTicker.getAsLong()));
  }

  /**
   * When a trial is due.
   *
   * @return nanoseconds from now, not positive if it is due; empty if there is to be none
   */
  public Optional<Long> nanosToTrial() {
    long due = state.trialDueNanos();
    return due == BreakerState.NEVER_DUE
        ? Optional.empty()
        : Optional.of(due - nanoTicker.getAsLong());
  }

  /**
   * Begins the one trial, if it is due.
   *
   * @return whether it is this caller's, who then has to say how it ended
   */
  public boolean isTrialBegun() {
    synchronized (this) {
      BreakerState next = state.trialBegun(nanoTicker.getAsLong());
      boolean begun = next != state && next instanceof HalfOpenState;
      state = next;
      return begun;
    }
  }

  /** Ends the trial, and lets calls use the disk. */
  public void trialSucceeded() {
    become(now -> now instanceof HalfOpenState trial ? trial.trialSucceeded() : now);
  }

  /**
   * Ends the trial.
   *
   * @param failure that it met
   */
  public void trialFailed(Failure failure) {
    become(now -> now instanceof HalfOpenState trial
        ? trial.trialFailed(failure, settings, nanoTicker.getAsLong())
        : now);
  }

  private void become(UnaryOperator<BreakerState> transition) {
    Condition before;
    Condition now;
    synchronized (this) {
      BreakerState from = state;
      BreakerState to = transition.apply(from);
      if (to == from) {
        return;
      }
      before = conditionOf(from);
      state = to;
      if (from.level() != to.level()) {
        since = clock.instant();
        changes++;
      }
      now = conditionOf(to);
    }
    if (before.level() != now.level() || !before.trouble().equals(now.trouble())) {
      listeners.forEach(listener -> tell(listener, before, now));
    }
  }

  /** One that fails keeps the others from nothing, and is no trouble of the caller whose call it was. */
  private static void tell(Listener listener, Condition before, Condition now) {
    try {
      listener.changed(before, now);
    } catch (RuntimeException | Error e) {
      ConditionLog.LOG.error("a listener fails when it is told of {}", now, e);
    }
  }
}
