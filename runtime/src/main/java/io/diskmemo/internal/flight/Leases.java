package io.diskmemo.internal.flight;

import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.LeaseFile;
import io.diskmemo.internal.disk.MappedWrites;
import io.diskmemo.internal.disk.Right;
import io.diskmemo.internal.disk.StoreDirectory;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One computation of a key at a time among the processes of the machine, as {@link Flights} has it for
 * the threads of one. Thread-safe.
 *
 * <p>Whoever wants to compute takes a {@link Lease}, which he holds until the result is stored, and
 * which is renewed by a daemon thread while he lives. Others look at it now and then until it is over,
 * and then look for the result. If there is none, one of them takes the lease; after two that brought
 * nothing, everybody computes for himself, because a method that keeps failing would otherwise be
 * called by one process after another.
 *
 * <p>Where the lease file cannot be had, or a key finds no free slot, everything goes on without.
 */
public final class Leases implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  /** So many leases of others that bring nothing are waited for, one after another. */
  static final int MOST_IN_VAIN = 2;

  /** How often it is looked whether somebody replaced the file or cut it short; a microsecond each. */
  private static final long LOOK_NANOS = 10_000_000;

  /** How often a file is asked for that could not be had. */
  private static final long RETRY_NANOS = 1_000_000_000;

  /** By the directory, which a process may have opened several times. */
  private static final Map<String, Leases> OPEN = new HashMap<>(); // guarded by itself

  private final StoreDirectory directory;
  private final String identity;
  private final InstantSource clock;
  private final LongSupplier nanoTicker;
  private final MappedWrites writes;
  private final Heartbeat heartbeat;
  private final List<Use> uses = new CopyOnWriteArrayList<>(); // written under the lock of this
  /** Open, while all numbers are taken. */
  private @Nullable OpenLeaseFile numberless; // guarded by this

  private volatile Attached attached = new Attached(null, null, Long.MIN_VALUE);
  private boolean reported; // guarded by this
  private volatile String trouble = "the lease file was not opened";
  private boolean closed; // guarded by this
  private int users; // guarded by OPEN

  Leases(
      StoreDirectory directory,
      String identity,
      InstantSource clock,
      LongSupplier nanoTicker,
      ThreadFactory threads,
      MappedWrites writes) {
    this.directory = directory;
    this.identity = identity;
    this.clock = clock;
    this.nanoTicker = nanoTicker;
    this.writes = writes;
    this.heartbeat = new Heartbeat(this::renewAll, threads, nanoTicker);
  }

  /** The file as it was found, and when; no table if it could not be had. */
  private record Attached(
      @Nullable LeaseFile file, @Nullable LeaseTable table, long lookedNanos) {
    Attached at(long nanos) {
      return new Attached(file, table, nanos);
    }
  }

  /** What a look brings: the slots, or none, perhaps only because the disk does not answer. */
  record Look(@Nullable LeaseTable table, boolean isUnanswered) {}

  /** A file that has not been given back, the present one or one that was replaced. */
  private record Use(OpenLeaseFile file, LeaseTable table) {}

  /**
   * What to do about a key.
   *
   * @param <A> type of the answer
   */
  public interface Work<A> {
    /**
     * A number that has grown if anything was stored since it was asked before.
     *
     * @return costs next to nothing
     */
    long changes();

    /**
     * Looks for the answer on disk.
     *
     * @param first whether it is looked for the first time
     * @return empty if it is not there
     */
    Optional<A> look(boolean first);

    /**
     * Computes and stores.
     *
     * @param right that must still be held when the result is stored
     * @return the answer
     * @throws Throwable to the caller
     */
    A compute(Right right) throws Throwable;

    /**
     * Computes, while another may.
     *
     * @param reason why
     * @return the answer
     * @throws Throwable to the caller
     */
    A withoutLease(Flights.WhyAlone reason) throws Throwable;
  }

  /**
   * What to do about a key, when the answer comes later.
   *
   * @param <A> type of the answer
   */
  public interface AsyncWork<A> {
    /**
     * As {@link Work#changes}.
     *
     * @return a number
     */
    long changes();

    /**
     * As {@link Work#look}.
     *
     * @param first whether it is looked for the first time
     * @return empty if it is not there
     */
    Optional<A> look(boolean first);

    /**
     * As {@link Work#compute}.
     *
     * @param right that must still be held when the result is stored
     * @return completes when the result is stored
     */
    CompletableFuture<A> compute(Right right);

    /**
     * As {@link Work#withoutLease}.
     *
     * @param reason why
     * @return completes with the answer
     */
    CompletableFuture<A> withoutLease(Flights.WhyAlone reason);
  }

  /**
   * The leases of a directory; all who have it open in this process have the same.
   *
   * @param directory that is open
   * @param clock for what people read
   * @return to be closed as often as it was asked for
   */
  public static Leases of(StoreDirectory directory, InstantSource clock) {
    return of(directory, directory.identity(), clock);
  }

  /**
   * As {@link #of(StoreDirectory, InstantSource)}, also of a directory that cannot be used yet.
   *
   * @param directory that may be usable later
   * @param identity that is the same for all who have it open
   * @param clock for what people read
   * @return to be closed as often as it was asked for
   */
  public static Leases of(StoreDirectory directory, String identity, InstantSource clock) {
    synchronized (OPEN) {
      Leases leases = OPEN.computeIfAbsent(identity, name -> shared(directory, name, clock));
      leases.users++;
      return leases;
    }
  }

  private static Leases shared(StoreDirectory directory, String identity, InstantSource clock) {
    MappedWrites writes = MappedWrites.in(directory.root());
    return new Leases(directory, identity, clock, System::nanoTime, Thread::new, writes);
  }

  /**
   * Gets an answer from disk, or by the work of this thread.
   *
   * @param request what is wanted
   * @param work to do
   * @param <A> type of the answer
   * @return the answer
   * @throws Throwable what the work throws
   */
  public <A> A once(LeaseRequest request, Work<A> work) throws Throwable {
    long changes = work.changes();
    Optional<A> found = work.look(true);
    if (found.isPresent()) {
      return found.get();
    }
    LeaseTable table = table();
    return table == null
        ? work.withoutLease(Flights.WhyAlone.NO_LEASE)
        : once(request, table, changes, work);
  }

  private <A> A once(LeaseRequest request, LeaseTable table, long changes, Work<A> work)
      throws Throwable {
    LeaseTable.Taking taking = take(table, request, Thread.currentThread());
    if (taking instanceof LeaseTable.Taken taken) {
      return compute(taken.lease(), changes, work);
    }
    if (taking instanceof LeaseTable.Occupied occupied) {
      return new Turn<>(table, request, work).after(occupied);
    }
    return work.withoutLease(Flights.WhyAlone.NO_LEASE);
  }

  /**
   * Takes a lease without waiting.
   *
   * @param request what is wanted
   * @return empty if somebody has it, or nobody can
   */
  public Optional<Lease> tryTake(LeaseRequest request) {
    return tryTake(request, Thread.currentThread());
  }

  /**
   * As {@link #tryTake}, for work that no thread in particular does.
   *
   * @param request what is wanted
   * @return empty if somebody has it, or nobody can
   */
  public Optional<Lease> tryTakeForAll(LeaseRequest request) {
    return tryTake(request, null);
  }

  private Optional<Lease> tryTake(LeaseRequest request, @Nullable Thread computing) {
    LeaseTable table = table();
    return table != null && take(table, request, computing) instanceof LeaseTable.Taken taken
        ? Optional.of(taken.lease())
        : Optional.empty();
  }

  LeaseTable.Taking take(LeaseTable table, LeaseRequest request, @Nullable Thread computing) {
    if (!writes.areTaken()) {
      return LeaseTable.None.NO_ANSWER;
    }
    LeaseTable.Taking taking = takeOnce(table, request, computing);
    if (taking instanceof LeaseTable.Occupied occupied && isOver(table, request, occupied)) {
      taking = takeOnce(table, request, computing);
    }
    return taking instanceof LeaseTable.Taken taken ? renewed(taken, request) : taking;
  }

  private LeaseTable.Taking renewed(LeaseTable.Taken taken, LeaseRequest request) {
    if (heartbeat.isBeating(request.timeToLive())) {
      return taken;
    }
    taken.lease().close();
    return new LeaseTable.None("no thread can be started that renews leases");
  }

  private LeaseTable.Taking takeOnce(
      LeaseTable table, LeaseRequest request, @Nullable Thread computing) {
    try {
      return table.take(
          request.slotKey(), request.timeToLive().toMillis(), clock.millis(), computing);
    } catch (InternalError e) { // HotSpot says late that the file was cut short
      lookAgain(attached);
      return new LeaseTable.None("the lease file was cut short");
    }
  }

  /** One look for those who do not wait, which ends a lease that has stood there for too long. */
  private boolean isOver(LeaseTable table, LeaseRequest request, LeaseTable.Occupied occupied) {
    Patient patient = new Patient(request, nanoTicker, table);
    patient.turnTo(occupied);
    return patient.look() == Patient.Seen.OVER;
  }

  /** Looks again if anything was stored since the last look: the lease before may have brought it. */
  private static <A> A compute(Lease lease, long changes, Work<A> work) throws Throwable {
    try (lease) {
      try {
        Optional<A> found = work.changes() == changes ? Optional.empty() : work.look(false);
        return found.isPresent() ? found.get() : work.compute(lease);
      } finally {
        lease.over = true; // where the stack ends here, no call can say so
      }
    }
  }

  /**
   * As {@link #once}, where nobody's thread waits for another process.
   *
   * @param request what is wanted
   * @param work to do
   * @param executor looks at the disk
   * @param <A> type of the answer
   * @return completes with the answer
   */
  public <A> CompletableFuture<A> onceAsync(
      LeaseRequest request, AsyncWork<A> work, Executor executor) {
    return new AsyncTurn<>(this, request, work, executor, nanoTicker, AsyncTurn.Delays.OF_THE_JVM)
        .begin();
  }

  /** One thread's wait for its turn. */
  private final class Turn<A> {
    private final LeaseTable table;
    private final LeaseRequest request;
    private final Work<A> work;
    private final Patient patient;
    private final WaitWatch watch;

    Turn(LeaseTable table, LeaseRequest request, Work<A> work) {
      this.table = table;
      this.request = request;
      this.work = work;
      this.patient = new Patient(request, nanoTicker, table);
      this.watch = new WaitWatch(request.terms());
    }

    A after(LeaseTable.Occupied first) throws Throwable {
      LeaseTable.Taking taking = first;
      for (int inVain = 0; inVain < MOST_IN_VAIN; inVain++) {
        if (!(taking instanceof LeaseTable.Occupied occupied)) {
          return work.withoutLease(Flights.WhyAlone.NO_LEASE);
        }
        patient.turnTo(occupied);
        Flights.WhyAlone reason = await(occupied.slot());
        if (reason != null) {
          return work.withoutLease(reason);
        }
        long changes = work.changes();
        Optional<A> found = work.look(false);
        if (found.isPresent()) {
          return found.get();
        }
        taking = take(table, request, Thread.currentThread());
        if (taking instanceof LeaseTable.Taken taken) {
          return compute(taken.lease(), changes, work);
        }
      }
      return work.withoutLease(Flights.WhyAlone.IN_VAIN);
    }

    /** Waits until the lease is over; returns why that cannot be waited for, or null. */
    private Flights.@Nullable WhyAlone await(int slot) {
      Thread waiter = Thread.currentThread();
      if (waiter.equals(table.computing(slot))) {
        return Flights.WhyAlone.RECURSION;
      }
      if (!table.isWritable()) { // nobody could see whom this waits for
        return Flights.WhyAlone.NO_LEASE;
      }
      if (!WaitGraph.begin(waiter, table, slot)) {
        return Flights.WhyAlone.CROSSING;
      }
      Flights.WhyAlone reason = null;
      try {
        reason = awaitEnd(slot, Lines.isInside(waiter));
        return reason;
      } finally {
        WaitGraph.end(waiter);
        watch.end(patient::holder, reason == null ? "over" : reason.name());
      }
    }

    private Flights.@Nullable WhyAlone awaitEnd(int slot, boolean inside) {
      Pauses pauses = new Pauses();
      while (true) {
        if (inside && Lines.isBehind(table.computing(slot), Thread.currentThread())) {
          return Flights.WhyAlone.CROSSING;
        }
        switch (patient.look()) {
          case OVER -> {
            return null;
          }
          case TOO_LONG -> {
            return Flights.WhyAlone.TIMEOUT;
          }
          case STILL -> watch.look(patient.waitedNanos(), patient::holder);
        }
        if (Thread.currentThread().isInterrupted()) {
          return Flights.WhyAlone.INTERRUPTED;
        }
        LockSupport.parkNanos(this, pauses.nextNanos());
      }
    }
  }

  /** The slots, or null if they cannot be had. */
  @Nullable
  LeaseTable table() {
    Attached seen = attached;
    return isFresh(seen) ? seen.table() : lookAgain(seen).table();
  }

  private boolean isFresh(Attached seen) {
    return seen.lookedNanos() != Long.MIN_VALUE
        && nanoTicker.getAsLong() - seen.lookedNanos()
            < (seen.table() == null ? RETRY_NANOS : LOOK_NANOS);
  }

  /**
   * As {@link #table}, after a look whether somebody replaced the file. What could not be had is not
   * asked for more often than there, because it takes a system call for each number.
   */
  Look lookNow() {
    Attached seen = attached;
    return seen.table() == null && isFresh(seen) ? new Look(null, false) : lookAgain(seen);
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Why there is no table. */
  String trouble() {
    return trouble;
  }

  /**
   * Leases for those who must not go on without.
   *
   * @return the same leases, granted under other terms
   */
  public Exclusion exclusion() {
    return new Exclusion(this, clock, nanoTicker);
  }

  /**
   * The directory that they are of.
   *
   * @return the same for all who have it open
   */
  public String identity() {
    return identity;
  }

  /** Before a lock is held, the directory is looked at, which must be a store's, and the disk asked. */
  private Look lookAgain(Attached seen) {
    if (seen.file() != null && !seen.file().isReplaced()) {
      return lookedAt(seen, () -> seen.at(nanoTicker.getAsLong()));
    }
    try {
      directory.require();
    } catch (DiskException e) {
      return lookedAt(seen, () -> refused(e));
    }
    return writes.areTaken() ? lookedAt(seen, this::opened) : new Look(seen.table(), true);
  }

  private synchronized Look lookedAt(Attached seen, Supplier<Attached> found) {
    if (!closed && attached.equals(seen)) { // else another thread looked
      attached = found.get();
      giveBackReplaced();
    }
    return new Look(attached.table(), false);
  }

  private Attached refused(DiskException reason) {
    report(reason);
    return new Attached(null, null, nanoTicker.getAsLong());
  }

  /** Leases under way stay where they are, with their file and number. */
  private Attached opened() {
    boolean interrupted = Thread.interrupted(); // which would close the channel
    try {
      OpenLeaseFile file = fileWithoutNumber();
      LeaseTable table = new LeaseTable(file.file(), file.takeNumber(), writes);
      numberless = null;
      uses.add(new Use(file, table));
      return new Attached(file.file(), table, nanoTicker.getAsLong());
    } catch (DiskException e) {
      return refused(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Not closed if it gets no number, because that would give back numbers of the same file. */
  private OpenLeaseFile fileWithoutNumber() {
    OpenLeaseFile file = numberless;
    if (file != null && file.file().isReplaced()) {
      numberless = null;
      giveBack(file);
      file = null;
    }
    if (file == null) {
      file = OpenLeaseFile.of(directory);
      numberless = file;
    }
    return file;
  }

  /** Those under whose number nothing is held any more. */
  private synchronized void giveBackReplaced() {
    List<Use> over = uses.stream()
        .filter(this::isReplaced)
        .filter(use -> use.table().retire())
        .toList();
    uses.removeAll(over);
    over.forEach(use -> giveBack(use.file()));
  }

  private synchronized boolean isReplaced(Use use) {
    return !use.table().equals(attached.table());
  }

  /** Who looks for the present file is not to hear of the last. */
  private static void giveBack(OpenLeaseFile replaced) {
    try {
      replaced.close();
    } catch (DiskException e) {
      LOG.debug("a lease file that was replaced cannot be closed", e);
    }
  }

  private void report(DiskException reason) {
    trouble = String.valueOf(reason.getMessage());
    if (!reported) {
      LOG.warn("{}: processes compute without regard for each other", directory.root(), reason);
      reported = true;
    }
  }

  /** Renews all leases; returns whether there are any. */
  private boolean renewAll() {
    table(); // after a look at the file, which may have been cut short
    giveBackReplaced();
    if (!uses.isEmpty() && writes.areTaken()) {
      uses.forEach(use -> use.table().renewAll());
    }
    return uses.stream().anyMatch(use -> !use.table().held().isEmpty());
  }

  /**
   * Gives back the numbers, once as often as it was asked for. Leases under way are lost. Who opens the
   * directory meanwhile waits: closing a channel gives back all locks that the process has on its file.
   */
  @Override
  public void close() {
    synchronized (OPEN) {
      if (--users > 0) {
        return;
      }
      heartbeat.end();
      try {
        closeFiles();
      } finally {
        OPEN.remove(identity);
      }
    }
  }

  private synchronized void closeFiles() {
    closed = true;
    trouble = directory.root() + " is closed; open it again";
    uses.forEach(use -> use.table().abandonAll());
    attached = new Attached(null, null, nanoTicker.getAsLong());
    uses.forEach(use -> use.file().close());
    uses.clear();
    if (numberless != null) {
      numberless.close();
      numberless = null;
    }
  }
}
