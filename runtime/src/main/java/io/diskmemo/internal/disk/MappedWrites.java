package io.diskmemo.internal.disk;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a file system takes writes, before somebody writes to a mapped page of it.
 *
 * <p>The first write to a page since it was written back has to ask the file system, which waits while
 * that is frozen or its journal stalls. A thread in a page fault reaches no safepoint, so that with the
 * next one the whole JVM would wait for it. A system call that wants to change the same file system waits
 * as well, and a thread in one keeps nobody from anything: so each millisecond a file is deleted that is
 * not there, which waits while the file system is frozen, and ten times a second the time of the directory
 * is set, which waits for the journal.
 *
 * <p>One thread asks at a time, and is held as long as there is no answer; others wait for {@link
 * DiskPatience}, and are told that there is none. Only if a page is written back and the file system
 * stops in the time for which an answer holds, a thread is caught in a page fault. Thread-safe.
 */
public final class MappedWrites {
  private static final long FRESH_NANOS = 1_000_000;

  /** Where the machine stands still, a wait goes on beyond the patience, but not beyond so many of them. */
  private static final int MOST_WAITS = 4;

  /** One for all, as each is a class to load. */
  private static final LongSupplier CLOCK = System::nanoTime;

  private final @Nullable Runnable question;
  private final LongSupplier nanoTicker;
  private final Places asking;
  private final Duration longest;
  private volatile long answeredNanos;
  private final AtomicLong answers = new AtomicLong();
  private volatile long unanswered = -1; // the number of answers when somebody waited in vain

  /**
   * Of words whose file system is asked so.
   *
   * @param question ends when the file system answers; null if there is none to ask
   * @param patienceNanos wait of those who do not ask themselves
   * @param nanoTicker a monotonic clock
   */
  public MappedWrites(@Nullable Runnable question, long patienceNanos, LongSupplier nanoTicker) {
    this.question = question;
    this.nanoTicker = nanoTicker;
    this.asking = new Places(1, patienceNanos, nanoTicker);
    this.longest = Duration.ofNanos(MOST_WAITS * patienceNanos);
    this.answeredNanos = nanoTicker.getAsLong() - FRESH_NANOS;
  }

  /**
   * Of files in a directory.
   *
   * @param directory that this process owns, or that is not there
   * @return for all threads
   */
  public static MappedWrites in(Path directory) {
    return in(directory, CLOCK);
  }

  static MappedWrites in(Path directory, LongSupplier nanoTicker) {
    return new MappedWrites(
        new Change(directory.toFile(), nanoTicker), DiskPatience.NANOS, nanoTicker);
  }

  /**
   * Of words that are in no file.
   *
   * @return they are always taken
   */
  public static MappedWrites toMemory() {
    return new MappedWrites(null, DiskPatience.NANOS, CLOCK);
  }

  /**
   * Wants to change a directory, by calls that open no file: closing it could give back locks. One at a
   * time.
   */
  private static final class Change implements Runnable {
    private static final long JOURNAL_NANOS = 100 * FRESH_NANOS;

    private final File directory;
    private final File missing;
    private final LongSupplier nanoTicker;
    private long journalNanos;

    Change(File directory, LongSupplier nanoTicker) {
      this.directory = directory;
      this.missing = new File(directory, ".never");
      this.nanoTicker = nanoTicker;
      this.journalNanos = nanoTicker.getAsLong() - JOURNAL_NANOS;
    }

    /** What the calls say does not matter: where the file system refuses them, nobody waits. */
    @Override
    @SuppressWarnings("ReturnValueIgnored") // as the comment says
    public void run() {
      missing.delete();
      if (nanoTicker.getAsLong() - journalNanos >= JOURNAL_NANOS) {
        directory.setLastModified(System.currentTimeMillis());
        journalNanos = nanoTicker.getAsLong();
      }
    }
  }

  /**
   * Whether a write would be taken at once. Waits, if the file system does not say so: one caller until
   * it does, others for a moment.
   *
   * @return false while there is no answer; true also where the file system refuses writes, which is
   *     not waiting
   */
  public boolean areTaken() {
    Runnable asked = question;
    return asked == null || isFresh() || isAnswered(asked);
  }

  private boolean isAnswered(Runnable asked) {
    if (!isTurnTaken()) {
      return false;
    }
    try {
      if (!isFresh()) { // by who asked before
        asked.run();
        answeredNanos = nanoTicker.getAsLong();
        answers.incrementAndGet();
      }
      return true;
    } finally {
      asking.leave();
    }
  }

  private boolean isFresh() {
    return nanoTicker.getAsLong() - answeredNanos < FRESH_NANOS;
  }

  /** Where somebody waited in vain, others do not wait until there is an answer. */
  private boolean isTurnTaken() {
    long before = answers.get();
    if (unanswered == before) {
      return asking.isEnteredAtOnce();
    }
    Places.Arrival arrival = asking.enter(longest);
    if (arrival == Places.Arrival.REFUSED) {
      unanswered = before;
    }
    return arrival == Places.Arrival.INSIDE;
  }
}
