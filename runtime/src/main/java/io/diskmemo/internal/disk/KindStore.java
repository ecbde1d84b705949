package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of one kind on disk, shared with every other process that has the kind open.
 * Thread-safe. Every method throws {@link DiskException} if the disk does not do what it should.
 *
 * <p>Sizes count the bytes of values and a fixed amount for what an entry takes beside them. A
 * transaction that would leave the entries above the limit removes those stored longest ago, a
 * limited number of them, or else stores nothing; so the limit holds after every commit, whoever
 * writes.
 */
public final class KindStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  /** What {@link #stampOf} says of an entry that is not there any more. */
  public static final long GONE = -2;

  private static final String FIND =
      "SELECT id, stored, expires, cost, checksum, value FROM entry WHERE key = ?";
  private static final int READERS = 4;
  private static final int EXPIRE_STEP = 1000;
  private static final int CULL_STEP = 1000;
  private static final int UNSTABLE_READS_BEFORE_CLOSING = 64;

  /** Leaves room after a cull, so that the next stores need not cull again. */
  private static final double LOW_WATERMARK = 0.9;

  private final StoreLimits limits;
  private final InstantSource clock;
  private final Writer writer;
  private final Readers readers;
  private final Coherence coherence;
  private final AtomicInteger unstableReads = new AtomicInteger();

  private KindStore(StoreLimits limits, InstantSource clock, Writer writer, Readers readers) {
    this.limits = limits;
    this.clock = clock;
    this.writer = writer;
    this.readers = readers;
    this.coherence = writer.coherence();
  }

  /**
   * Opens a kind, and makes it if it is new.
   *
   * @param directory that holds it
   * @param kind a valid name
   * @param limits that this process holds it to
   * @param clock for expiry
   * @return the store
   */
  public static KindStore open(
      StoreDirectory directory, String kind, StoreLimits limits, InstantSource clock) {
    try {
      KindFiles files = new KindFiles(directory.createKind(kind));
      Database database = new Database(files.database(), limits);
      Writer writer = Busy.retry(
          limits.timeout(), () -> Writer.open(database, limits.timeout(), files.directory()));
      return new KindStore(limits, clock, writer, new Readers(database, limits.timeout(), READERS));
    } catch (IOException e) {
      throw new DiskException("open kind " + kind, e);
    } catch (SQLException e) {
      throw new DiskException("open kind " + kind, e);
    }
  }

  /**
   * The counters that say whether what was read is still true.
   *
   * @return shared with all processes
   */
  public Coherence coherence() {
    return coherence;
  }

  /**
   * Reads an entry and checks it. A damaged one is removed.
   *
   * @param key of the entry
   * @return the entry or the reason why there is none
   */
  public Lookup find(Key key) {
    long stamp = stampOrCloseGap();
    Optional<Row> found = readers.read("read an entry", statements -> select(statements, key));
    if (found.isEmpty()) {
      return Lookup.Miss.ABSENT;
    }
    Row row = found.get();
    if (!row.isSound(key)) {
      removeIfFree(key, new RowIdentity(row.id(), row.checksum()));
      return Lookup.Miss.DAMAGED;
    }
    if (row.expires() <= clock.millis()) {
      return Lookup.Miss.EXPIRED;
    }
    return row.toEntry(coherence.confirm(stamp));
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(
      long id, long stored, long expires, long cost, long checksum, byte @Nullable [] value) {

    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getLong(1),
          row.getLong(2),
          row.getLong(3),
          row.getLong(4),
          row.getLong(5),
          row.getBytes(6));
    }

    boolean isSound(Key key) {
      return value != null && EntryChecksum.of(key, stored, expires, cost, value) == checksum;
    }

    StoredEntry toEntry(long stamp) {
      byte[] sound = value == null ? new byte[0] : value;
      return new StoredEntry(new RowIdentity(id, checksum), stored, expires, cost, sound, stamp);
    }
  }

  private static Optional<Row> select(Statements statements, Key key) throws SQLException {
    return statements.first(FIND, Row::of, (Object) key.toBytes());
  }

  /** A damaged entry that cannot be removed now is a miss all the same, and found again. */
  private void removeIfFree(Key key, RowIdentity identity) {
    try {
      remove(key, identity);
    } catch (DiskException e) {
      LOG.debug("a damaged entry stays until it is found again", e);
    }
  }

  /**
   * Removes an entry if it is still the one that was read.
   *
   * @param key of the entry
   * @param identity that it had
   * @return false if somebody else removed or replaced it
   */
  public boolean remove(Key key, RowIdentity identity) {
    return writer
        .write("remove an entry", transaction -> {
          Optional<Entries.Present> present = transaction.entries.find(key);
          if (present.isEmpty() || !present.get().identity().equals(identity)) {
            return false;
          }
          transaction.invalidateMemory();
          transaction.entries.remove(present.get(), transaction.state);
          return true;
        })
        .value();
  }

  /** Readers that find a gap between the counters for long close it. */
  private long stampOrCloseGap() {
    long stamp = coherence.stamp();
    if (stamp == Coherence.UNSTABLE
        && unstableReads.incrementAndGet() % UNSTABLE_READS_BEFORE_CLOSING == 0) {
      writer.closeGapIfIdle();
      return coherence.stamp();
    }
    return stamp;
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
    long stamp = stampOrCloseGap();
    boolean present = readers.read(
        "look at an entry",
        statements -> statements
            .list(
                "SELECT id, checksum FROM entry WHERE key = ?",
                row -> new RowIdentity(row.getLong(1), row.getLong(2)),
                (Object) key.toBytes())
            .contains(identity));
    return present ? coherence.confirm(stamp) : GONE;
  }

  /**
   * The number of the latest eviction. What is computed from now on can be published unless it is
   * evicted by a later one.
   *
   * @return for {@link NewEntry#sequence}
   */
  public long sequence() {
    return readers.read(
        "read the sequence",
        statements -> statements.number("SELECT sequence FROM state").orElseThrow());
  }

  /**
   * Whether an entry that waits to be stored was evicted after its sequence.
   *
   * @param entry not yet stored
   * @return true if it would be refused
   */
  public boolean isEvicted(NewEntry entry) {
    return readers.read("look for an eviction", statements -> {
      statements.execute("BEGIN");
      try {
        return new Names(statements).evictedSince(entry, State.read(statements));
      } finally {
        statements.execute("COMMIT");
      }
    });
  }

  /**
   * Stores an entry in a transaction of its own.
   *
   * @param entry of this kind
   * @return what became of it
   */
  public Stored store(NewEntry entry) {
    Writer.Result<Stored> result =
        writer.write("store an entry", transaction -> store(entry, transaction));
    return result.value().stampedWith(result.stamp());
  }

  /**
   * Stores entries in one transaction; if there is no room for one, none is stored.
   *
   * @param entries of this kind
   * @return what became of each, in order
   */
  public List<Stored> storeAllOrNone(List<NewEntry> entries) {
    // the last would cull the first
    if (entries.stream().mapToLong(NewEntry::sizeBytes).sum() > limits.sizeBytes()) {
      throw noRoom("store a batch");
    }
    Writer.Result<List<Stored>> result = writer.write("store a batch", transaction -> {
      List<Stored> stored = new ArrayList<>(entries.size());
      for (NewEntry entry : entries) {
        stored.add(storeOrFail("store a batch", entry, transaction));
      }
      return stored;
    });
    return result.value().stream()
        .map(stored -> stored.stampedWith(result.stamp()))
        .toList();
  }

  private Stored storeOrFail(String operation, NewEntry entry, Writer.Transaction transaction)
      throws SQLException {
    Stored stored = store(entry, transaction);
    if (stored.outcome() == Stored.Outcome.NO_ROOM) {
      throw noRoom(operation);
    }
    return stored;
  }

  private DiskException noRoom(String operation) {
    return new DiskException(
        operation,
        false,
        "there is no room within " + limits.sizeBytes() + " bytes; raise sizeLimit, or store less");
  }

  private Stored store(NewEntry entry, Writer.Transaction transaction) throws SQLException {
    State state = transaction.state;
    if (transaction.names.evictedSince(entry, state)) {
      return Stored.not(Stored.Outcome.EVICTED_MEANWHILE);
    }
    long now = clock.millis();
    Optional<Entries.Present> present = transaction.entries.find(entry.key());
    if (present.isPresent()) {
      if (entry.mode() != NewEntry.Mode.REPLACE && present.get().expiresMillis() > now) {
        return Stored.not(Stored.Outcome.PRESENT);
      }
      transaction.entries.remove(present.get(), state);
    }
    if (entry.mode() != NewEntry.Mode.PUBLISH) {
      transaction.invalidateMemory(); // a computed result only takes the place of an expired one
    }
    long culled = makeRoom(entry, transaction);
    Stored stored = fits(entry, state)
        ? new Stored(
            Stored.Outcome.STORED,
            transaction.entries.insert(entry, now, state),
            Coherence.UNSTABLE,
            0)
        : Stored.not(Stored.Outcome.NO_ROOM);
    return stored.culling(culled);
  }

  /** Culls, unless the entry would not even fit into an empty store. */
  private long makeRoom(NewEntry entry, Writer.Transaction transaction) throws SQLException {
    State state = transaction.state;
    boolean canFit = entry.sizeBytes() <= limits.sizeBytes();
    return limits.culls() && canFit
        ? transaction.cull(
            state.sizeBytes() + entry.sizeBytes() - limits.sizeBytes(), limits.cullLimit())
        : 0;
  }

  private boolean fits(NewEntry entry, State state) {
    return state.sizeBytes() + entry.sizeBytes() <= limits.sizeBytes();
  }

  /**
   * Evicts entries, and refuses those that are being computed now. Once it returns, no process
   * returns them.
   *
   * @param filter which
   * @return how many were on disk
   */
  public long evict(EntryFilter filter) {
    return writer
        .write("evict entries", transaction -> {
          transaction.invalidateMemory();
          return evict(filter, transaction);
        })
        .value();
  }

  private static long evict(EntryFilter filter, Writer.Transaction transaction)
      throws SQLException {
    String tag = filter.tag();
    String method = filter.method();
    if (method != null) {
      return evictMethods(method, tag, transaction);
    }
    if (tag != null) {
      return evictTag(tag, transaction);
    }
    transaction.state.evictKind();
    return transaction.entries.removeAll(transaction.state);
  }

  private static long evictMethods(
      String name, @Nullable String tag, Writer.Transaction transaction) throws SQLException {
    long generation = transaction.state.evictSomeNames();
    long evicted = 0;
    for (long method : transaction.names.methodRows(name)) {
      transaction.names.evictMethod(method, generation);
      evicted += removeOf(method, tag, transaction);
    }
    return evicted;
  }

  private static long evictTag(String tag, Writer.Transaction transaction) throws SQLException {
    long row = transaction.names.tagRow(tag, transaction.state);
    transaction.names.evictTag(row, transaction.state.nextGeneration());
    return transaction.entries.removeTagged(row, transaction.state);
  }

  private static long removeOf(long method, @Nullable String tag, Writer.Transaction transaction)
      throws SQLException {
    if (tag == null) {
      return transaction.entries.removeOfMethod(method, transaction.state);
    }
    OptionalLong row = transaction.names.tagRow(tag);
    return row.isPresent()
        ? transaction.entries.removeTaggedOfMethod(row.getAsLong(), method, transaction.state)
        : 0;
  }

  /**
   * How many entries {@link #evict} would remove.
   *
   * @param filter which
   * @return how many are on disk
   */
  public long count(EntryFilter filter) {
    return readers.read(
        "count entries",
        statements -> statements
            .number(
                "SELECT count(*) FROM entry WHERE"
                    + " (?1 = '' OR id IN (SELECT entry FROM entry_tag WHERE tag ="
                    + " (SELECT id FROM tag WHERE name = ?1)))"
                    + " AND (?2 = '' OR method IN (SELECT id FROM method WHERE name = ?2"
                    + " OR substr(name, 1, length(?2) + 1) = ?2 || '('))",
                Optional.ofNullable(filter.tag()).orElse(""),
                Optional.ofNullable(filter.method()).orElse(""))
            .orElseThrow());
  }

  /**
   * Evicts one entry, and refuses those of its method that are being computed now.
   *
   * @param key of the entry
   * @param method that it is a result of, or null if nobody knows
   * @return whether it was on disk
   */
  public boolean evict(Key key, @Nullable MethodName method) {
    return writer
        .write("evict an entry", transaction -> {
          transaction.invalidateMemory();
          return evict(key, method, transaction);
        })
        .value();
  }

  private static boolean evict(Key key, @Nullable MethodName method, Writer.Transaction transaction)
      throws SQLException {
    State state = transaction.state;
    Optional<Entries.Present> present = transaction.entries.find(key);
    if (present.isPresent()) {
      transaction.names.evictMethod(present.get().method(), state.nextGeneration());
      transaction.entries.remove(present.get(), state);
    } else if (method == null) {
      state.evictKind(); // it may be being computed by any method
    } else {
      transaction.names.evictMethod(
          transaction.names.methodRow(method, state), state.nextGeneration());
    }
    return present.isPresent();
  }

  /**
   * Whether an entry was put by hand.
   *
   * @param key of the entry
   * @return false also if there is none
   */
  public boolean isByHand(Key key) {
    return readers.read(
        "look at an entry",
        statements -> statements
            .number(
                "SELECT 1 FROM entry JOIN method ON method.id = method WHERE key = ? AND name = ''",
                (Object) key.toBytes())
            .isPresent());
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
    return writer
        .write("update an entry", transaction -> {
          transaction.invalidateMemory();
          Lookup present = lookup(key, transaction);
          Replacement<T> replacement = decision.decide(present);
          NewEntry entry = withTagsOf(present, replacement.entry(), transaction);
          long culled = storeOrFail("update an entry", entry, transaction).culled();
          return new Updated<>(replacement.result(), culled);
        })
        .value();
  }

  private Lookup lookup(Key key, Writer.Transaction transaction) throws SQLException {
    Optional<Row> found = select(transaction.statements, key);
    if (found.isEmpty()) {
      return Lookup.Miss.ABSENT;
    }
    Row row = found.get();
    if (!row.isSound(key)) {
      return Lookup.Miss.DAMAGED;
    }
    return row.expires() <= clock.millis() ? Lookup.Miss.EXPIRED : row.toEntry(Coherence.UNSTABLE);
  }

  private static NewEntry withTagsOf(Lookup present, NewEntry entry, Writer.Transaction transaction)
      throws SQLException {
    return present instanceof StoredEntry old
        ? entry.tagged(transaction.entries.tagsOf(old.identity().row()))
        : entry;
  }

  /**
   * Gives an entry another time to live.
   *
   * @param key of the entry
   * @param expiresMillis when it expires from now on, or {@link StoredEntry#NEVER}
   * @return whether there is such an entry
   */
  public boolean touch(Key key, long expiresMillis) {
    return writer
        .write("touch an entry", transaction -> {
          if (!(lookup(key, transaction) instanceof StoredEntry entry)) {
            return false;
          }
          transaction.invalidateMemory();
          long checksum = EntryChecksum.of(
              key, entry.storedMillis(), expiresMillis, entry.costNanos(), entry.value());
          transaction.statements.update(
              "UPDATE entry SET expires = ?, checksum = ? WHERE id = ?",
              expiresMillis,
              checksum,
              entry.identity().row());
          return true;
        })
        .value();
  }

  /**
   * Removes the entries whose time is over, in steps that each hold the write lock for a moment.
   *
   * @return how many
   */
  public long expire() {
    long removed = 0;
    for (long step = EXPIRE_STEP; step == EXPIRE_STEP; removed += step) {
      step = writer
          .write(
              "expire entries",
              transaction ->
                  transaction.entries.expire(clock.millis(), EXPIRE_STEP, transaction.state))
          .value();
    }
    return removed;
  }

  /**
   * How many entries {@link #expire} would remove.
   *
   * @return how many
   */
  public long countExpired() {
    return readers.read(
        "count expired entries",
        statements -> statements
            .number(
                "SELECT count(*) FROM entry WHERE expires <= ? AND expires < " + StoredEntry.NEVER,
                clock.millis())
            .orElseThrow());
  }

  /**
   * How many entries {@link #cull} would remove.
   *
   * @return how many
   */
  public long countToCull() {
    long over = size().bytes() - cullTarget();
    return needsCull()
        ? readers.read(
            "count entries to cull",
            statements -> statements
                .number(
                    "SELECT count(*) FROM (SELECT sum(size) OVER (ORDER BY id) - size AS before"
                        + " FROM entry) WHERE before < ?",
                    over)
                .orElseThrow())
        : 0;
  }

  private boolean needsCull() {
    return limits.culls() && size().bytes() > limits.sizeBytes();
  }

  private long cullTarget() {
    return (long) (limits.sizeBytes() * LOW_WATERMARK);
  }

  /**
   * Removes the entries stored longest ago if there are more than the limit allows, until there is
   * some room; in steps that each hold the write lock for a moment.
   *
   * @return how many
   */
  public long cull() {
    if (!needsCull()) {
      return 0;
    }
    long target = cullTarget();
    long removed = 0;
    for (long step = 1; step > 0; removed += step) {
      step = writer
          .write(
              "cull entries",
              transaction -> transaction.cull(transaction.state.sizeBytes() - target, CULL_STEP))
          .value();
    }
    return removed;
  }

  /**
   * Removes the names of tags that no entry has any more.
   *
   * @return how many
   */
  public long dropUnusedTags() {
    return writer
        .write("drop unused tags", transaction ->
            (long) transaction.names.dropUnusedTags(transaction.state))
        .value();
  }

  /** How much there is: entries, and the bytes that count against the limit. */
  public record Size(long entries, long bytes) {}

  /**
   * How much there is.
   *
   * @return as of the last commit
   */
  public Size size() {
    return readers.read(
        "read the size",
        statements -> statements
            .list(
                "SELECT entries, size FROM state", row -> new Size(row.getLong(1), row.getLong(2)))
            .get(0));
  }

  /**
   * The keys of all entries, in their order, a page at a time.
   *
   * @param after the last key of the page before, or null for the first page
   * @param most length of the page
   * @return keys; fewer than asked for only at the end
   */
  public List<Key> keys(@Nullable Key after, int most) {
    byte[] from = after == null ? new byte[0] : after.toBytes();
    return readers.read(
        "list keys",
        statements -> statements.list(
            "SELECT key FROM entry WHERE key > ? ORDER BY key LIMIT ?",
            row -> Key.of(row.getBytes(1)),
            from,
            most));
  }

  /**
   * Adds to the totals that all processes share.
   *
   * @param increments by name
   */
  public void addTotals(Map<String, Long> increments) {
    writer.write("add to the totals", transaction -> {
      for (Map.Entry<String, Long> increment : increments.entrySet()) {
        transaction.statements.update(
            "INSERT INTO total (name, value) VALUES (?, ?)"
                + " ON CONFLICT (name) DO UPDATE SET value = value + excluded.value",
            increment.getKey(),
            increment.getValue());
      }
      return increments.size();
    });
  }

  /**
   * The totals that all processes added to.
   *
   * @return by name
   */
  public Map<String, Long> totals() {
    return readers.read("read the totals", statements -> {
      Map<String, Long> totals = new LinkedHashMap<>();
      statements.list(
          "SELECT name, value FROM total ORDER BY name",
          row -> totals.put(row.getString(1), row.getLong(2)));
      return totals;
    });
  }

  /**
   * Notes the settings that the kind is used with, for tools that have no other way to know them.
   *
   * @param settings by name
   */
  public void noteSettings(Map<String, String> settings) {
    if (!settings().equals(settings)) {
      writer.write("note the settings", transaction -> {
        transaction.statements.update("DELETE FROM setting");
        for (Map.Entry<String, String> setting : settings.entrySet()) {
          transaction.statements.update(
              "INSERT INTO setting (name, value) VALUES (?, ?)",
              setting.getKey(),
              setting.getValue());
        }
        return settings.size();
      });
    }
  }

  /**
   * The settings noted last.
   *
   * @return by name; empty if none were
   */
  public Map<String, String> settings() {
    return readers.read("read the settings", statements -> {
      Map<String, String> settings = new LinkedHashMap<>();
      statements.list(
          "SELECT name, value FROM setting ORDER BY name",
          row -> String.valueOf(settings.put(row.getString(1), row.getString(2))));
      return settings;
    });
  }

  /**
   * Looks at every entry, removes the damaged, and mends sums that are wrong.
   *
   * @param repair false only to look
   * @return what was found
   */
  public CheckResult check(boolean repair) {
    return new StoreCheck(writer, readers).run(repair);
  }

  @Override
  public void close() {
    try {
      readers.close();
    } finally {
      writer.close();
    }
  }
}
