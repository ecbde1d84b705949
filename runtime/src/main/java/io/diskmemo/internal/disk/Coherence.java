package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counters by which the memory tiers of all processes learn of evictions, in the memory-mapped
 * file {@code coordination}. Thread-safe, without locks.
 *
 * <p>A transaction that evicts or replaces entries takes a ticket, {@code ++started}, while it holds
 * the database's write lock, commits, and then raises {@code finished} to its ticket. So tickets
 * follow the order of commits, and while the two are equal no such transaction is between its ticket
 * and its end. A reader notes {@code started} when both are equal, reads the database, and if {@code
 * started} is the same afterwards, what it read stays true as long as {@code started} does: that is
 * the stamp.
 *
 * <p>A process that dies between its commit and {@code finished} leaves the counters apart. Then
 * nothing gets a stamp, and reads go to the disk, until the next holder of the write lock, under
 * which nobody can be in between, closes the gap.
 *
 * <p>The file is 64 KiB, all of it written when it is made: magic and format number, then {@code
 * started}, {@code finished}, {@code commits}, the generation of the live database, whether
 * evictions hide entries that are still there, and the number of the latest eviction, each in a cache line
 * of its own. The rest is not used. Numbers are in the machine's byte order; the file never leaves it.
 */
public final class Coherence {
  /** No stamp: the entry may be returned, and not be kept in memory. */
  public static final long UNSTABLE = -1;

  static final String FILE_NAME = "coordination";

  private static final long MAGIC = 0x4449_534B_4D45_4D01L; // "DISKMEM", format 1
  private static final int FILE_BYTES = 64 * 1024;
  private static final int MAGIC_OFFSET = 0;
  private static final int STARTED_OFFSET = 64;
  private static final int FINISHED_OFFSET = 128;
  private static final int COMMITS_OFFSET = 192;
  private static final int GENERATION_OFFSET = 256;
  private static final int EVICTING_OFFSET = 320;
  private static final int EVICTED_OFFSET = 384;

  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  /** Larger than any number of tickets, so that no two openings ever give the same stamp. */
  private static final int OPENING_SHIFT = 44;

  /** More tickets than are ever taken, and than a lost file has. */
  private static final long RETIRED_TICKETS = 3L << (OPENING_SHIFT - 2);

  private static final AtomicLong OPENINGS = new AtomicLong();

  private final Path kindDirectory;
  private final MappedWrites writes;
  private final long opening = OPENINGS.getAndIncrement() << OPENING_SHIFT;
  private volatile ByteBuffer memory;
  private volatile boolean lost;
  private volatile boolean retired;
  private volatile long knownGeneration;
  private volatile @Nullable Object identity;

  private Coherence(
      Path kindDirectory, MappedWrites writes, ByteBuffer memory, @Nullable Object identity) {
    this.kindDirectory = kindDirectory;
    this.writes = writes;
    this.memory = memory;
    this.identity = identity;
  }

  /** Maps the file, which is whole. */
  static Coherence open(Path kindDirectory) throws IOException {
    Object identity = identityOf(kindDirectory);
    MappedWrites writes = MappedWrites.in(kindDirectory);
    return new Coherence(kindDirectory, writes, map(kindDirectory), identity);
  }

  /**
   * Counters that no other process sees, of a kind whose own cannot be had.
   *
   * @return all zero
   */
  public static Coherence apart() {
    return new Coherence(Path.of(""), MappedWrites.toMemory(), inMemory(), null);
  }

  private static ByteBuffer inMemory() {
    return ByteBuffer.allocateDirect(FILE_BYTES).order(ByteOrder.nativeOrder());
  }

  /** Whether the file that is mapped is the one that others map, and is whole. */
  boolean isInPlace() throws IOException {
    return !lost && placeOf(kindDirectory) == Place.HERE;
  }

  /** What has the name of the file. */
  private enum Place {
    HERE,
    NOTHING,
    ANOTHER,
    CUT_SHORT
  }

  private Place placeOf(Path directory) throws IOException {
    try {
      BasicFileAttributes present =
          Files.readAttributes(directory.resolve(FILE_NAME), BasicFileAttributes.class);
      if (!Platform.identityOf(present).equals(identity)) {
        return Place.ANOTHER;
      }
      return present.size() < FILE_BYTES ? Place.CUT_SHORT : Place.HERE;
    } catch (NoSuchFileException e) {
      return Place.NOTHING;
    }
  }

  /**
   * Makes all stamps of this opening void, for ever. Whoever still writes goes on to tell the others by
   * the file: the database may be the live one.
   */
  public void retire() {
    retired = true;
  }

  /**
   * The file that counts now, and with it the database and its successors. Numbers of evictions that were
   * read where one file counts say nothing where another does.
   */
  public static final class Origin {
    private final Path kindDirectory;
    private final @Nullable Object identity;

    /** As long as it is mapped, no other file has its number. */
    @SuppressWarnings("unused") // it is only held
    private final ByteBuffer memory;

    private Origin(Path kindDirectory, @Nullable Object identity, ByteBuffer memory) {
      this.kindDirectory = kindDirectory;
      this.identity = identity;
      this.memory = memory;
    }

    boolean isSame(Origin other) {
      return identity != null
          && identity.equals(other.identity)
          && kindDirectory.equals(other.kindDirectory);
    }
  }

  /**
   * The file that counts now; to be asked before a number is read.
   *
   * @return another one when somebody replaced the file, or the whole directory
   */
  public synchronized Origin origin() {
    return new Origin(kindDirectory, identity, memory);
  }

  private static ByteBuffer voidCounters() {
    ByteBuffer counters = inMemory();
    counters.putLong(STARTED_OFFSET, 1L << (OPENING_SHIFT - 1)); // finished stays behind
    return counters;
  }

  /**
   * Whether there is nothing to go by, because somebody cut the file short or put another in its place.
   * Nothing gets a stamp until the next holder of the write lock has mapped the file anew.
   */
  boolean isLost() {
    return lost;
  }

  /**
   * Looks whether the file is the one that others have, which costs a microsecond; to be called now and
   * then. One that was removed is left to whoever looks after the directory.
   */
  void look() {
    ByteBuffer looked = memory; // or what was mapped anew in between would be lost
    try {
      Place place = placeOf(kindDirectory);
      if (place == Place.ANOTHER || place == Place.CUT_SHORT) {
        lose(looked);
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be looked at", kindDirectory, e);
    }
  }

  /** What can be known without the counters is that some entries may be hidden. */
  @SuppressWarnings("ReferenceEquality") // whether it is still the mapping that failed
  private synchronized void lose(ByteBuffer failed) {
    if (memory == failed && !lost) {
      lost = true;
      ByteBuffer counters = voidCounters();
      counters.putLong(GENERATION_OFFSET, knownGeneration);
      counters.putLong(EVICTING_OFFSET, 1);
      memory = counters;
      LOG.warn(
          "{} was cut short or replaced; results are read from disk until it is made anew",
          kindDirectory.resolve(FILE_NAME));
    }
  }

  private long get(int offset) {
    ByteBuffer counters = memory;
    try {
      return MappedLongs.get(counters, offset);
    } catch (InternalError e) {
      lose(counters);
      return MappedLongs.get(memory, offset);
    }
  }

  private interface Update {
    void make(ByteBuffer counters);
  }

  private void update(Update update) {
    ByteBuffer counters = memory;
    try {
      update.make(counters);
    } catch (InternalError e) {
      lose(counters);
      update.make(memory);
    }
  }

  private static MappedByteBuffer map(Path kindDirectory) throws IOException {
    try (FileChannel channel = FileChannel.open(
        kindDirectory.resolve(FILE_NAME), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES);
      memory.order(ByteOrder.nativeOrder());
      return memory;
    }
  }

  /** Tells one file of the same name from the next; null if there is none. */
  private static @Nullable Object identityOf(Path kindDirectory) throws IOException {
    try {
      return Platform.identityOfFile(kindDirectory.resolve(FILE_NAME));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Maps the file anew if somebody removed or replaced it or cut it short, which splits the processes
   * that have it mapped. Nothing that memory holds in any of them is taken for true then. The caller
   * holds the database's write lock, sees to it that the live database's generation is noted, and closes
   * the gap that this leaves; in between, somebody may take a ticket without that lock.
   *
   * @param evicting 0, or the number of the latest eviction if evictions hide entries
   */
  void attach(long evicting) throws IOException {
    if (isInPlace()) {
      return;
    }
    look(); // what was cut off cannot be read any more
    createOrMend(kindDirectory);
    awaitWrites();
    long tickets = lost ? unused() : tickets();
    long mark = lost ? evicting : evictingMark();
    long evicted = lost ? 0 : evictedWord();
    Object made = identityOf(kindDirectory);
    ByteBuffer counters = map(kindDirectory);
    startAfter(counters, tickets);
    MappedLongs.raise(counters, GENERATION_OFFSET, generation());
    MappedLongs.raise(counters, EVICTED_OFFSET, evicted);
    if (mark != 0) {
      MappedLongs.set(counters, EVICTING_OFFSET, mark);
    }
    attached(counters, made);
  }

  private synchronized void attached(ByteBuffer counters, @Nullable Object made) {
    // first, so that whoever looks at the new mapping compares it with its own file
    identity = made;
    memory = counters;
    lost = false;
  }

  /** A number of tickets that nobody has come to, as long as there are fewer than one in a millisecond. */
  private static long unused() {
    return System.currentTimeMillis();
  }

  /** Takes a ticket that is later than another's, which is not noted here. */
  private static void startAfter(ByteBuffer counters, long ticket) {
    long seen = MappedLongs.get(counters, STARTED_OFFSET);
    while (!MappedLongs.compareAndSet(counters, STARTED_OFFSET, seen, Math.max(ticket, seen) + 1)) {
      seen = MappedLongs.get(counters, STARTED_OFFSET);
    }
  }

  /**
   * Makes the file if it is missing, and mends it in place if it is damaged: another process may have
   * it mapped, and would not see a new file in its place. The caller holds the database's write lock,
   * so that two processes never do it at once.
   *
   * @throws DiskException if a newer release made it
   */
  static void createOrMend(Path kindDirectory) throws IOException {
    Path file = kindDirectory.resolve(FILE_NAME);
    if (!Files.exists(file)) {
      Platform.writeAtomically(file, empty().array());
    } else if (!isWhole(kindDirectory)) {
      mend(file);
    }
  }

  private static void mend(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long magic = magicOf(channel);
      if (magic > MAGIC && magic >>> Byte.SIZE == MAGIC >>> Byte.SIZE) {
        throw new NewerFormatException("open the kind", file);
      }
      ByteBuffer content = empty();
      channel.write(content.slice(0, Long.BYTES), MAGIC_OFFSET);
      if (channel.size() < FILE_BYTES) {
        int kept = Math.max(Long.BYTES, (int) channel.size());
        channel.write(content.slice(kept, FILE_BYTES - kept), kept);
        ByteBuffer started = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        channel.write(started.putLong(0, unused()), STARTED_OFFSET); // whoever maps it has stamps
      }
    }
  }

  private static ByteBuffer empty() {
    return ByteBuffer.allocate(FILE_BYTES)
        .order(ByteOrder.nativeOrder())
        .putLong(MAGIC_OFFSET, MAGIC);
  }

  private static long magicOf(FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    channel.read(start, MAGIC_OFFSET);
    return start.getLong(0);
  }

  static boolean isWhole(Path kindDirectory) throws IOException {
    Path file = kindDirectory.resolve(FILE_NAME);
    if (!Files.exists(file) || Files.size(file) < FILE_BYTES) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return magicOf(channel) == MAGIC;
    }
  }

  /**
   * The number of tickets taken, told apart from that of another opening of the same counters.
   *
   * @return a stamp is valid while it equals this
   */
  public long started() {
    return opening + (retired ? RETIRED_TICKETS : tickets());
  }

  private long tickets() {
    return get(STARTED_OFFSET);
  }

  long finished() {
    return get(FINISHED_OFFSET);
  }

  /**
   * The stamp for what is read from the database from now on.
   *
   * @return the stamp, or {@link #UNSTABLE} while a transaction is between ticket and end
   */
  public long stamp() {
    long finished = finished();
    return tickets() == finished && !retired ? opening + finished : UNSTABLE;
  }

  /**
   * The stamp, if it still holds.
   *
   * @param stamp noted before reading
   * @return the same, or {@link #UNSTABLE} if a ticket was taken since
   */
  public long confirm(long stamp) {
    return started() == stamp && !retired ? stamp : UNSTABLE; // an unstable one never equals
  }

  /**
   * The stamp of what the holder of the write lock stores.
   *
   * @return the stamp, or {@link #UNSTABLE}
   */
  long ownStamp() {
    long stamp = started(); // before the look: it is another as soon as this is lost or retired
    return lost || retired ? UNSTABLE : stamp;
  }

  /**
   * Waits until the counters can be written without waiting for the disk, where a thread that waits
   * keeps the JVM from nothing. Before a commit; after one nobody needs to ask.
   *
   * @throws DiskException if another thread has been waiting for that
   */
  void awaitWrites() {
    if (!writes.areTaken()) {
      throw new DiskException(
          "write " + kindDirectory.resolve(FILE_NAME), true, "the disk does not answer");
    }
  }

  /** Takes a ticket; under the write lock, before the commit. */
  long takeTicket() {
    awaitWrites();
    ByteBuffer counters = memory;
    try {
      return MappedLongs.getAndIncrement(counters, STARTED_OFFSET) + 1;
    } catch (InternalError e) {
      lose(counters);
      return UNSTABLE; // which ends nothing
    }
  }

  /** Ends a ticket, after its commit or rollback. Late calls do no harm. */
  void finish(long ticket) {
    update(counters -> MappedLongs.raise(counters, FINISHED_OFFSET, ticket));
  }

  /** Ends the tickets of the dead; under the write lock, where nobody alive can hold one. */
  void closeGap() {
    long last = tickets();
    if (finished() < last) {
      awaitWrites();
      finish(last);
    }
  }

  void countCommit() {
    update(counters -> MappedLongs.getAndIncrement(counters, COMMITS_OFFSET));
  }

  /**
   * How many commits there were; it tells those who look now and then that there was another.
   *
   * @return grows with each commit, of whatever process
   */
  public long commits() {
    return get(COMMITS_OFFSET);
  }

  /** The generation of the live database, as far as anybody has noted it. */
  long generation() {
    long generation = get(GENERATION_OFFSET);
    if (generation > knownGeneration) {
      knownGeneration = generation;
    }
    return generation;
  }

  /** Notes a generation, unless a later one is noted. */
  void raiseGeneration(long generation) {
    raise(GENERATION_OFFSET, generation);
  }

  private void raise(int offset, long number) {
    update(counters -> MappedLongs.raise(counters, offset, number));
  }

  /**
   * Notes the number of an eviction, before its commit: if the database cannot be read one day, it
   * says whether a backup was made after the latest.
   */
  void raiseEvicted(long sequence) {
    if (evictedWord() <= sequence) {
      awaitWrites();
      raise(EVICTED_OFFSET, sequence + 1);
    }
  }

  /** Whether it is known that nothing was evicted after a number. */
  boolean isNothingEvictedAfter(long sequence) {
    return evictedWord() > 0 && evictedWord() <= sequence + 1;
  }

  /** One more than the number of the latest eviction, or 0 if nobody noted it. */
  private long evictedWord() {
    return get(EVICTED_OFFSET);
  }

  /** Puts right a generation that no database has, unless another was noted meanwhile. */
  void resetGeneration(long wrong, long generation) {
    replace(GENERATION_OFFSET, wrong, generation);
  }

  /** Whether evictions hide entries that are still in the database. */
  boolean isEvicting() {
    return evictingMark() != 0;
  }

  /** 0, or the number of an eviction that hides entries. */
  long evictingMark() {
    return get(EVICTING_OFFSET);
  }

  /** Says that an eviction hides entries; under the write lock, before its commit. */
  void markEvicting(long number) {
    awaitWrites();
    update(counters -> MappedLongs.set(counters, EVICTING_OFFSET, number));
  }

  /** Says the same without the write lock, under which somebody may be saying something later. */
  void markEvictingIfNot(long number) {
    replace(EVICTING_OFFSET, 0, number);
  }

  /** Says, after the commit that removed the last of them, that none is hidden, unless one is anew. */
  void unmarkEvicting(long number) {
    if (number != 0) {
      update(counters -> MappedLongs.compareAndSet(counters, EVICTING_OFFSET, number, 0));
    }
  }

  /** Not right after a commit, which says enough of the disk. */
  private void replace(int offset, long expected, long number) {
    if (get(offset) == expected) {
      awaitWrites();
      update(counters -> MappedLongs.compareAndSet(counters, offset, expected, number));
    }
  }
}
