package io.diskmemo.internal.resilience;

import io.diskmemo.internal.disk.Coherence;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.DiskPatience;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.key.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The disk of one kind: opened, lost, and opened again. Thread-safe.
 *
 * <p>Calls ask it for the store, and go on without if there is none for them. Whoever asks for
 * something by name gets the store in any case, or the reason why there is none. Trials, and probes of
 * what is healthy, are made by the threads of an executor, one at a time; the {@link HealthThread} says
 * when.
 *
 * <p>Who opens the store anew retires the old one: what memory holds was checked against its counters,
 * which may be those of files that are gone.
 */
public final class KindDisk implements AutoCloseable {
  /** So long without an answer is trouble, and not only slow. */
  private static final long TROUBLE_NANOS =
      Math.max(Duration.ofSeconds(1).toNanos(), DiskPatience.NANOS);

  private static final long PROBE_NANOS = Duration.ofMinutes(1).toNanos();

  /** So long evictions by those who use other files in place of these may not be seen. */
  private static final long IN_PLACE_NANOS = Duration.ofSeconds(1).toNanos();

  private static final long LOOK_NANOS = Duration.ofMillis(25).toNanos();
  private static final int IDLE_LOOKS = 40;
  private static final long HELD_OFF_NANOS = Duration.ofSeconds(1).toNanos();

  private final Supplier<KindStore> opening;
  private final Breaker breaker;
  private final DamagedKind damaged;
  private final Executor executor;
  private final InstantSource clock;
  private final LongSupplier nanoTicker;
  private final Runnable replaced;
  private final Aside aside;
  private final Underway reads = new Underway();
  private final Underway writes = new Underway();
  private final AtomicBoolean probing = new AtomicBoolean();
  private final Coherence apart = Coherence.apart();
  private final Object openings = new Object();
  private final Object trials =
      new Object(); // held by a trial or a probe, from its begin to its end
  private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();
  private final HealthThread.Watched watched = this::look;
  private final HealthThread.Watched closing = this::closeWhenThereIsAThread;
  private volatile @Nullable KindStore store; // written under the lock of openings
  private volatile @Nullable KindStore lost; // found not to be in place, and not replaced yet
  private volatile boolean readsHang;
  private volatile boolean writesHang;
  private volatile boolean used;
  private volatile boolean awake;
  private volatile boolean closed;
  private volatile long probedNanos;
  private long inPlaceNanos; // of the health thread
  private boolean usedSinceProbe; // of the health thread
  private boolean beginsNothing; // of the health thread
  private long heldOffNanos; // of the health thread
  private int idleLooks; // of the health thread
  private @Nullable Workers readers; // of the health thread
  private long lookedNanos = System.nanoTime(); // of the health thread
  private final Observed observedReads = new Observed(2 * LOOK_NANOS); // of the health thread
  private final Observed observedWrites = new Observed(2 * LOOK_NANOS); // of the health thread

  /**
   * A disk that nothing was opened of.
   *
   * @param opening of the store
   * @param settings of its breaker
   * @param executor of trials
   * @param clock for people
   * @param nanoTicker for pauses
   * @param replaced to be called when another store has taken the place of the one before
   */
  public KindDisk(
      Supplier<KindStore> opening,
      BreakerSettings settings,
      Executor executor,
      InstantSource clock,
      LongSupplier nanoTicker,
      Runnable replaced) {
    this(opening, settings, executor, clock, nanoTicker, replaced, new Aside(Thread::new));
  }

  KindDisk(
      Supplier<KindStore> opening,
      BreakerSettings settings,
      Executor executor,
      InstantSource clock,
      LongSupplier nanoTicker,
      Runnable replaced,
      Aside aside) {
    this.opening = opening;
    this.breaker = new Breaker(settings, clock, nanoTicker);
    this.damaged = new DamagedKind(() -> store, nanoTicker);
    this.executor = executor;
    this.clock = clock;
    this.nanoTicker = nanoTicker;
    this.replaced = replaced;
    this.aside = aside;
    this.probedNanos = nanoTicker.getAsLong();
    this.inPlaceNanos = probedNanos;
  }

  /**
   * Has the disk looked after.
   *
   * @return this
   */
  public KindDisk begin() {
    HealthThread.begin(watched);
    return this;
  }

  /**
   * Decides what calls may use.
   *
   * @return to be listened to
   */
  public Breaker breaker() {
    return breaker;
  }

  /**
   * The store, for somebody who asks for something by name; it is opened if it is not open.
   *
   * @return the store
   * @throws DiskException if it cannot be opened
   */
  public KindStore require() {
    KindStore present = store;
    return present == null ? opened() : present;
  }

  private KindStore opened() {
    KindStore fresh;
    synchronized (openings) {
      KindStore present = store;
      if (present != null) {
        return present;
      }
      if (closed) {
        throw new DiskException("open the kind", false, "it is closed; open it again");
      }
      fresh = opening.get();
      apart.retire(); // what is under way since before is not for those who come now
      store = fresh;
    }
    replaced.run();
    return fresh;
  }

  /**
   * Opens the store; if it cannot be opened now, the kind works from memory until it can.
   *
   * @param isMistake which failures are mistakes of the program, that no waiting mends; they are thrown
   */
  public void openIfPossible(Predicate<RuntimeException> isMistake) {
    try {
      require();
    } catch (RuntimeException e) { // also of the driver
      if (isMistake.test(e)) {
        throw e;
      }
      breaker.open(Failure.of(e, Failure.Operation.READ));
    } catch (Error e) { // of the driver's library, of mapped memory, or want of a thread
      breaker.open(Failure.of(e, Failure.Operation.READ));
    }
  }

  /** By the clock that says when entries were stored. */
  long nowMillis() {
    return clock.millis();
  }

  /** The counters of the store, or some that are never changed. */
  Coherence coherence(Key key) {
    KindStore present = store;
    return present == null ? apart : present.coherence(key);
  }

  /** The store, if calls may read from it. */
  @Nullable
  KindStore forReads() {
    KindStore present = store;
    return readsHang || breaker.level() == Level.UNHEALTHY || present == lost ? null : present;
  }

  /** The store, if calls may write to it. */
  @Nullable
  KindStore forWrites() {
    return readsHang || writesHang || breaker.level() != Level.HEALTHY ? null : store;
  }

  /** The reads that are under way; somebody looks at them from now on. */
  Underway reads() {
    use();
    return reads;
  }

  /** The writes that are under way; somebody looks at them from now on. */
  Underway writes() {
    use();
    return writes;
  }

  private void use() {
    if (!used) {
      used = true;
      if (!awake) {
        awake = true;
        HealthThread.lookNow();
      }
    } else if (HealthThread.isMissing()) {
      HealthThread.lookNow();
    }
  }

  /** Whether a write that began so long ago is waited for in vain. */
  boolean isInVain(long nanosSince) {
    return writingNanos(nanosSince) > DiskPatience.NANOS;
  }

  /** Without the time that it waited for other processes. */
  private long writingNanos(long nanosSince) {
    KindStore present = store;
    return present == null
        ? nanosSince
        : Math.min(nanosSince, present.writingNanos(System.nanoTime()));
  }

  private long look() {
    long now = System.nanoTime();
    long step = now - lookedNanos;
    lookedNanos = now;
    long reading = observedReads.look(longestRead(now), step);
    long writing = observedWrites.look(writingNanos(writes.longestNanos(now)), step);
    readsHang = reading > DiskPatience.NANOS;
    writesHang = writing > DiskPatience.NANOS;
    reportHang(reading, Failure.Operation.READ);
    reportHang(writing, Failure.Operation.WRITE);
    boolean hangs = readsHang || writesHang;
    if (!hangs) {
      breaker.answered();
    }
    noteUse(reading > 0 || writing > 0);
    long next = hangs ? LOOK_NANOS : nanosToTrial();
    return Math.max(1, awake ? Math.min(LOOK_NANOS, next) : next);
  }

  /** Without those that read and check a value that is large, which takes its time. */
  private long longestRead(long now) {
    long longest = reads.longestNanos(now);
    return longest > DiskPatience.NANOS / 2 && readers().works(reads.threadOfLongest(now))
        ? LOOK_NANOS
        : longest;
  }

  private Workers readers() {
    Workers present = readers;
    if (present == null) {
      present = new Workers();
      readers = present;
    }
    return present;
  }

  private void reportHang(long nanos, Failure.Operation operation) {
    Level expected = operation == Failure.Operation.READ ? Level.UNHEALTHY : Level.DEGRADED;
    if (nanos > TROUBLE_NANOS && breaker.level().compareTo(expected) < 0) {
      breaker.failed(new Failure(
          Trouble.NO_ANSWER, operation, "the disk has not answered for a second or longer"));
    }
  }

  private void noteUse(boolean underway) {
    if (used || underway) {
      used = false;
      usedSinceProbe = true;
      idleLooks = 0;
    } else if (awake && ++idleLooks > IDLE_LOOKS) {
      awake = false;
      if (used) { // by somebody who took it to be awake
        awake = true;
      }
    }
  }

  /** Begins a trial or a probe if one is due; returns when the next is. */
  private long nanosToTrial() {
    if (probing.get()) {
      return LOOK_NANOS;
    }
    long heldOff = beginsNothing ? heldOffNanos - nanoTicker.getAsLong() : 0;
    return heldOff > 0 ? heldOff : nanosToTrialOrProbe();
  }

  private long nanosToTrialOrProbe() {
    Optional<Long> trial = breaker.nanosToTrial();
    if (trial.isEmpty()) {
      return nanosToLook(this::probeIfDue);
    }
    long left = trial.get();
    if (left <= 0) {
      return begun(this::tryAgain);
    }
    // what does not answer would not say either whether it is in place
    return breaker.isWithoutAnswer()
        ? left
        : Math.min(left, nanosToLook(this::requireInPlaceInTrouble));
  }

  private long nanosToLook(Runnable look) {
    long now = nanoTicker.getAsLong();
    long left = inPlaceNanos + IN_PLACE_NANOS - now;
    if (left > 0) {
      return left;
    }
    inPlaceNanos = now;
    return store == null ? IN_PLACE_NANOS : begun(look);
  }

  private void probeIfDue() {
    if (isProbeDue(inPlaceNanos)) {
      probe();
    } else {
      requireInPlace();
    }
  }

  private boolean isProbeDue(long now) {
    if (!usedSinceProbe || now - probedNanos < PROBE_NANOS) {
      return false;
    }
    usedSinceProbe = false;
    probedNanos = now;
    return true;
  }

  private long begun(Runnable work) {
    probing.set(true);
    try {
      executor.execute(() -> {
        try {
          synchronized (trials) {
            work.run();
          }
        } finally {
          probing.set(false);
          HealthThread.lookNow();
        }
      });
      beginsNothing = false;
      return LOOK_NANOS;
    } catch (RejectedExecutionException | OutOfMemoryError e) { // there is no thread for it
      probing.set(false);
      return heldOff(e);
    }
  }

  private long heldOff(Throwable reason) {
    if (!beginsNothing) {
      ConditionLog.LOG.warn("a disk cannot be tried until there is a thread for it", reason);
    }
    beginsNothing = true;
    heldOffNanos = nanoTicker.getAsLong() + HELD_OFF_NANOS;
    return HELD_OFF_NANOS;
  }

  /** Looks whether what seems to be well is. */
  void probe() {
    look(KindStore::probe);
  }

  /**
   * Looks whether what is open is what others find, also if nobody has asked for it: what is in memory
   * is compared with counters that somebody else may have taken away. Writes nothing.
   */
  void requireInPlace() {
    look(present -> {});
  }

  private void look(Consumer<KindStore> closer) {
    KindStore present = store;
    if (present == null || closed) {
      return;
    }
    try {
      if (present.isInPlace()) {
        present.moveOn();
        closer.accept(present);
      } else {
        replaceLost(present);
      }
    } catch (RuntimeException | Error e) {
      breaker.failed(Failure.of(e, Failure.Operation.WRITE));
    }
  }

  /**
   * As {@link #requireInPlace}, of a disk that is tried again later: that trial is due now if what is open
   * is not in place any more. Until then what memory holds may be evicted by others, who use other files.
   */
  void requireInPlaceInTrouble() {
    KindStore present = store;
    if (present == null || closed) {
      return;
    }
    try {
      if (present.isInPlace()) {
        lost = null;
      } else if (present != lost) {
        lost = present;
        replaced.run();
        breaker.hurry();
      }
    } catch (RuntimeException | Error e) {
      breaker.failed(Failure.of(e, Failure.Operation.WRITE));
    }
  }

  /** What memory holds may be evicted by others, who use other files; also if nothing can be opened. */
  private void replaceLost(KindStore lost) {
    try {
      replace(lost);
    } catch (RuntimeException | Error e) {
      boolean wasUsed = breaker.level() != Level.UNHEALTHY;
      breaker.open(Failure.of(e, Failure.Operation.READ));
      if (wasUsed) {
        replaced.run();
      }
    }
  }

  /** The one trial of a breaker that is half-open. */
  void tryAgain() {
    Condition condition = breaker.condition();
    if (closed || !breaker.isTrialBegun()) {
      return;
    }
    try {
      if (condition.trouble().map(Trouble::reaction).equals(Optional.of(Reaction.REPAIR))) {
        damaged.repair(new Failure(Trouble.CORRUPT, Failure.Operation.READ, condition.reason()));
      }
      makeRoom(condition);
      use(condition);
      lost = null;
      breaker.trialSucceeded();
    } catch (RuntimeException | Error e) { // whatever it is: nobody else ends this trial
      breaker.trialFailed(Failure.of(e, Failure.Operation.WRITE));
    }
    probedNanos = nanoTicker.getAsLong();
  }

  private void makeRoom(Condition condition) {
    KindStore present = store;
    if (present != null && condition.trouble().equals(Optional.of(Trouble.FULL))) {
      FullDisk.makeRoom(present);
    }
  }

  private void use(Condition condition) {
    KindStore present = require();
    if (!present.isInPlace() || isToBeReplaced(condition)) {
      replace(present);
      return;
    }
    try {
      present.probe();
    } catch (DiskException e) {
      if (Trouble.of(e).reaction() == Reaction.GO_ON) {
        throw e;
      }
      replace(present);
    }
  }

  private static boolean isToBeReplaced(Condition condition) {
    return condition
        .trouble()
        .map(Trouble::reaction)
        .filter(reaction -> reaction == Reaction.OPEN_AGAIN || reaction == Reaction.REPAIR)
        .isPresent();
  }

  /** The new one is open before the old one is closed, so that nobody finds none. */
  private void replace(KindStore old) {
    if (closed) {
      return; // and make nothing again that somebody may have removed since
    }
    KindStore fresh = opening.get();
    try {
      fresh.probe();
    } catch (RuntimeException | Error e) {
      closeAfter(fresh, e);
      throw e;
    }
    fresh.noteRescued(old.takeRescued());
    synchronized (openings) {
      if (closed) {
        fresh.close();
        return;
      }
      old.retire(); // first, or what was evicted by the new one could be remembered by the old
      store = fresh;
    }
    replaced.run();
    closeQuietly(old);
  }

  private static void closeAfter(KindStore store, Throwable reason) {
    try {
      store.close();
    } catch (DiskException e) {
      reason.addSuppressed(e);
    }
  }

  /** What cannot be closed is gone anyway. */
  private static void closeQuietly(KindStore old) {
    try {
      old.close();
    } catch (DiskException e) {
      ConditionLog.LOG.debug("what was open before cannot be closed", e);
    }
  }

  /** Closes the store, and waits for whatever is under way. */
  @Override
  public void close() {
    end();
    closeLast();
  }

  /**
   * Closes the store, by a thread that ends when the disk answers: that it answered until now says nothing
   * of what SQLite has yet to write. Where there is no thread, the caller does it, unless something of the
   * store is late; then it is done as soon as there is one.
   *
   * @param longest wait
   * @param isWritten whether nothing is to be written any more
   * @return false if it is not closed yet
   */
  public boolean isClosedWithin(Duration longest, boolean isWritten) {
    closed = true;
    Optional<Aside.Begun> begun = aside.begin(this::closeLast);
    boolean isHere = begun.isEmpty() && isWritten && !isLate();
    if (begun.isEmpty() && !isHere) {
      HealthThread.begin(closing); // while there is the thread that looks after this disk
    }
    HealthThread.end(watched);
    if (isHere) {
      closeLast();
    }
    return isHere || (begun.isPresent() && begun.get().isDoneWithin(longest));
  }

  /**
   * Whether the disk has not answered something for longer than a caller waits.
   *
   * @return true also while it is looked whether it answers again
   */
  public boolean isLate() {
    return readsHang || writesHang || probing.get();
  }

  private long closeWhenThereIsAThread() {
    if (aside.begin(this::closeLast).isPresent()) {
      HealthThread.end(closing);
    }
    return HELD_OFF_NANOS;
  }

  /**
   * Ends when the store is closed.
   *
   * @return it never fails
   */
  public CompletableFuture<@Nullable Void> gone() {
    return gone;
  }

  private void end() {
    HealthThread.end(watched);
    closed = true;
  }

  /** A trial that is under way closes what it opens. */
  private void closeLast() {
    try {
      synchronized (trials) {
        KindStore last;
        synchronized (openings) {
          last = store;
        }
        if (last != null) {
          last.close();
        }
      }
    } finally {
      gone.complete(null);
    }
  }
}
