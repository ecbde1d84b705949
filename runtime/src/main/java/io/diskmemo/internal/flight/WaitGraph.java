package io.diskmemo.internal.flight;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which thread waits for what, over all tables of the process and the leases of all processes, so that
 * a wait that would close a circle is not begun. Looked at only by threads that are about to wait.
 *
 * <p>Within the process it is known which thread waits for which flight and for which slot. Others see
 * of that what is written into the slots of the leases that this process holds: when a thread begins to
 * wait for a slot, its number is written into the slots of all the leases of that thread and of the
 * threads that, by whatever chain, wait for it; and only then is the chain followed from slot to slot.
 * Of several processes that close a circle at once, the last to write sees it whole.
 */
final class WaitGraph {
  private static final Map<Thread, Flight> WAITING = new HashMap<>(); // guarded by itself
  private static final Map<Thread, Abroad> ABROAD = new HashMap<>(); // guarded by WAITING

  private WaitGraph() {}

  /** A slot that a thread waits for. */
  private record Abroad(LeaseTable table, int slot) {}

  /** Notes the wait, unless the maker of the flight waits for this thread. */
  static boolean begin(Thread waiter, Flight flight) {
    Optional<Boolean> begun = Optional.empty();
    while (begun.isEmpty()) {
      LeaseTable asked = tableBehind(flight);
      begun = begun(waiter, flight, asked, isWritable(asked));
    }
    return begun.get();
  }

  /** Empty if somebody behind the flight has begun to wait for a slot of another table meanwhile. */
  private static Optional<Boolean> begun(
      Thread waiter, Flight flight, @Nullable LeaseTable asked, boolean writable) {
    synchronized (WAITING) {
      Thread last = lastOf(flight);
      if (waiter.equals(last)) {
        return Optional.of(false);
      }
      Abroad abroad = last == null ? null : ABROAD.get(last);
      if (abroad != null && !abroad.table().equals(asked)) {
        return Optional.empty();
      }
      WAITING.put(waiter, flight);
      boolean circle = abroad != null
          && (writable ? closesCircle(waiter, abroad) : mayCloseCircle(waiter, abroad));
      if (circle) {
        forget(waiter, writable);
      }
      return Optional.of(!circle);
    }
  }

  /** Asks before the lock is held, under which nobody may wait for a disk. */
  private static boolean isWritable(@Nullable LeaseTable table) {
    return table == null || table.isWritable();
  }

  private static @Nullable LeaseTable tableBehind(Flight flight) {
    synchronized (WAITING) {
      Thread last = lastOf(flight);
      return last == null ? null : tableOf(ABROAD.get(last));
    }
  }

  private static @Nullable LeaseTable tableOf(@Nullable Abroad abroad) {
    return abroad == null ? null : abroad.table();
  }

  /** The thread that all of a chain of flights wait for, or null if it waits for nobody any more. */
  private static @Nullable Thread lastOf(Flight flight) {
    Flight next = flight;
    Thread last = null;
    while (next != null && !next.hasLanded()) {
      last = next.maker();
      next = WAITING.get(last);
    }
    return last;
  }

  /**
   * Notes the wait for a slot, unless its holder, here or in another process, waits for this thread.
   *
   * @param table that can be written
   */
  static boolean begin(Thread waiter, LeaseTable table, int slot) {
    synchronized (WAITING) {
      Abroad abroad = new Abroad(table, slot);
      ABROAD.put(waiter, abroad);
      if (closesCircle(waiter, abroad)) {
        forget(waiter, true);
        return false;
      }
      return true;
    }
  }

  private static boolean closesCircle(Thread waiter, Abroad abroad) {
    Set<Integer> own = new HashSet<>();
    leasesBehind(waiter, abroad.table()).forEach(lease -> {
      own.add(lease.slot());
      lease.waitsFor(abroad.slot());
    });
    return !own.isEmpty() && abroad.table().slots().leadsTo(abroad.slot(), own::contains);
  }

  /** Others could not see whom the holder of a lease waits for. */
  private static boolean mayCloseCircle(Thread waiter, Abroad abroad) {
    return leasesBehind(waiter, abroad.table()).findAny().isPresent();
  }

  /** The leases of a thread and of all that wait for it. */
  private static Stream<Lease> leasesBehind(Thread thread, LeaseTable table) {
    return table.held().stream().filter(lease -> {
      Thread computing = lease.computing();
      return computing != null
          && (computing.equals(thread) || leadsTo(computing, thread))
          && lease.isHeld();
    });
  }

  private static boolean leadsTo(Thread from, Thread to) {
    Flight next = WAITING.get(from);
    while (next != null && !next.hasLanded()) {
      if (next.maker().equals(to)) {
        return true;
      }
      next = WAITING.get(next.maker());
    }
    return false;
  }

  /** The thread whose flight a thread waits for, or null if it waits for none. */
  static @Nullable Thread awaitedBy(Thread waiter) {
    synchronized (WAITING) {
      Flight flight = WAITING.get(waiter);
      return flight == null || flight.hasLanded() ? null : flight.maker();
    }
  }

  /** Notes that a thread waits no more. */
  static void end(Thread waiter) {
    LeaseTable asked = tableAwaitedBy(waiter);
    boolean writable = isWritable(asked);
    synchronized (WAITING) {
      forget(waiter, writable && Objects.equals(asked, tableOf(abroad(waiter))));
    }
  }

  private static void forget(Thread waiter, boolean writable) {
    Abroad abroad = abroad(waiter);
    ABROAD.remove(waiter);
    if (abroad != null) {
      leasesBehind(waiter, abroad.table()).forEach(lease -> lease.waitsForNobody(writable));
    }
    WAITING.remove(waiter);
  }

  private static @Nullable LeaseTable tableAwaitedBy(Thread waiter) {
    synchronized (WAITING) {
      return tableOf(abroad(waiter));
    }
  }

  /** The slot that a thread waits for, by itself or by way of a flight. */
  private static @Nullable Abroad abroad(Thread waiter) {
    Abroad own = ABROAD.get(waiter);
    Flight flight = WAITING.get(waiter);
    Thread last = own != null || flight == null ? null : lastOf(flight);
    return last == null ? own : ABROAD.get(last);
  }
}
