package io.diskmemo.internal.flight;

import io.diskmemo.internal.disk.SharedWords;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of the slots, in each of which one process holds the right to compute one key.
 * Thread-safe, across processes, without locks.
 *
 * <p>A slot's first word is 0 while it is free; else it holds, from the highest bit, whether it is
 * only claimed, the tag of the key (31 bits), the number of the owner (8), and a number that differs in
 * every word that the owner writes (24). All of that changes together, by compare-and-set, so that a
 * word is the proof of a lease: while it stands, nobody else has the key.
 *
 * <p>A key has {@value #PROBES} slots, from its home on, because another key may be in the first. Two
 * processes that find different ones free must not both take the key: so each first claims a slot,
 * looks for the key in the other slots, and only then makes the claim a lease. Of two claims the one
 * in the lower slot wins: whoever sees one below his own, or a lease, gives way; whoever sees one above
 * takes it away, and the other finds that out when he wants to make it a lease.
 *
 * <p>The other words of a slot are said by its owner, the first two before the claim becomes a lease:
 * since when (milliseconds since 1970), for how long without renewal (milliseconds), and which slot his
 * thread waits for (its number plus 1, or 0), by which circles of waiting are found. Their lowest 20
 * bits are a version, which each writing changes, so that what a process says that was paused before it
 * came to that never becomes what the next owner says.
 */
final class SlotTable {
  static final int SLOTS = 2048;
  static final int PROBES = 8;
  static final int MOST_OWNERS = 255;
  static final int FIRST_WORD = 4096;
  static final int WORDS_PER_SLOT = 4;

  /** There is no such slot. */
  static final int NONE = -1;

  private static final long FREE = 0;
  private static final long CLAIMED = Long.MIN_VALUE;
  private static final int OWNER_SHIFT = 24;
  private static final int TAG_SHIFT = 32;
  private static final long NONCE_MASK = (1L << OWNER_SHIFT) - 1;
  private static final int MOST_TRIES = 100;
  private static final int MOST_HOPS = 64;

  private static final int VERSION_BITS = 20;
  private static final long VERSION_MASK = (1L << VERSION_BITS) - 1;

  private static final int SINCE = 1;
  private static final int TIME_TO_LIVE = 2;
  private static final int WAITS_FOR = 3;

  private final SharedWords words;

  SlotTable(SharedWords words) {
    this.words = words;
  }

  /** What became of a try to take a key. */
  sealed interface Taking {}

  /** It is taken. */
  record Taken(int slot, long word) implements Taking {}

  /** Another has it. */
  record Occupied(int slot, long word) implements Taking {}

  /** All slots of the key are other keys'. */
  record Full() implements Taking {}

  /** Numbers for words, each another. */
  interface Nonces {
    long next();
  }

  /** Takes a key, unless somebody has it. */
  Taking take(SlotKey key, int owner, Nonces nonces, long sinceMillis, long timeToLiveMillis) {
    Occupied seen = null;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Occupied occupied = find(key);
      if (occupied != null) {
        return occupied;
      }
      int free = freeSlot(key);
      if (free == NONE) {
        return new Full();
      }
      long claim = CLAIMED | word(key, owner, nonces.next());
      if (!change(free, FREE, claim)) {
        continue;
      }
      describe(free, claim, sinceMillis, timeToLiveMillis);
      seen = rival(key, free);
      long lease = word(key, owner, nonces.next());
      if (seen == null && change(free, claim, lease)) {
        return new Taken(free, lease);
      }
      change(free, claim, FREE);
    }
    return seen == null ? new Full() : seen;
  }

  private static long word(SlotKey key, int owner, long nonce) {
    return ((long) key.tag() << TAG_SHIFT) | ((long) owner << OWNER_SHIFT) | (nonce & NONCE_MASK);
  }

  private @Nullable Occupied find(SlotKey key) {
    for (int i = 0; i < PROBES; i++) {
      int slot = slot(key, i);
      long word = word(slot);
      if (isOf(key, word)) {
        return new Occupied(slot, word);
      }
    }
    return null;
  }

  private int freeSlot(SlotKey key) {
    for (int i = 0; i < PROBES; i++) {
      if (word(slot(key, i)) == FREE) {
        return slot(key, i);
      }
    }
    return NONE;
  }

  /** Who has the key beside this claim, and has more of a right to it. */
  private @Nullable Occupied rival(SlotKey key, int claimed) {
    boolean above = false;
    for (int i = 0; i < PROBES; i++) {
      int slot = slot(key, i);
      if (slot == claimed) {
        above = true;
        continue;
      }
      long word = word(slot);
      boolean yields = above && isClaim(word) && isOf(key, word) && change(slot, word, FREE);
      long now = yields ? FREE : word(slot);
      if (isOf(key, now)) {
        return new Occupied(slot, now);
      }
    }
    return null;
  }

  private static int slot(SlotKey key, int probe) {
    return (key.home() + probe) % SLOTS;
  }

  private static boolean isOf(SlotKey key, long word) {
    return word != FREE && tagOf(word) == key.tag();
  }

  private static int tagOf(long word) {
    return (int) ((word & ~CLAIMED) >>> TAG_SHIFT);
  }

  static int ownerOf(long word) {
    return (int) ((word >>> OWNER_SHIFT) & MOST_OWNERS);
  }

  /** The word of a lease, so that it can be told from others; 0 if the slot is free. */
  long word(int slot) {
    return words.get(index(slot));
  }

  /** Whether a word is not yet a lease. */
  static boolean isClaim(long word) {
    return word < 0;
  }

  /** Whether a later word of a slot is the same key's. */
  static boolean isSameKey(long before, long after) {
    return after != FREE && tagOf(before) == tagOf(after);
  }

  /** Says whether the owner of a word lives. */
  interface Living {
    boolean isLive(int slot, long word);
  }

  /**
   * Frees what the dead have of a key's slots.
   *
   * @return whether there was anything
   */
  boolean isAnyFreed(SlotKey key, Living living) {
    boolean freed = false;
    for (int i = 0; i < PROBES; i++) {
      int slot = slot(key, i);
      long word = word(slot);
      freed |= word != FREE && !living.isLive(slot, word) && isFreed(slot, word);
    }
    return freed;
  }

  /** Frees all that an owner has. */
  void freeAllOf(int owner) {
    for (int slot = 0; slot < SLOTS; slot++) {
      long word = word(slot);
      if (word != FREE && ownerOf(word) == owner) {
        isFreed(slot, word);
      }
    }
  }

  /**
   * Renews a lease.
   *
   * @return its new word, or 0 if it is lost
   */
  long renew(int slot, long word, Nonces nonces) {
    long next = (word & ~NONCE_MASK) | (nonces.next() & NONCE_MASK);
    return change(slot, word, next) ? next : FREE;
  }

  /**
   * Frees a slot, of one's own or of the dead.
   *
   * @return false if the word stands there no more
   */
  boolean isFreed(int slot, long word) {
    return change(slot, word, FREE);
  }

  private boolean change(int slot, long from, long to) {
    return words.compareAndSet(index(slot), from, to);
  }

  private void describe(int slot, long claim, long sinceMillis, long timeToLiveMillis) {
    say(slot, claim, WAITS_FOR, 0);
    say(slot, claim, SINCE, sinceMillis);
    say(slot, claim, TIME_TO_LIVE, timeToLiveMillis);
  }

  /**
   * Writes into a slot as long as a word stands there. Whoever pauses after he has looked at the word
   * finds the version changed by the next owner, or is written over by him.
   */
  private void say(int slot, long word, int what, long value) {
    int index = index(slot) + what;
    long before = words.get(index);
    while (word(slot) == word && !words.compareAndSet(index, before, next(before, value))) {
      before = words.get(index);
    }
  }

  private static long next(long before, long value) {
    return (value << VERSION_BITS) | ((before + 1) & VERSION_MASK);
  }

  private long said(int slot, int what) {
    return words.get(index(slot) + what) >> VERSION_BITS;
  }

  long sinceMillis(int slot) {
    return said(slot, SINCE);
  }

  long timeToLiveMillis(int slot) {
    return said(slot, TIME_TO_LIVE);
  }

  /** Says which slot the thread waits for that holds this one under a word. */
  void waitsFor(int slot, long word, int target) {
    say(slot, word, WAITS_FOR, target + 1L);
  }

  void waitsForNobody(int slot, long word) {
    say(slot, word, WAITS_FOR, 0);
  }

  /** The slot that is waited for by the holder of this one, or {@link #NONE}. */
  int waitedForBy(int slot) {
    long target = said(slot, WAITS_FOR) - 1;
    return target >= 0 && target < SLOTS ? (int) target : NONE;
  }

  /** Whether following who waits for whom leads from one slot to another. */
  boolean leadsTo(int from, IntPredicate wanted) {
    int at = from;
    for (int hops = 0; at != NONE && hops < MOST_HOPS; hops++) {
      if (wanted.test(at)) {
        return true;
      }
      at = word(at) == FREE ? NONE : waitedForBy(at);
    }
    return false;
  }

  private static int index(int slot) {
    return FIRST_WORD + slot * WORDS_PER_SLOT;
  }
}
