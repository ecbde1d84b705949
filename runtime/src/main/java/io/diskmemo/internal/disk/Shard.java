package io.diskmemo.internal.disk;

import io.diskmemo.internal.seal.ValueCipher;
import io.diskmemo.key.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/**
 * The entries of a kind that are in one database, with its value files. Thread-safe. What its methods
 * mean is said at {@link KindStore}.
 */
final class Shard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private static final String COLUMNS = "SELECT id, stored, expires, cost, checksum, "
      + CheckedRow.VALUE + ", file, size, key FROM entry";
  private static final String FIND = COLUMNS + " WHERE key = ?";
  private static final String FIND_VISIBLE = FIND + " AND NOT " + Entries.HIDDEN;
  private static final int KEYS_PER_QUERY = 50;
  private static final String FIND_SEVERAL =
      COLUMNS + " WHERE key IN (?" + ", ?".repeat(KEYS_PER_QUERY - 1) + ")";
  private static final String FIND_SEVERAL_VISIBLE = FIND_SEVERAL + " AND NOT " + Entries.HIDDEN;
  private static final int READERS = 4;
  private static final int UNSTABLE_READS_BEFORE_CLOSING = 64;
  private static final int ACCESSES_PER_WRITE = 1000;
  private static final int PAGE = 500;

  /** More entries are cleared by a new database. */
  private static final long MOST_CLEARED_IN_PLACE = Evictions.STEP;

  private final KindFiles files;
  private final StoreLimits limits;
  private final InstantSource clock;
  private final Executor background;
  private final Database database;
  private final Writer writer;
  private final Readers readers;
  private final Pin pin;
  private final boolean pins;
  private final ValueFiles valueFiles;
  private final MethodsInUse methodsInUse;
  private final Coherence coherence;
  private final Quarantine quarantine;
  private final AccessLog accesses;
  private final Sealing sealing;
  private final Storing storing;
  private final AtomicInteger unstableReads = new AtomicInteger();
  private final AtomicBoolean removing = new AtomicBoolean();
  private final AtomicBoolean makingRoom = new AtomicBoolean();
  private final AtomicLong culledInBackground = new AtomicLong();
  private volatile boolean closed;

  private Shard(
      KindFiles files,
      StoreLimits limits,
      InstantSource clock,
      Executor background,
      Database database,
      Writer writer,
      Readers readers,
      ValueFiles valueFiles,
      MethodsInUse methodsInUse,
      Sealing sealing) {
    this.files = files;
    this.limits = limits;
    this.clock = clock;
    this.background = background;
    this.database = database;
    this.writer = writer;
    this.readers = readers;
    this.valueFiles = valueFiles;
    this.methodsInUse = methodsInUse;
    this.coherence = writer.coherence();
    this.pin = new Pin(database, coherence);
    this.pins = limits.journalMode().equals("WAL");
    this.quarantine = new Quarantine(files.directory(), clock);
    this.accesses = new AccessLog(limits.cullOrder(), clock);
    this.sealing = sealing;
    this.storing = new Storing(limits, clock, accesses, sealing);
  }

  static Shard open(
      KindFiles files,
      StoreLimits limits,
      InstantSource clock,
      Executor background,
      Sealing sealing) {
    try {
      Database database = new Database(files::database, limits);
      ValueFiles valueFiles = new ValueFiles(files.directory());
      MethodsInUse methodsInUse = new MethodsInUse(clock);
      Writer writer = Busy.retry(
          limits.timeout(), () -> Writer.open(files, database, limits, valueFiles, methodsInUse));
      Readers readers =
          new Readers(database, writer.coherence()::generation, limits.timeout(), READERS);
      Shard shard = new Shard(
          files,
          limits,
          clock,
          background,
          database,
          writer,
          readers,
          valueFiles,
          methodsInUse,
          sealing);
      shard.removeHiddenLater();
      return shard;
    } catch (SQLException e) {
      throw new DiskException("open the kind", e);
    }
  }

  /** Closes what is idle, so that what is read next is read anew. */
  void reopen() {
    if (!closed) {
      pin.drop();
      readers.reopen();
      writer.reopen();
    }
  }

  List<String> quarantined() {
    try {
      return quarantine.names();
    } catch (IOException e) {
      throw new DiskException("list what was set aside", e);
    }
  }

  Coherence coherence() {
    return coherence;
  }

  WriterProgress progress() {
    return writer.progress();
  }

  Lookup find(Key key) {
    return lookUp(key, this::inMemory);
  }

  /** As {@link #find}, of an entry that may have expired so long ago. */
  Lookup findLate(Key key, long mostMillis) {
    return lookUp(
        key, (wanted, row, stamp) -> inMemory(wanted, row, stamp, clock.millis() - mostMillis));
  }

  /** As {@link #find}, without reading a value that is in a file into memory. */
  Lookup findStreamed(Key key) {
    return lookUp(
        key,
        (wanted, row, stamp) ->
            row.file() == null ? inMemory(wanted, row, stamp) : inFile(wanted, row, stamp));
  }

  /** What a row holds: {@link Lookup.Miss#DAMAGED} if that is not what it should be. */
  private interface Reading {
    Lookup of(Key key, Row row, long stamp);
  }

  private Lookup lookUp(Key key, Reading reading) {
    if (pins) {
      pin.use();
    }
    RowIdentity unsound = null;
    while (true) {
      long stamp = stampOrCloseGap();
      Optional<Row> found = readers.read("read an entry", statements -> select(statements, key));
      if (found.isEmpty()) {
        return Lookup.Miss.ABSENT;
      }
      Row row = found.get();
      Lookup read = reading.of(key, row, stamp);
      if (read != Lookup.Miss.DAMAGED) {
        return read;
      }
      // the file of a row that was replaced meanwhile is gone, and nothing is damaged
      if (row.file() == null || row.identity().equals(unsound)) {
        removeIfFree(key, row);
        return Lookup.Miss.DAMAGED;
      }
      unsound = row.identity();
    }
  }

  private Lookup inMemory(Key key, Row row, long stamp) {
    return inMemory(key, row, stamp, clock.millis());
  }

  private Lookup inMemory(Key key, Row row, long stamp, long nowMillis) {
    if (row.isTooLargeForMemory()) {
      return Lookup.Miss.UNAVAILABLE;
    }
    byte[] stored = valueOf(row);
    EntryChecksum sum = stored == null ? null : row.sumWith(key, stored);
    if (stored == null || sum == null || !sum.holds(row.checksum())) {
      return Lookup.Miss.DAMAGED;
    }
    if (row.expires() <= nowMillis) {
      return Lookup.Miss.EXPIRED;
    }
    boolean isSealed = sum.isSealed(row.checksum());
    if (!isSealed && !sealing.isOn()) {
      return hit(row, stored, stamp);
    }
    Sealing.Opened opened = sealing.open(row.identity(), row.owner(key), stored, isSealed);
    byte[] value = opened.value();
    return value == null ? opened.otherwise() : hit(row, value, stamp);
  }

  private Lookup inFile(Key key, Row row, long stamp) {
    if (row.expires() <= clock.millis()) {
      return Lookup.Miss.EXPIRED;
    }
    String file = Objects.requireNonNull(row.file());
    Optional<ValueFiles.Place> place = valueFiles.find(
        file,
        row.sizeBytes(),
        () -> new EntryChecksum(key, row.stored(), row.expires(), row.cost()),
        row.checksum());
    if (place.isEmpty()) {
      return Lookup.Miss.DAMAGED;
    }
    Sealing.OpenedFile opened = sealing.isOn() || place.get().isSealed()
        ? sealing.open(row.identity(), row.owner(key), valueFiles.path(file), place.get())
        : Sealing.OpenedFile.PLAIN;
    if (opened.miss() != null) {
      return opened.miss();
    }
    accesses.note(row.id(), 1);
    return new StoredFile(
        row.identity(),
        row.cost(),
        valueFiles.path(file),
        place.get().offset(),
        place.get().sizeBytes(),
        coherence.confirm(stamp),
        opened.decryption());
  }

  /**
   * Reads several entries by one query, until they have so many bytes together; what it does not find,
   * or not whole, is left out.
   */
  Map<Key, StoredEntry> findAll(List<Key> keys, long mostBytes) {
    Map<Key, StoredEntry> found = new HashMap<>();
    long left = mostBytes;
    for (int i = 0; i < keys.size() && left > 0; i += KEYS_PER_QUERY) {
      List<Key> page = keys.subList(i, Math.min(keys.size(), i + KEYS_PER_QUERY));
      long most = left;
      long stamp = stampOrCloseGap();
      List<RowOfKey> rows =
          readers.read("read entries", statements -> select(statements, page, most));
      for (RowOfKey row : rows) {
        if (row.row().sizeBytes() <= left
            && inMemory(row.key(), row.row(), stamp) instanceof StoredEntry entry) {
          found.put(row.key(), entry);
          left -= row.row().sizeBytes();
        }
      }
    }
    return found;
  }

  private record RowOfKey(Key key, Row row) {}

  /** The last key fills the places that are left. */
  private List<RowOfKey> select(Statements statements, List<Key> page, long mostBytes)
      throws SQLException {
    Object[] parameters = new Object[KEYS_PER_QUERY];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = page.get(Math.min(i, page.size() - 1)).toBytes();
    }
    return statements.listUpTo(
        mostBytes,
        row -> row.row().file() == null ? row.row().sizeBytes() : 0,
        coherence.isEvicting() ? FIND_SEVERAL_VISIBLE : FIND_SEVERAL,
        row -> new RowOfKey(Key.of(row.getBytes(9)), Row.of(row)),
        parameters);
  }

  private StoredEntry hit(Row row, byte[] value, long stamp) {
    accesses.note(row.id(), 1);
    return row.toEntry(value, coherence.confirm(stamp));
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(
      long id,
      long stored,
      long expires,
      long cost,
      long checksum,
      byte @Nullable [] value,
      @Nullable String file,
      long sizeBytes) {

    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getLong(1),
          row.getLong(2),
          row.getLong(3),
          row.getLong(4),
          row.getLong(5),
          row.getBytes(6),
          row.getString(7),
          row.getLong(8));
    }

    RowIdentity identity() {
      return new RowIdentity(id, checksum);
    }

    boolean isTooLargeForMemory() {
      return file != null && sizeBytes > ValueFiles.MOST_BYTES_IN_MEMORY;
    }

    EntryChecksum sumWith(Key key, byte[] bytes) {
      return EntryChecksum.of(key, stored, expires, cost, bytes);
    }

    ValueCipher.Owner owner(Key key) {
      return new ValueCipher.Owner(key, stored, expires, cost);
    }

    StoredEntry toEntry(byte[] bytes, long stamp) {
      return new StoredEntry(identity(), stored, expires, cost, bytes, stamp);
    }
  }

  private Optional<Row> select(Statements statements, Key key) throws SQLException {
    return statements.first(
        coherence.isEvicting() ? FIND_VISIBLE : FIND, Row::of, (Object) key.toBytes());
  }

  private byte @Nullable [] valueOf(Row row) {
    String file = row.file();
    return file == null ? row.value() : valueFiles.read(file, row.sizeBytes());
  }

  /** A damaged entry is a miss at once; if it cannot be removed without a wait, it is found again. */
  private void removeIfFree(Key key, Row row) {
    quietly(() -> {
      if (row.file() != null && valueFiles.isName(row.file())) {
        quarantine.takeFile(key, valueFiles.path(row.file())); // while it still has its name
      }
      boolean removed = writer.writeIfFree(
          "remove a damaged entry", transaction -> remove(key, row.identity(), transaction));
      byte[] value = row.value();
      if (removed && value != null) {
        Instant found = clock.instant();
        background.execute(() -> quarantine.takeRow(key, value, found));
      }
    });
  }

  boolean remove(Key key, RowIdentity identity) {
    return writer
        .write("remove an entry", transaction -> remove(key, identity, transaction))
        .value();
  }

  private static boolean remove(Key key, RowIdentity identity, Transaction transaction)
      throws SQLException {
    Optional<Entries.Present> present = transaction.entries.find(key);
    if (present.isEmpty() || !present.get().identity().equals(identity)) {
      return false;
    }
    transaction.invalidateMemory();
    transaction.entries.remove(present.get(), transaction.state);
    return true;
  }

  /** Readers that find a gap between the counters for long close it. */
  private long stampOrCloseGap() {
    long stamp = coherence.stamp();
    if (stamp == Coherence.UNSTABLE
        && unstableReads.incrementAndGet() % UNSTABLE_READS_BEFORE_CLOSING == 0) {
      quietly(writer::closeGapIfIdle);
      return coherence.stamp();
    }
    return stamp;
  }

  long stampOf(Key key, RowIdentity identity) {
    long stamp = stampOrCloseGap();
    boolean present = readers.read(
        "look at an entry",
        statements ->
            select(statements, key).map(row -> row.identity().equals(identity)).orElse(false));
    return present ? coherence.confirm(stamp) : KindStore.GONE;
  }

  void noteAccesses(RowIdentity identity, int times) {
    accesses.note(identity.row(), times);
  }

  /** What was noted by now; what is noted meanwhile stays for the next time. */
  void flushAccesses() {
    int taken = 0;
    for (int left = accesses.size(); left > 0 && !accesses.isEmpty(); left -= taken) {
      taken = flush(accesses.take(ACCESSES_PER_WRITE));
    }
  }

  private int flush(Map<Long, AccessLog.Reads> taken) {
    try {
      writer.write("count reads", transaction -> {
        transaction.addAccesses(taken);
        return taken.size();
      });
      return taken.size();
    } catch (DiskException e) {
      accesses.giveBack(taken);
      throw e;
    }
  }

  long sequence() {
    return readers.read(
        "read the sequence",
        statements -> statements.number("SELECT sequence FROM state").orElseThrow());
  }

  boolean isEvicted(NewEntry entry) {
    return readers.read("look for an eviction", statements -> {
      statements.execute("BEGIN");
      try {
        return new Names(statements).evictedSince(entry, State.read(statements));
      } finally {
        statements.execute("COMMIT");
      }
    });
  }

  Stored store(NewEntry entry) {
    Stored stored = storeAll(List.of(entry), false).get(0);
    if (stored.outcome() == Stored.Outcome.NO_ROOM) {
      makeRoomLater(entry.sizeBytes());
    }
    removeHiddenLater();
    return stored;
  }

  List<Stored> storeAllOrNone(List<NewEntry> entries) {
    // the last would cull the first
    if (sizeOf(entries) > limits.sizeBytes()) {
      throw storing.noRoom("store a batch");
    }
    return storeAll(entries, true);
  }

  private static long sizeOf(List<NewEntry> entries) {
    return entries.stream().mapToLong(NewEntry::sizeBytes).sum();
  }

  /** Large values are in their files before the transaction begins. */
  private List<Stored> storeAll(List<NewEntry> entries, boolean allOrNone) {
    List<Prepared> prepared = new ArrayList<>(entries.size());
    List<Stored> stored = List.of();
    try {
      for (NewEntry entry : entries) {
        prepared.add(prepare(entry));
      }
      stored = allOrNone ? storePrepared(prepared) : List.of(storePrepared(prepared.get(0)));
      return stored;
    } finally {
      discardFiles(prepared, stored);
    }
  }

  /** What cannot fit, or is not in memory and small, is not written in vain. */
  private Prepared prepare(NewEntry plain) {
    NewEntry entry = sealing.sealed(plain, clock.millis());
    long now = entry.value().sealedAt().orElseGet(clock::millis);
    boolean inRow = entry.value() instanceof Content.Bytes
        && (entry.value().sizeBytes() < limits.minFileBytes()
            || entry.sizeBytes() > limits.sizeBytes());
    return inRow
        ? Prepared.inRow(entry, now, ((Content.Bytes) entry.value()).bytes())
        : valueFiles.write(entry, now);
  }

  /** In one transaction; what finds no room is left out. */
  List<Stored> storeEach(List<NewEntry> entries) {
    List<Prepared> prepared = new ArrayList<>(entries.size());
    List<Stored> stored = List.of();
    try {
      for (NewEntry entry : entries) {
        prepared.add(prepare(entry));
      }
      stored = writer
          .write("store entries", transaction -> {
            transaction.spareAfter(transaction.state.lastRow());
            List<Stored> each = new ArrayList<>(prepared.size());
            for (Prepared one : prepared) {
              each.add(storing.store(one, transaction));
            }
            return each;
          })
          .value();
      return stored;
    } finally {
      discardFiles(prepared, stored);
    }
  }

  private Stored storePrepared(Prepared prepared) {
    Writer.Result<Stored> result =
        writer.writeTogether("store an entry", transaction -> storing.store(prepared, transaction));
    return result.value().stampedWith(result.stamp());
  }

  private List<Stored> storePrepared(List<Prepared> prepared) {
    Writer.Result<List<Stored>> result;
    try {
      result = writer.write("store a batch", transaction -> {
        transaction.spareAfter(transaction.state.lastRow());
        List<Stored> stored = new ArrayList<>(prepared.size());
        for (Prepared one : prepared) {
          stored.add(storing.storeOrFail("store a batch", one, transaction));
        }
        return stored;
      });
    } catch (NoRoomException e) {
      makeRoomLater(sizeOf(prepared.stream().map(Prepared::entry).toList()));
      throw e;
    }
    removeHiddenLater();
    return result.value().stream().map(one -> one.stampedWith(result.stamp())).toList();
  }

  private void discardFiles(List<Prepared> prepared, List<Stored> stored) {
    for (int i = 0; i < prepared.size(); i++) {
      boolean kept = i < stored.size() && stored.get(i).outcome() == Stored.Outcome.STORED;
      String file = prepared.get(i).file();
      if (!kept && file != null) {
        valueFiles.discard(file);
      }
    }
  }

  /**
   * For what needs more room than may be made on its way: the next such finds it. What is stored
   * before it is made stays, because it may be the very one.
   */
  private void makeRoomLater(long bytes) {
    if (limits.cullOrder().culls() && bytes <= limits.sizeBytes()) {
      long target = Math.min(limits.lowWatermark(), limits.sizeBytes() - bytes);
      quietly(() -> {
        long last = lastRow();
        later(
            makingRoom, () -> culledInBackground.addAndGet(cullTo(target, last, Pace.TO_THE_END)));
      });
    }
  }

  long takeCulledInBackground() {
    return culledInBackground.getAndSet(0);
  }

  private long lastRow() {
    return readers.read(
        "read the last row",
        statements -> statements.number("SELECT last_row FROM state").orElseThrow());
  }

  long evict(EntryFilter filter) {
    if (filter.equals(EntryFilter.ALL) && size().entries() > MOST_CLEARED_IN_PLACE) {
      return clear();
    }
    long evicted = writer
        .write("evict entries", transaction -> new Evictions(transaction).evict(filter))
        .value();
    removeHiddenLater();
    return evicted;
  }

  /** A new database takes the place of the old one, whose files are deleted afterwards. */
  private long clear() {
    long cleared = writer.replaceDatabase("clear the kind", (old, fresh) -> {
      copyAll(old, fresh, "setting");
      copyAll(old, fresh, "total");
      return old.entries.countVisible(old.state);
    });
    background.execute(() -> quietly(this::deleteSuperseded));
    return cleared;
  }

  private static void copyAll(Transaction old, Transaction fresh, String table)
      throws SQLException {
    Map<String, String> rows = new HashMap<>();
    old.statements.list(
        "SELECT name, value FROM " + table,
        row -> String.valueOf(rows.put(row.getString(1), row.getString(2))));
    for (Map.Entry<String, String> row : rows.entrySet()) {
      fresh.statements.update(
          "INSERT INTO " + table + " (name, value) VALUES (?, ?)", row.getKey(), row.getValue());
    }
  }

  /**
   * Deletes the databases that were superseded, and first the value files that only they know of: no
   * other trace is left of those whose writers live.
   *
   * @return how many files
   */
  private long deleteSuperseded() {
    try {
      long deleted = 0;
      Set<Long> done = new HashSet<>();
      for (long generation : files.generationsBefore(coherence.generation())) {
        ValueFiles.Deleted values = deleteValuesOf(generation);
        deleted += values.files();
        if (values.all()) {
          done.add(generation);
        }
      }
      return deleted + writer.deleteSuperseded("delete superseded databases", done);
    } catch (IOException e) {
      throw new DiskException("delete superseded databases", e);
    }
  }

  void removeSuperseded() {
    try {
      if (!files.generationsBefore(coherence.generation()).isEmpty()) {
        deleteSuperseded();
      }
    } catch (IOException e) {
      throw new DiskException("delete superseded databases", e);
    }
  }

  private ValueFiles.Deleted deleteValuesOf(long generation) throws IOException {
    ValueFiles.Deleted deleted = new ValueFiles.Deleted(0, true);
    try (Statements old = database.openReader(generation)) {
      String last = "";
      for (List<String> page = filesAfter(last, old);
          !page.isEmpty();
          page = filesAfter(last, old)) {
        deleted = deleted.plus(valueFiles.deleteWithoutRow(page, readers));
        last = page.get(page.size() - 1);
      }
      return deleted;
    } catch (SQLException e) {
      LOG.debug("the values of generation {} cannot be listed", generation, e);
      return new ValueFiles.Deleted(deleted.files(), namesNoValues(generation, e));
    }
  }

  /** One that was never finished, that is damaged, or that somebody else is deleting. */
  private boolean namesNoValues(long generation, SQLException e) throws IOException {
    return DiskException.isOneOf(
            e,
            SQLiteErrorCode.SQLITE_ERROR,
            SQLiteErrorCode.SQLITE_CORRUPT,
            SQLiteErrorCode.SQLITE_NOTADB)
        || !Files.exists(files.database(generation));
  }

  private static List<String> filesAfter(String last, Statements old) throws SQLException {
    return old.list(
        "SELECT file FROM entry WHERE file > ?1 UNION SELECT name FROM doomed_file WHERE name > ?1"
            + " ORDER BY 1 LIMIT " + PAGE,
        row -> row.getString(1),
        last);
  }

  /** Also for a process that ended before it was done, or that failed. */
  private void removeHiddenLater() {
    if (coherence.isEvicting()) {
      later(removing, () -> removeHidden(Pace.TO_THE_END));
    }
  }

  private void later(AtomicBoolean running, Runnable work) {
    if (!running.compareAndSet(false, true)) {
      return;
    }
    boolean begun = false;
    try {
      background.execute(() -> {
        try {
          quietly(work);
        } finally {
          running.set(false);
        }
      });
      begun = true;
    } catch (RejectedExecutionException e) {
      LOG.debug("put off until the kind is opened again", e);
    } finally {
      if (!begun) {
        running.set(false);
      }
    }
  }

  /** What expired before then is of no use to anybody. */
  private long uselessMillis() {
    return clock.millis() - limits.lateMillis();
  }

  /** Work that somebody else will do if it fails here. */
  private void quietly(Runnable work) {
    try {
      if (!closed) {
        work.run();
      }
    } catch (DiskException e) {
      LOG.debug("put off", e);
    }
  }

  /** Removes the entries that evictions hide, in steps that each hold the write lock for a moment. */
  long removeHidden(Pace pace) {
    long removed = 0;
    Evictions.Removed step = Evictions.Removed.NOTHING;
    Pace gentle = pace.givingWay();
    while (step.more() && gentle.goOn(step.entries())) {
      Evictions.Removed before = step;
      step = writer
          .write(
              "remove evicted entries",
              transaction -> new Evictions(transaction).removeStep(before))
          .value();
      removed += step.entries();
    }
    return removed;
  }

  long count(EntryFilter filter) {
    return readers.read(
        "count entries",
        statements -> statements
            .number(
                "SELECT count(*) FROM entry WHERE NOT " + Entries.HIDDEN
                    + " AND (?1 = '' OR id IN (SELECT entry FROM entry_tag WHERE tag ="
                    + " (SELECT id FROM tag WHERE name = ?1))"
                    + " OR instr(tags, ',' || (SELECT id FROM tag WHERE name = ?1) || ','))"
                    + " AND (?2 = '' OR method IN (SELECT id FROM method WHERE name = ?2"
                    + " OR substr(name, 1, length(?2) + 1) = ?2 || '('))",
                Optional.ofNullable(filter.tag()).orElse(""),
                Optional.ofNullable(filter.method()).orElse(""))
            .orElseThrow());
  }

  boolean evict(Key key, @Nullable MethodName method) {
    return writer
        .write("evict an entry", transaction -> new Evictions(transaction).evict(key, method))
        .value();
  }

  boolean isByHand(Key key) {
    return readers.read(
        "look at an entry",
        statements -> statements
            .number(
                "SELECT 1 FROM entry JOIN method ON method.id = method WHERE key = ? AND name = ''",
                (Object) key.toBytes())
            .isPresent());
  }

  /** Nothing is read from a value file while others cannot write. */
  <T> KindStore.Updated<T> update(Key key, KindStore.Decision<T> decision) {
    Optional<FileValue> read = Optional.empty();
    while (true) {
      Optional<FileValue> known = read;
      Optional<KindStore.Updated<T>> updated = writer
          .write("update an entry", transaction -> updated(key, decision, known, transaction))
          .value();
      if (updated.isPresent()) {
        return updated.get();
      }
      read = readFile(key);
    }
  }

  /** What was read from the file of a row. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record FileValue(RowIdentity identity, byte @Nullable [] bytes) {}

  private Optional<FileValue> readFile(Key key) {
    return readers
        .read("read an entry", statements -> select(statements, key))
        .map(row -> new FileValue(row.identity(), valueOf(row)));
  }

  /** Empty if the value is in a file that must be read before. */
  private <T> Optional<KindStore.Updated<T>> updated(
      Key key, KindStore.Decision<T> decision, Optional<FileValue> read, Transaction transaction)
      throws SQLException {
    Optional<Row> row = select(transaction.statements, key);
    if (row.isPresent() && row.get().file() != null && !isOf(row.get(), read)) {
      return Optional.empty();
    }
    transaction.invalidateMemory();
    Lookup present = row.isEmpty() ? Lookup.Miss.ABSENT : checked(key, row.get(), read);
    KindStore.Replacement<T> replacement = decision.decide(present);
    NewEntry entry = withTagsOf(present, replacement.entry(), transaction);
    long culled =
        storing.storeOrFail("update an entry", inRow(entry), transaction).culled();
    return Optional.of(new KindStore.Updated<>(replacement.result(), culled));
  }

  private static boolean isOf(Row row, Optional<FileValue> read) {
    return read.isPresent() && read.get().identity().equals(row.identity());
  }

  /** Only numbers are updated, which are never large. */
  private Prepared inRow(NewEntry plain) {
    long now = clock.millis();
    NewEntry entry = sealing.sealed(plain, now);
    return Prepared.inRow(entry, now, ((Content.Bytes) entry.value()).bytes());
  }

  private Lookup checked(Key key, Row row, Optional<FileValue> read) {
    byte[] stored = row.file() == null ? row.value() : read.orElseThrow().bytes();
    EntryChecksum sum = stored == null ? null : row.sumWith(key, stored);
    if (stored == null || sum == null || !sum.holds(row.checksum())) {
      return Lookup.Miss.DAMAGED;
    }
    if (row.expires() <= clock.millis()) {
      return Lookup.Miss.EXPIRED;
    }
    Sealing.Opened opened =
        sealing.open(row.identity(), row.owner(key), stored, sum.isSealed(row.checksum()));
    byte[] value = opened.value();
    if (opened.otherwise() == Lookup.Miss.OTHER_KEY) {
      throw new DiskException(
          "update an entry",
          false,
          "it is encrypted with another key, or with none; give the right encryptionKey, or delete it");
    }
    return value == null ? opened.otherwise() : row.toEntry(value, Coherence.UNSTABLE);
  }

  private static NewEntry withTagsOf(Lookup present, NewEntry entry, Transaction transaction)
      throws SQLException {
    return present instanceof StoredEntry old
        ? entry.tagged(transaction.entries.tagsOf(old.identity().row()))
        : entry;
  }

  /** The new checksum is made before others must wait, and is written if the entry is still there. */
  boolean touch(Key key, long expiresMillis) {
    RowIdentity unsound = null;
    while (true) {
      Optional<Row> found = readers.read("look at an entry", statements -> select(statements, key));
      if (found.isEmpty() || found.get().expires() <= clock.millis()) {
        return false;
      }
      Row row = found.get();
      Optional<Prepared> resealed =
          sealing.isOn() ? resealed(key, row, expiresMillis) : Optional.empty();
      Optional<Long> checksum = sealing.isOn()
          ? resealed.map(Prepared::checksum)
          : checksumUntil(expiresMillis, key, row);
      if (checksum.isEmpty()) {
        if (row.file() == null || row.identity().equals(unsound)) {
          return false;
        }
        unsound = row.identity(); // or it was replaced meanwhile
      } else if (resealed.isPresent()
          ? isResealed(row.identity(), resealed.get())
          : isTouched(row.identity(), expiresMillis, checksum.get())) {
        return true;
      }
    }
  }

  /** The checksum that an entry has with another end; empty if it is damaged. */
  private Optional<Long> checksumUntil(long expiresMillis, Key key, Row row) {
    Optional<EntryChecksum> present = checksumOf(key, row, row.expires());
    return present.isPresent() && present.get().value(false) == row.checksum()
        ? checksumOf(key, row, expiresMillis).map(sum -> sum.value(false))
        : Optional.empty();
  }

  private Optional<EntryChecksum> checksumOf(Key key, Row row, long expiresMillis) {
    byte[] value = row.value();
    String file = row.file();
    if (file != null) {
      return valueFiles.checksum(
          file,
          row.sizeBytes(),
          () -> new EntryChecksum(key, row.stored(), expiresMillis, row.cost()));
    }
    return value == null
        ? Optional.empty()
        : Optional.of(EntryChecksum.of(key, row.stored(), expiresMillis, row.cost(), value));
  }

  /** The value encrypted anew, because the end of an entry is bound to it; empty if it is unreadable. */
  private Optional<Prepared> resealed(Key key, Row row, long expiresMillis) {
    if (!(inMemory(key, row, Coherence.UNSTABLE) instanceof StoredEntry present)) {
      return Optional.empty();
    }
    List<String> tags =
        readers.read("read tags", statements -> Entries.tagsOf(row.id(), statements));
    NewEntry entry = sealing.sealed(
        new NewEntry(
            key,
            methodIn(row.file()),
            tags,
            expiresMillis,
            row.cost(),
            present.value(),
            NewEntry.Mode.REPLACE,
            NewEntry.NOW),
        row.stored());
    return Optional.of(
        row.file() == null
            ? Prepared.inRow(entry, row.stored(), ((Content.Bytes) entry.value()).bytes())
            : valueFiles.write(entry, row.stored()));
  }

  /** For the header of the next file; a row keeps its own. */
  private MethodName methodIn(@Nullable String file) {
    try {
      return file == null
          ? MethodName.BY_HAND
          : valueFiles.headerOf(file).map(ValueFile::method).orElse(MethodName.BY_HAND);
    } catch (IOException e) {
      throw new DiskException("read a value file", e);
    }
  }

  private boolean isResealed(RowIdentity identity, Prepared prepared) {
    boolean done = false;
    String file = prepared.file();
    try {
      done = writer
          .write("touch an entry", transaction -> {
            Optional<Entries.Present> present = transaction.entries.find(identity);
            if (present.isEmpty() || present.get().hidden()) {
              return false;
            }
            transaction.invalidateMemory();
            transaction.entries.replaceValue(present.get(), prepared);
            return true;
          })
          .value();
      return done;
    } finally {
      if (!done && file != null) {
        valueFiles.discard(file);
      }
    }
  }

  private boolean isTouched(RowIdentity identity, long expiresMillis, long checksum) {
    return writer
        .write("touch an entry", transaction -> {
          Optional<Entries.Present> present = transaction.entries.find(identity);
          if (present.isEmpty() || present.get().hidden()) {
            return false;
          }
          transaction.invalidateMemory();
          transaction.statements.update(
              "UPDATE entry SET expires = ?, checksum = ? WHERE id = ?",
              expiresMillis,
              checksum,
              identity.row());
          return true;
        })
        .value();
  }

  long expire(Pace pace) {
    return pace.givingWay()
        .repeat(() -> writer
            .write(
                "expire entries",
                transaction ->
                    transaction.entries.expire(uselessMillis(), Evictions.STEP, transaction.state))
            .value());
  }

  long countExpired() {
    return readers.read(
        "count expired entries",
        statements -> statements
            .number(
                "SELECT count(*) FROM entry WHERE expires <= ? AND expires < " + StoredEntry.NEVER
                    + " AND NOT " + Entries.HIDDEN,
                uselessMillis())
            .orElseThrow());
  }

  long countToCull() {
    long over = size().bytes() - limits.lowWatermark();
    String order = limits.cullOrder().columns();
    return needsCull()
        ? readers.read(
            "count entries to cull",
            statements -> statements
                .number(
                    "SELECT count(*) FROM (SELECT sum(size) OVER (ORDER BY " + order
                        + " ROWS UNBOUNDED PRECEDING) - size AS before FROM entry)"
                        + " WHERE before < ?",
                    over)
                .orElseThrow())
        : 0;
  }

  private boolean needsCull() {
    return limits.cullOrder().culls() && size().bytes() > limits.sizeBytes();
  }

  /** Down to the low watermark, if there is more than the limit allows. */
  long cullIfOver(Pace pace) {
    return needsCull() ? cullTo(limits.lowWatermark(), Long.MAX_VALUE, pace) : 0;
  }

  private long cullTo(long bytes, long last, Pace pace) {
    flushAccesses();
    if (coherence.isEvicting()) {
      removeHidden(pace); // before what could still be of use
    }
    return pace.givingWay()
        .repeat(() -> writer
            .write("cull entries", transaction -> {
              transaction.spareAfter(last);
              return transaction.cull(
                  clock.millis(), transaction.state.sizeBytes() - bytes, Evictions.STEP);
            })
            .value());
  }

  long dropUnusedTags(Pace pace) {
    return new UnusedTags(writer, readers).drop(pace);
  }

  KindStore.Size size() {
    return readers.read(
        "read the size",
        statements -> statements
            .first(
                "SELECT entries, size FROM state",
                row -> new KindStore.Size(row.getLong(1), row.getLong(2)))
            .orElseThrow());
  }

  List<KindStore.TagSize> tags() {
    return readers.read("list tags", TagSums::in);
  }

  List<Key> keys(@Nullable Key after, int most) {
    byte[] from = after == null ? new byte[0] : after.toBytes();
    return readers.read(
        "list keys",
        statements -> statements.list(
            "SELECT key FROM entry WHERE key > ? AND length(key) = " + Key.LENGTH + " AND NOT "
                + Entries.HIDDEN
                + " ORDER BY key LIMIT ?",
            row -> Key.of(row.getBytes(1)),
            from,
            most));
  }

  void addTotals(Map<String, Long> increments) {
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

  Map<String, Long> totals() {
    return readers.read("read the totals", statements -> {
      Map<String, Long> totals = new LinkedHashMap<>();
      statements.list(
          "SELECT name, value FROM total ORDER BY name",
          row -> totals.put(row.getString(1), row.getLong(2)));
      return totals;
    });
  }

  void probe() {
    StoreProbe.run(this);
  }

  boolean isInPlace() {
    try {
      return coherence.isInPlace() && writer.isInPlace();
    } catch (IOException e) {
      LOG.debug("the kind's directory cannot be read", e);
      return false;
    }
  }

  void noteSettings(Map<String, String> settings) {
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

  Map<String, String> settings() {
    return readers.read("read the settings", statements -> {
      Map<String, String> settings = new LinkedHashMap<>();
      statements.list(
          "SELECT name, value FROM setting ORDER BY name",
          row -> String.valueOf(settings.put(row.getString(1), row.getString(2))));
      return settings;
    });
  }

  void noteUse(MethodName method) {
    methodsInUse.note(method);
  }

  long countOutdated(long unusedMillis) {
    return new Outdated(writer, readers, clock).count(unusedMillis);
  }

  long dropOutdated(long unusedMillis, Pace pace) {
    return new Outdated(writer, readers, clock).drop(unusedMillis, pace);
  }

  CheckResult check(boolean repair, Pace pace) {
    return new StoreCheck(writer, readers, valueFiles, quarantine, database).run(repair, pace);
  }

  long compact(Pace pace) {
    return new Compaction(writer, coherence, limits).run(pace);
  }

  long sweep(Pace pace) {
    try {
      long swept = deleteSuperseded()
          + valueFiles.sweep(readers, pace)
          + quarantine.sweep()
          + ValueFiles.uninterrupted(() -> TemporaryFile.sweep(files.directory()));
      while (valueFiles.hasToForget()) { // each transaction forgets some
        writer.write("forget deleted files", transaction -> true);
      }
      return swept;
    } catch (IOException e) {
      throw new DiskException("sweep", e);
    }
  }

  List<String> methodNames() {
    return readers.read(
        "list methods",
        statements -> statements.list(
            "SELECT DISTINCT name FROM method WHERE name <> '' ORDER BY name",
            row -> row.getString(1)));
  }

  EntryScan scan(EntryFilter filter) {
    return new EntryScan(readers, valueFiles, clock, filter);
  }

  @Override
  public void close() {
    closed = true;
    pin.close();
    try {
      readers.close();
    } finally {
      try {
        writer.close();
      } finally {
        valueFiles.close();
      }
    }
  }
}
