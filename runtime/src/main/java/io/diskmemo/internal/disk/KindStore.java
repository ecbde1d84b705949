package io.diskmemo.internal.disk;

import io.diskmemo.internal.seal.ValueCipher;
import io.diskmemo.key.Key;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of one kind on disk, shared with every other process that has the kind open.
 * Thread-safe. Every method throws {@link DiskException} if the disk does not do what it should.
 *
 * <p>A kind is spread over one database or several, by the first byte of the key. Each is on its own:
 * what is said here to be one step is one in each of them, and they follow each other.
 *
 * <p>Sizes count the bytes of values and a fixed amount for what an entry takes beside them. A
 * transaction that would leave the entries of a database above its part of the limit makes room, by
 * removing a limited number of entries, or else stores nothing; so the limit holds after every
 * commit, whoever writes.
 */
public final class KindStore implements AutoCloseable {
  /** What {@link #stampOf} says of an entry that is not there any more. */
  public static final long GONE = -2;

  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int MOST_PAUSES = 300;

  private final List<Shard> shards;
  private final Rescue rescue;
  private final List<Rescued> rescued;
  private final Executor background;

  private KindStore(List<Shard> shards, Rescue rescue, List<Rescued> rescued, Executor background) {
    this.shards = shards;
    this.rescue = rescue;
    this.rescued = new CopyOnWriteArrayList<>(rescued);
    this.background = background;
  }

  /**
   * Opens a kind, and makes it if it is new.
   *
   * @param directory that holds it
   * @param kind a valid name
   * @param limits that this process holds it to
   * @param databases that a new kind is spread over, or {@link StoreDirectory#AS_IT_IS}; one that is
   *     there keeps its number
   * @param clock for expiry
   * @param background for work that callers need not wait for
   * @return the store
   */
  public static KindStore open(
      StoreDirectory directory,
      String kind,
      StoreLimits limits,
      int databases,
      InstantSource clock,
      Executor background) {
    return open(directory, kind, limits, databases, clock, background, null);
  }

  /**
   * As {@link #open(StoreDirectory, String, StoreLimits, int, InstantSource, Executor)}, of a kind whose
   * values may be encrypted.
   *
   * @param directory that holds it
   * @param kind a valid name
   * @param limits that this process holds it to
   * @param databases as there
   * @param clock for expiry
   * @param background for work that callers need not wait for
   * @param cipher of its values, or null
   * @return the store
   */
  public static KindStore open(
      StoreDirectory directory,
      String kind,
      StoreLimits limits,
      int databases,
      InstantSource clock,
      Executor background,
      @Nullable ValueCipher cipher) {
    Rescue rescue = new Rescue(directory, kind, limits, clock);
    List<Rescued> rescued = new ArrayList<>();
    try {
      NativeLibrary.load(directory.nativeLibraries());
      for (int pauses = 0; ; pauses++) {
        List<KindFiles> files = directory.createKind(kind, databases);
        try {
          return new KindStore(
              opened(files, limits.dividedBy(files.size()), clock, background, cipher),
              rescue,
              rescued,
              background);
        } catch (DiskException e) {
          if (!e.pointsToDamage() || !rescue.isAllowed() || pauses == MOST_PAUSES) {
            throw e;
          }
          rescued.addAll(rescued(rescue, e));
        }
      }
    } catch (IOException e) {
      throw new DiskException("open kind " + kind, e);
    }
  }

  private static List<Shard> opened(
      List<KindFiles> files,
      StoreLimits part,
      InstantSource clock,
      Executor background,
      @Nullable ValueCipher cipher) {
    List<Shard> opened = new ArrayList<>();
    try {
      for (KindFiles one : files) {
        opened.add(Shard.open(one, part, clock, background, new Sealing(cipher)));
      }
      return List.copyOf(opened);
    } catch (RuntimeException | Error e) {
      closeAfter(opened, e);
      throw e;
    }
  }

  /** Nothing if another process is at it, which is given time. */
  private static List<Rescued> rescued(Rescue rescue, DiskException reason) {
    LOG.debug("a kind cannot be opened; its database is looked at", reason);
    LockSupport.parkNanos(PAUSE.toNanos());
    List<Rescued> done;
    boolean needed;
    try {
      done = rescue.run();
      needed = done.isEmpty() && rescue.isNeeded();
    } catch (DiskException e) {
      if (e.isTransient()) {
        LOG.debug("another process is at it", e);
        return List.of();
      }
      reason.addSuppressed(e);
      throw reason;
    }
    if (done.isEmpty() && !needed) {
      throw reason;
    }
    return done;
  }

  /**
   * Looks at each database of a kind twice, a while apart, on fresh connections. Nobody need be able to
   * open it. Reads all of it.
   *
   * @param directory that holds it
   * @param kind a valid name
   * @param limits that this process holds it to
   * @param clock for expiry
   * @return whether a database is damaged or missing
   * @throws DiskException if it cannot be looked at, which says nothing about it
   */
  public static boolean isDamaged(
      StoreDirectory directory, String kind, StoreLimits limits, InstantSource clock) {
    NativeLibrary.load(directory.nativeLibraries());
    Rescue rescue = new Rescue(directory, kind, limits, clock);
    if (!rescue.isNeeded()) {
      return false;
    }
    LockSupport.parkNanos(PAUSE.toNanos());
    return rescue.isNeeded();
  }

  private static void closeAfter(List<Shard> opened, Throwable reason) {
    try {
      closeAll(opened);
    } catch (DiskException e) {
      reason.addSuppressed(e);
    }
  }

  /**
   * Closes what is idle, and looks at each database once, on a fresh connection. What fails is no
   * reason to revive a database before a second look a while later says the same. Reads all of it; not
   * for threads of callers.
   *
   * @return whether a database is damaged or missing
   * @throws DiskException if it cannot be looked at, which says nothing about it
   */
  public boolean isDamaged() {
    each(Shard::reopen);
    return rescue.isNeeded();
  }

  /**
   * Looks at each database twice more, and puts another in the place of each that is damaged, in all
   * processes: with what its newest sound backup has, if nothing was evicted since, and with what value
   * files hold. The damaged one is set aside. Of several processes and threads one does it; the others
   * go on with what it made. Not for threads of callers.
   *
   * @return what came back; empty if all are sound by now
   * @throws DiskException transient if another process is at it or makes a backup; else if it could
   *     not be done, or is not to be done, and nothing was changed
   */
  public List<Rescued> reviveIfDamaged() {
    List<Rescued> done = rescue.run();
    rescued.addAll(done);
    return done;
  }

  /**
   * What was revived by this process, on opening the kind and since, and was not yet asked for.
   *
   * @return in order
   */
  public List<Rescued> takeRescued() {
    List<Rescued> taken = List.copyOf(rescued);
    rescued.removeAll(taken);
    return taken;
  }

  /**
   * Notes what was revived when the kind was opened before, for {@link #takeRescued}.
   *
   * @param earlier in order
   */
  public void noteRescued(List<Rescued> earlier) {
    rescued.addAll(0, earlier);
  }

  /**
   * The files of what was found damaged and is still kept.
   *
   * @return paths below the kind's directory, of databases and of values, the latest first
   */
  public List<String> quarantined() {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < shards.size(); i++) {
      String inKind =
          (shards.size() == 1 ? "" : StoreDirectory.SHARD + i + "/") + Quarantine.DIRECTORY;
      shards.get(i).quarantined().forEach(name -> paths.add(inKind + "/" + name));
    }
    return paths;
  }

  /**
   * Does something where callers do not wait for it; not after the end.
   *
   * @param work that runs no code of users
   */
  public void inBackground(Runnable work) {
    background.execute(work);
  }

  /**
   * How many databases there are.
   *
   * @return 1 or more
   */
  public int databases() {
    return shards.size();
  }

  private Shard of(Key key) {
    return shards.size() == 1 ? shards.get(0) : shards.get(indexOf(key));
  }

  /** In ranges, so that the databases one after the other hold the keys in their order. */
  private int indexOf(Key key) {
    return (key.toBytes()[0] & 0xFF) * shards.size() / (1 << Byte.SIZE);
  }

  private void each(Consumer<Shard> work) {
    shards.forEach(work);
  }

  private long sum(ToLongFunction<Shard> work) {
    return shards.stream().mapToLong(work).sum();
  }

  /**
   * The counters that say whether what was read under a key is still true.
   *
   * @param key of an entry
   * @return shared with all processes
   */
  public Coherence coherence(Key key) {
    return of(key).coherence();
  }

  /**
   * Reads an entry and checks it. A damaged one is removed.
   *
   * @param key of the entry
   * @return the entry or the reason why there is none
   */
  public Lookup find(Key key) {
    return of(key).reader.find(key);
  }

  /**
   * As {@link #find}, of an entry that may have expired.
   *
   * @param key of the entry
   * @param mostMillis since it expired
   * @return the entry or the reason why there is none
   */
  public Lookup findLate(Key key, long mostMillis) {
    return of(key).reader.findLate(key, mostMillis);
  }

  /**
   * Reads an entry and checks it, without taking into memory a value that has a file.
   *
   * @param key of the entry
   * @return also a {@link StoredFile}
   */
  public Lookup findStreamed(Key key) {
    return of(key).reader.findStreamed(key);
  }

  /**
   * Reads several entries with few queries. What is damaged is left for {@link #find}.
   *
   * @param keys of entries
   * @param mostBytes of all together, with what entries take beside their values; what is more than
   *     that is left out
   * @return those that there are
   */
  public Map<Key, StoredEntry> findAll(Collection<Key> keys, long mostBytes) {
    Map<Integer, List<Key>> parts = new TreeMap<>();
    keys.forEach(
        key -> parts.computeIfAbsent(indexOf(key), i -> new ArrayList<>()).add(key));
    Map<Key, StoredEntry> found = new HashMap<>();
    parts.forEach((shard, part) -> found.putAll(shards
        .get(shard)
        .reader
        .findAll(
            part,
            mostBytes
                - found.values().stream()
                    .mapToLong(entry -> entry.value().length)
                    .sum())));
    return found;
  }

  /**
   * Removes an entry if it is still the one that was read.
   *
   * @param key of the entry
   * @param identity that it had
   * @return false if somebody else removed or replaced it
   */
  public boolean remove(Key key, RowIdentity identity) {
    return of(key).damaged.remove(key, identity);
  }

  /**
   * Looks whether the key's entry is still the one that was read.
   *
   * @param key of the entry
   * @param identity that it had
   * @return {@link #GONE} if it was evicted, replaced or culled; else the stamp under which it is
   *     there, or {@link Coherence#UNSTABLE}
   */
  public long stampOf(Key key, RowIdentity identity) {
    return of(key).reader.stampOf(key, identity);
  }

  /**
   * Notes that an entry was read without this store, from memory. It is written with other writes.
   *
   * @param key of the entry
   * @param identity that it had
   * @param times how often
   */
  public void noteAccesses(Key key, RowIdentity identity, int times) {
    of(key).reader.noteAccesses(identity, times);
  }

  /** Writes down what was read since the last time, where the order of culls depends on it. */
  public void flushAccesses() {
    each(shard -> shard.room.flushAccesses());
  }

  /**
   * The number of the latest eviction. What is computed from now on can be published unless it is
   * evicted by a later one.
   *
   * @param key of what is computed
   * @return for {@link NewEntry#sequence}
   */
  public long sequence(Key key) {
    return of(key).contents().sequence();
  }

  /**
   * Whether an entry that waits to be stored was evicted after its sequence.
   *
   * @param entry not yet stored
   * @return true if it would be refused
   */
  public boolean isEvicted(NewEntry entry) {
    return of(entry.key()).entries.isEvicted(entry);
  }

  /**
   * Stores an entry in a transaction of its own, or in one with those of other threads.
   *
   * @param entry of this kind
   * @return what became of it
   */
  public Stored store(NewEntry entry) {
    return of(entry.key()).entries.store(entry);
  }

  /**
   * Stores entries in one transaction for each database; if there is no room for one, none of its
   * database is stored, nor of those after it.
   *
   * @param entries of this kind
   * @return what became of each, in order
   */
  public List<Stored> storeAllOrNone(List<NewEntry> entries) {
    return storeParts(entries, EntryWriter::storeAllOrNone);
  }

  /**
   * Stores entries in one transaction for each database; what finds no room is left out.
   *
   * @param entries of this kind
   * @return what became of each, in order
   */
  public List<Stored> storeEach(List<NewEntry> entries) {
    return storeParts(entries, EntryWriter::storeEach);
  }

  /**
   * Whether this process could not read a value if it were stored.
   *
   * @param value possibly encrypted
   * @return true for one that is encrypted with another key than the kind's; false if that has none
   * @throws IOException if the value cannot be read
   */
  public boolean isOfOtherKey(Content value) throws IOException {
    return shards.get(0).isOfOtherKey(value);
  }

  private List<Stored> storeParts(
      List<NewEntry> entries, BiFunction<EntryWriter, List<NewEntry>, List<Stored>> store) {
    if (shards.size() == 1) {
      return store.apply(shards.get(0).entries, entries);
    }
    Map<Integer, List<Integer>> parts = new TreeMap<>();
    for (int i = 0; i < entries.size(); i++) {
      parts
          .computeIfAbsent(indexOf(entries.get(i).key()), shard -> new ArrayList<>())
          .add(i);
    }
    Stored[] stored = new Stored[entries.size()];
    parts.forEach((shard, part) -> {
      List<Stored> ofPart =
          store.apply(shards.get(shard).entries, part.stream().map(entries::get).toList());
      for (int i = 0; i < part.size(); i++) {
        stored[part.get(i)] = ofPart.get(i);
      }
    });
    return List.of(stored);
  }

  /**
   * Evicts entries, and refuses those that are being computed now. Once it returns, no process
   * returns them. A few are removed at once; many are hidden, and removed in the background.
   *
   * @param filter which
   * @return how many were on disk
   */
  public long evict(EntryFilter filter) {
    return sum(shard -> shard.evicted.evict(filter));
  }

  /** Removes what evictions hide, and waits until it is done. */
  public void removeHidden() {
    removeHidden(Pace.TO_THE_END);
  }

  /**
   * Removes what evictions hide, in steps that each hold the write lock for a moment.
   *
   * @param pace says how long it goes on
   * @return how many entries
   */
  public long removeHidden(Pace pace) {
    return sum(shard -> shard.evicted.remove(pace));
  }

  /**
   * Removes what evictions left: entries that they hide, and databases that they superseded.
   *
   * @param pace says how long it goes on
   */
  public void removeEvicted(Pace pace) {
    removeHidden(pace);
    each(shard -> shard.superseded.deleteIfAny());
  }

  /**
   * How many entries {@link #evict} would remove.
   *
   * @param filter which
   * @return how many are on disk
   */
  public long count(EntryFilter filter) {
    return sum(shard -> shard.contents().count(filter));
  }

  /**
   * Evicts one entry, and refuses those of its method that are being computed now.
   *
   * @param key of the entry
   * @param method that it is a result of, or null if nobody knows
   * @return whether it was on disk
   */
  public boolean evict(Key key, @Nullable MethodName method) {
    return of(key).evicted.evict(key, method);
  }

  /**
   * Whether an entry was put by hand.
   *
   * @param key of the entry
   * @return false also if there is none
   */
  public boolean isByHand(Key key) {
    return of(key).contents().isByHand(key);
  }

  /** What to put in the place of an entry, whose tags it keeps, and what to tell the caller. */
  public record Replacement<T>(NewEntry entry, T result) {}

  /** What the caller is told, and how many entries were removed to make room. */
  public record Updated<T>(T result, long culled) {}

  /** Decides about an entry while nobody else can write. It must be quick, and call no user code. */
  public interface Decision<T> {
    /**
     * Decides.
     *
     * @param present the entry, or the reason why there is none
     * @return what to store in its place
     */
    Replacement<T> decide(Lookup present);
  }

  /**
   * Reads an entry and replaces it, as one step for all processes.
   *
   * @param key of the entry
   * @param decision says what takes its place
   * @param <T> what the caller is told
   * @return what the decision says, and what it took
   */
  public <T> Updated<T> update(Key key, Decision<T> decision) {
    return of(key).updates().update(key, decision);
  }

  /**
   * Gives an entry another time to live.
   *
   * @param key of the entry
   * @param expiresMillis when it expires from now on, or {@link StoredEntry#NEVER}
   * @return whether there is such an entry
   */
  public boolean touch(Key key, long expiresMillis) {
    return of(key).updates().touch(key, expiresMillis);
  }

  /**
   * Removes the entries whose time is over, in steps that each hold the write lock for a moment.
   *
   * @return how many
   */
  public long expire() {
    return expire(Pace.TO_THE_END);
  }

  /**
   * As {@link #expire()}.
   *
   * @param pace says how long it goes on
   * @return how many
   */
  public long expire(Pace pace) {
    return sum(shard -> shard.room.expire(pace));
  }

  /**
   * How many entries {@link #expire} would remove.
   *
   * @return how many
   */
  public long countExpired() {
    return sum(shard -> shard.room.countExpired());
  }

  /**
   * How many entries {@link #cull} would remove.
   *
   * @return how many
   */
  public long countToCull() {
    return sum(shard -> shard.room.countToCull());
  }

  /**
   * Makes room if there is more than the limit allows, in steps that each hold the write lock for a
   * moment.
   *
   * @return how many entries were removed
   */
  public long cull() {
    return cull(Pace.TO_THE_END);
  }

  /**
   * As {@link #cull()}.
   *
   * @param pace says how long it goes on
   * @return how many entries were removed
   */
  public long cull(Pace pace) {
    return sum(shard -> shard.room.cullIfOver(pace));
  }

  /**
   * How many entries were removed to make room in the background, since the last call.
   *
   * @return how many
   */
  public long takeCulledInBackground() {
    return sum(shard -> shard.room.takeCulledInBackground());
  }

  /**
   * Notes that a method is in use. It is written with other writes.
   *
   * @param method that was bound
   */
  public void noteUse(MethodName method) {
    each(shard -> shard.noteUse(method));
  }

  /**
   * How many entries {@link #dropOutdated} would remove.
   *
   * @param unusedMillis as there
   * @return how many
   */
  public long countOutdated(long unusedMillis) {
    return sum(shard -> shard.outdated().count(unusedMillis));
  }

  /**
   * Removes the entries of versions of methods that were not used for a while, if another version of
   * the same method was used or stored later.
   *
   * @param unusedMillis how long a version was not used
   * @param pace says how long it goes on
   * @return how many
   */
  public long dropOutdated(long unusedMillis, Pace pace) {
    return sum(shard -> shard.outdated().drop(unusedMillis, pace));
  }

  /**
   * Gives free room back to the file system, in steps that each hold the write lock for a moment. Some
   * is kept for what is stored next.
   *
   * @param pace says how long it goes on
   * @return by how many bytes the databases are smaller
   */
  public long compact(Pace pace) {
    return sum(shard -> shard.compact(pace));
  }

  /**
   * The methods that have or had entries.
   *
   * @return names with parameter types, in order
   */
  public List<String> methodNames() {
    return shards.stream()
        .flatMap(shard -> shard.contents().methodNames().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Shows live entries, one after the other, without holding the database.
   *
   * @param filter which
   * @param use takes each
   * @param pace says how long it goes on
   * @return how many were shown, and how many were damaged and left out
   * @throws IOException if the taker does
   */
  public EntryScan.Result scan(EntryFilter filter, EntryScan.Use use, Pace pace)
      throws IOException {
    EntryScan.Result all = new EntryScan.Result(0, 0);
    for (Shard shard : shards) {
      all = all.plus(shard.scan(filter).run(use, pace));
    }
    return all;
  }

  /**
   * Removes the names of tags that no entry has any more.
   *
   * @return how many
   */
  public long dropUnusedTags() {
    return dropUnusedTags(Pace.TO_THE_END);
  }

  /**
   * As {@link #dropUnusedTags()}.
   *
   * @param pace says how long it goes on
   * @return how many
   */
  public long dropUnusedTags(Pace pace) {
    return sum(shard -> shard.dropUnusedTags(pace));
  }

  /** How much there is: entries, and the bytes that count against the limit. */
  public record Size(long entries, long bytes) {}

  /**
   * How much there is, with what evictions hide until it is removed.
   *
   * @return as of the last commit
   */
  public Size size() {
    return shards.stream()
        .map(shard -> shard.contents().size())
        .reduce((a, b) -> new Size(a.entries() + b.entries(), a.bytes() + b.bytes()))
        .orElseThrow();
  }

  /** How much there is under a tag. */
  public record TagSize(String tag, long entries, long bytes) {}

  /**
   * The tags that entries have, in the order of their names.
   *
   * @return each with what it has
   */
  public List<TagSize> tags() {
    Map<String, TagSize> sums = new TreeMap<>();
    each(shard ->
        shard.contents().tags().forEach(one -> sums.merge(one.tag(), one, KindStore::plus)));
    return List.copyOf(sums.values());
  }

  private static TagSize plus(TagSize one, TagSize other) {
    return new TagSize(one.tag(), one.entries() + other.entries(), one.bytes() + other.bytes());
  }

  /**
   * The keys of all entries, in their order, a page at a time.
   *
   * @param after the last key of the page before, or null for the first page
   * @param most length of the page
   * @return keys; none only at the end
   */
  public List<Key> keys(@Nullable Key after, int most) {
    for (int i = after == null ? 0 : indexOf(after); i < shards.size(); i++) {
      List<Key> page = shards.get(i).contents().keys(after, most);
      if (!page.isEmpty()) {
        return page;
      }
    }
    return List.of();
  }

  /**
   * Adds to the totals that all processes share.
   *
   * @param increments by name
   */
  public void addTotals(Map<String, Long> increments) {
    shards.get(0).settingsAndTotals().addTotals(increments);
  }

  /**
   * The totals that all processes added to.
   *
   * @return by name
   */
  public Map<String, Long> totals() {
    return shards.get(0).settingsAndTotals().totals();
  }

  /**
   * How long the transactions that are under way have been writing. Waiting for others is no writing.
   *
   * @param nowNanos of the JVM's clock
   * @return of the longest; 0 while one waits for other processes, and {@link Long#MAX_VALUE} if there
   *     is none
   */
  public long writingNanos(long nowNanos) {
    long longest = Long.MAX_VALUE;
    for (Shard shard : shards) {
      longest = shard.progress().longer(longest, nowNanos);
    }
    return longest;
  }

  /**
   * Stores something, reads it back and compares, in each database.
   *
   * @throws DiskException if that does not work
   */
  public void probe() {
    each(Shard::probe);
  }

  /**
   * Whether the files that are open are still where others will look for them.
   *
   * @return false if somebody removed or replaced them
   */
  public boolean isInPlace() {
    return shards.stream().allMatch(Shard::isInPlace);
  }

  /** Lets go of databases whose place others took, so that the system can give their room back. */
  public void moveOn() {
    shards.forEach(Shard::moveOn);
  }

  /**
   * Makes nothing that was read through this store be taken for true any more, because another takes
   * its place.
   */
  public void retire() {
    each(shard -> shard.coherence().retire());
  }

  /**
   * Notes the settings that the kind is used with, for tools that have no other way to know them.
   *
   * @param settings by name
   */
  public void noteSettings(Map<String, String> settings) {
    shards.get(0).settingsAndTotals().noteSettings(settings);
  }

  /**
   * The settings noted last.
   *
   * @return by name; empty if none were
   */
  public Map<String, String> settings() {
    return shards.get(0).settingsAndTotals().settings();
  }

  /**
   * Looks at every entry, removes the damaged, and mends sums that are wrong.
   *
   * @param repair false only to look
   * @return what was found
   */
  public CheckResult check(boolean repair) {
    return check(repair, Pace.TO_THE_END);
  }

  /**
   * As {@link #check(boolean)}. What was not looked at when it ends early is taken to be sound.
   *
   * @param repair false only to look
   * @param pace says how long it goes on
   * @return what was found
   */
  public CheckResult check(boolean repair, Pace pace) {
    return shards.stream()
        .map(shard -> shard.check(repair, pace))
        .reduce(CheckResult::plus)
        .orElseThrow();
  }

  /**
   * Deletes files that nobody needs: of values whose entries are gone, and of databases that were
   * superseded.
   *
   * @return how many
   */
  public long sweep() {
    return sweep(Pace.TO_THE_END);
  }

  /**
   * As {@link #sweep()}.
   *
   * @param pace says how long it goes on
   * @return how many
   */
  public long sweep(Pace pace) {
    rescue.sweep();
    return sum(shard -> shard.sweep(pace));
  }

  @Override
  public void close() {
    closeAll(shards);
  }

  private static void closeAll(List<Shard> shards) {
    DiskException failure = null;
    for (Shard shard : shards) {
      try {
        shard.close();
      } catch (DiskException e) {
        failure = DiskException.first(failure, e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
