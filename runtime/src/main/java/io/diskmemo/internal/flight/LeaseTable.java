package io.diskmemo.internal.flight;

import io.diskmemo.internal.disk.LeaseFile;
import io.diskmemo.internal.disk.MappedWrites;
import io.diskmemo.internal.disk.SharedWords;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The slots as one process uses them, under the number that it has. Thread-safe; what this process has
 * taken and not yet noted must not look like a predecessor's, so threads take one after another.
 */
final class LeaseTable {
  private final SlotTable slots;
  private final Owners owners;
  private final Tokens tokens;
  private final int owner;
  private final IntPredicate isFreeNumber;
  private final MappedWrites writes;
  private final AtomicLong nonce = new AtomicLong(System.nanoTime());
  private final Sightings sightings = new Sightings();
  private final Set<Lease> held = ConcurrentHashMap.newKeySet();
  private boolean retired; // guarded by this

  LeaseTable(LeaseFile file, int owner, MappedWrites writes) {
    this(file, owner, file::isFree, writes);
    owners.describe(owner);
  }

  LeaseTable(SharedWords words, int owner, IntPredicate isFreeNumber, MappedWrites writes) {
    this.slots = new SlotTable(words);
    this.owners = new Owners(words);
    this.tokens = new Tokens(words);
    this.owner = owner;
    this.isFreeNumber = isFreeNumber;
    this.writes = writes;
    slots.freeAllOf(owner); // of a process that had the number before and has died
  }

  /** The lease, or who has it, or that nobody can. */
  sealed interface Taking {}

  /** This process has it. */
  record Taken(Lease lease) implements Taking {}

  /** Somebody has it, of this process or another. */
  record Occupied(int slot, long word) implements Taking {}

  /** Nobody can have it now. */
  record None(String reason) implements Taking {
    /** And nobody can tell until it does. */
    static final None NO_ANSWER = new None("the disk does not answer");
  }

  /**
   * Takes a key, unless somebody has it.
   *
   * @param computing the thread that will compute, or null if several may
   */
  synchronized Taking take(
      SlotKey key, long timeToLiveMillis, long nowMillis, @Nullable Thread computing) {
    if (retired) {
      return new None("somebody replaced the lease file");
    }
    while (true) {
      SlotTable.Taking taking = slots.take(key, owner, nonces(), nowMillis, timeToLiveMillis);
      if (taking instanceof SlotTable.Taken taken) {
        Lease lease = new Lease(this, key, taken, computing);
        held.add(lease);
        return new Taken(lease);
      }
      if (taking instanceof SlotTable.Occupied occupied) {
        if (isLive(occupied.slot(), occupied.word())) {
          return new Occupied(occupied.slot(), occupied.word());
        }
        slots.isFreed(occupied.slot(), occupied.word());
        continue;
      }
      if (!slots.isAnyFreed(key, this::isLive)) {
        return new None("too many leases are held in this directory at once");
      }
    }
  }

  /** Whether the owner of a word lives; a predecessor under this process's number does not. */
  synchronized boolean isLive(int slot, long word) {
    int other = SlotTable.ownerOf(word);
    return other == owner
        ? held.stream().anyMatch(lease -> lease.slot() == slot && lease.isHeld())
        : other != 0 && !isFreeNumber.test(other);
  }

  /**
   * Whether the slots can be written without waiting for the disk. To be asked without a lock: it may
   * wait itself.
   */
  boolean isWritable() {
    return writes.areTaken();
  }

  SlotTable slots() {
    return slots;
  }

  Sightings sightings() {
    return sightings;
  }

  SlotTable.Nonces nonces() {
    return nonce::incrementAndGet;
  }

  Set<Lease> held() {
    return held;
  }

  void forget(Lease lease) {
    held.remove(lease);
  }

  /**
   * Grants nothing any more, if nothing is held.
   *
   * @return whether that is so, so that its number and file can be given back
   */
  synchronized boolean retire() {
    retired |= held.isEmpty();
    return retired;
  }

  synchronized boolean isRetired() {
    return retired;
  }

  void renewAll() {
    held.forEach(Lease::renew);
  }

  /** To be followed by giving back the number, by which others see that nothing is held under it. */
  void abandonAll() {
    held.forEach(Lease::abandon);
  }

  /** As {@link Tokens#next}. */
  long nextToken(long nowMicros) {
    return tokens.next(nowMicros);
  }

  boolean isOwn(long word) {
    return SlotTable.ownerOf(word) == owner;
  }

  /** The thread of this process that computes under a slot's lease, or null. */
  @Nullable
  Thread computing(int slot) {
    for (Lease lease : held) {
      if (lease.slot() == slot && lease.isHeld()) {
        return lease.computing();
      }
    }
    return null;
  }

  Holder holder(int slot, long word) {
    return owners.holder(SlotTable.ownerOf(word), Instant.ofEpochMilli(slots.sinceMillis(slot)));
  }
}
