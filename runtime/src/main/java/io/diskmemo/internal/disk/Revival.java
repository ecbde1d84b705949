package io.diskmemo.internal.disk;

import io.diskmemo.internal.disk.DatabaseLook.Live;
import io.diskmemo.key.Key;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one database back: makes another from a backup, or from what value files say of themselves,
 * and puts it in the place of the live one. For one thread, under the kind's lock for backups.
 *
 * <p>The new database is made aside, where nobody looks, and every entry is checked on the way. Value
 * files get names of this writer's own, so that until the switch a sweep takes them for what a living
 * writer is about to commit, and after a death for what a dead one left. Only the comparison with the
 * live database's evictions and the switch happen under its write lock.
 *
 * <p>What the live database knows of evictions decides what comes back. If it is missing or cannot be
 * read, nobody knows of evictions since the backup any more; then also what value files hold comes
 * back, unless evictions were under way, whose entries would be among them.
 */
final class Revival {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final int PAGE = 500;

  private final KindFiles files;
  private final StoreLimits limits;
  private final Database database;
  private final InstantSource clock;
  private final Path workshop;
  private final Pace pace;
  private final DatabaseLook look;
  private boolean byHandToo;
  private long lastOfBackup;
  private long fromBackup;
  private long fromFiles;
  private long damaged;
  private long evicted;
  private long expired;

  /**
   * What came back.
   *
   * @param fromBackup entries of the backup
   * @param fromFiles entries whose value files were not in the backup
   * @param damaged entries that were refused because their checksum did not hold
   * @param evicted entries that were refused because they were evicted since
   * @param expired entries that were left out because their time was over
   * @param evictionsKnown whether the live database could say what was evicted since
   */
  record Revived(
      long fromBackup,
      long fromFiles,
      long damaged,
      long evicted,
      long expired,
      boolean evictionsKnown) {}

  /**
   * A revival of one database.
   *
   * @param files of the database
   * @param limits that it is held to
   * @param clock for expiry
   * @param workshop an empty directory on the same file system
   * @param pace says how long it goes on; one that ends early changes nothing
   */
  Revival(KindFiles files, StoreLimits limits, InstantSource clock, Path workshop, Pace pace) {
    this.files = files;
    this.limits = limits;
    this.database = new Database(files::database, limits);
    this.clock = clock;
    this.workshop = workshop;
    this.pace = pace;
    this.look = new DatabaseLook(files, database);
  }

  /**
   * Does it, because somebody asked for it.
   *
   * @param backup directory of the backup of this database, or null to go by value files alone
   * @return empty if it was told to end early
   */
  Optional<Revived> run(@Nullable Path backup) {
    return run(backup, false);
  }

  /**
   * Does it without being asked, so that nothing may come back that somebody could have evicted or
   * replaced since: nothing of a backup if there were evictions since, and no values that were put by
   * hand. Nothing is done if the database is found to be sound.
   *
   * @param backup directory of the backup of this database, or null to go by value files alone
   * @return empty if it was told to end early
   */
  Optional<Revived> runUnasked(@Nullable Path backup) {
    return run(backup, true);
  }

  private Optional<Revived> run(@Nullable Path given, boolean unasked) {
    try {
      Path backup = given == null || (unasked && !isNothingEvictedSince(given)) ? null : given;
      byHandToo = !unasked;
      Live live = look.twice();
      if (unasked && live == Live.SOUND) {
        return Optional.empty(); // this look is the last to be heard
      }
      try {
        return run(backup, live);
      } catch (SQLException | DiskException e) {
        if (live == Live.UNREADABLE || live == Live.LOST || !isDueToCorruption(e)) {
          throw e;
        }
        LOG.warn(
            "the database in {} cannot be read: what was evicted since is not known",
            files.directory(),
            e);
        return run(backup, Live.UNREADABLE);
      }
    } catch (SQLException e) {
      throw new DiskException("restore", e);
    } catch (IOException e) {
      throw new DiskException("restore", e);
    }
  }

  private Optional<Revived> run(@Nullable Path backup, Live seen) throws SQLException, IOException {
    damaged = 0;
    evicted = 0;
    expired = 0;
    Path prepared = workshop.resolve(seen + ".db");
    ValueFiles values = new ValueFiles(files.directory());
    List<String> adopted = new ArrayList<>();
    boolean switching = false;
    try {
      long sequence = prepare(prepared, backup, values, adopted);
      Live live = seen == Live.SOUND && isYoungerThan(sequence)
          ? Live.LOST // and somebody made another
          : seen;
      if (live != Live.SOUND && !evictionsAreUnderWay()) {
        reindex(prepared, values, adopted);
      }
      cullAndCount(prepared);
      if (!pace.goOn(0)) {
        return Optional.empty();
      }
      switching = true; // from here on rows may name the files; if none does, a sweep finds them
      boolean known = isSwitched(prepared, values, seen, live, sequence);
      return Optional.of(new Revived(
          Math.max(0, fromBackup - evicted), fromFiles, damaged, evicted, expired, known));
    } finally {
      if (!switching) {
        adopted.forEach(values::discard);
      }
      values.close();
    }
  }

  /** Whether the live database is sound, so that nothing needs to be done without a backup. */
  boolean isNeedless() throws IOException, SQLException {
    return look.twice() == Live.SOUND;
  }

  private boolean isYoungerThan(long sequence) throws IOException, SQLException {
    try (Statements live = database.openReader(files.currentGeneration())) {
      return State.read(live).sequence() < sequence;
    }
  }

  /** As far as the counters know; of a kind whose counters are lost, nobody knows. */
  private boolean isNothingEvictedSince(Path backup) throws IOException, SQLException {
    if (!Coherence.isWhole(files.directory())) {
      return false;
    }
    try (Statements copied = database.openPlain(backup.resolve(Backup.DATABASE))) {
      return Coherence.open(files.directory())
          .isNothingEvictedAfter(State.read(copied).sequence());
    }
  }

  /** Of a kind whose counters are lost, nobody knows. */
  private boolean evictionsAreUnderWay() throws IOException {
    return Coherence.isWhole(files.directory())
        && Coherence.open(files.directory()).isEvicting();
  }

  /**
   * Copies the backup to where the new database is made, and checks every entry.
   *
   * @return the sequence as of the backup
   */
  private long prepare(
      Path prepared, @Nullable Path backup, ValueFiles values, List<String> adopted)
      throws SQLException, IOException {
    Platform.createFile(prepared);
    if (backup != null) {
      try (Statements copied = database.openPlain(backup.resolve(Backup.DATABASE))) {
        copied.update("VACUUM INTO ?", prepared.toString());
      }
    }
    try (Statements fresh = database.openUnnamed(prepared)) {
      fresh.execute("BEGIN IMMEDIATE");
      Schema.complete(fresh.connection());
      Schema.createIndex(fresh, limits.cullOrder());
      fresh.execute("UPDATE state SET superseded_by = 0");
      fresh.execute("DELETE FROM doomed_file");
      fresh.execute("COMMIT");
      removeHidden(fresh);
      if (!byHandToo) {
        transact(
            fresh,
            transaction -> transaction.entries.removeAll(
                "SELECT id FROM entry WHERE method IN (SELECT id FROM method WHERE name = '')",
                transaction.state));
      }
      if (backup != null) {
        take(fresh, new ValueFiles(backup), values, adopted);
      }
      State copied = State.read(fresh);
      lastOfBackup = copied.lastRow();
      return copied.sequence();
    }
  }

  private interface Work {
    void with(Transaction transaction) throws SQLException, IOException;
  }

  private void transact(Statements fresh, Work work) throws SQLException, IOException {
    fresh.execute("BEGIN IMMEDIATE");
    try {
      Transaction transaction = new Transaction(fresh, limits);
      work.with(transaction);
      transaction.state.writeIfChanged(fresh);
      fresh.execute("COMMIT");
    } catch (SQLException | IOException | RuntimeException | Error e) {
      fresh.rollBack(e);
      throw e;
    }
  }

  private void removeHidden(Statements fresh) throws SQLException, IOException {
    Evictions.Removed[] step = {Evictions.Removed.NOTHING};
    while (step[0].more()) {
      transact(fresh, transaction -> step[0] = new Evictions(transaction).removeStep(step[0]));
    }
  }

  private void take(Statements fresh, ValueFiles backup, ValueFiles values, List<String> adopted)
      throws SQLException, IOException {
    long[] last = {Long.MIN_VALUE};
    List<CheckedRow> page = CheckedRow.pageAfter(last[0], fresh);
    while (!page.isEmpty() && pace.goOn(page.size())) {
      List<CheckedRow> rows = page;
      transact(fresh, transaction -> {
        for (CheckedRow row : rows) {
          take(row, transaction, backup, values, adopted);
        }
      });
      page = CheckedRow.pageAfter(page.get(page.size() - 1).id(), fresh);
    }
  }

  private void take(
      CheckedRow row,
      Transaction transaction,
      ValueFiles backup,
      ValueFiles values,
      List<String> adopted)
      throws SQLException, IOException {
    boolean sound = row.isSound(backup);
    if (!sound || row.expires() <= clock.millis()) {
      damaged += sound ? 0 : 1;
      expired += sound ? 1 : 0;
      remove(row, transaction);
      return;
    }
    if (row.file() != null) {
      String name =
          values.adopt(backup.path(row.file()), Key.of(Objects.requireNonNull(row.key())));
      adopted.add(name);
      transaction.statements.update("UPDATE entry SET file = ? WHERE id = ?", name, row.id());
    }
  }

  /** Its file stays where it is, in the backup. */
  private static void remove(CheckedRow row, Transaction transaction) throws SQLException {
    transaction.statements.update("DELETE FROM entry_tag WHERE entry = ?", row.id());
    transaction.statements.update("DELETE FROM entry WHERE id = ?", row.id());
    transaction.state.add(-1, -row.sizeBytes());
  }

  /** Entries whose value files are sound and whose keys the backup does not have, or older. */
  private void reindex(Path prepared, ValueFiles values, List<String> adopted)
      throws SQLException, IOException {
    try (Statements fresh = database.openUnnamed(prepared)) {
      List<String> present = new ArrayList<>();
      values.forEach(present::addAll);
      present.removeAll(Set.copyOf(adopted));
      for (int i = 0; i < present.size() && pace.goOn(Math.min(i, PAGE)); i += PAGE) {
        List<String> page = present.subList(i, Math.min(present.size(), i + PAGE));
        transact(fresh, transaction -> {
          for (String name : page) {
            reindex(name, transaction, values, adopted);
          }
        });
      }
    }
  }

  private void reindex(
      String name, Transaction transaction, ValueFiles values, List<String> adopted)
      throws SQLException, IOException {
    Optional<ValueFile> header = values.reader().headerOf(name);
    if (header.isEmpty() || !isSound(name, header.get(), values)) {
      damaged++;
      return;
    }
    ValueFile entry = header.get();
    if (entry.expiresMillis() <= clock.millis()) {
      expired++;
      return;
    }
    Optional<Entries.Present> present = transaction.entries.find(entry.key());
    if ((present.isPresent() && !isOlder(present.get(), entry, transaction))
        || !isRoomFor(entryOf(entry), present, transaction.state)) {
      return;
    }
    Optional<String> adoptedName = adoptedUnlessGone(name, entry, values);
    if (adoptedName.isEmpty()) {
      return;
    }
    if (present.isPresent()) {
      transaction.entries.remove(present.get(), transaction.state);
    }
    adopted.add(adoptedName.get());
    transaction.entries.insert(
        new Prepared(entryOf(entry), entry.storedMillis(), entry.checksum(), adoptedName.get()),
        entry.storedMillis(),
        transaction.state);
  }

  /** Empty if the file is gone: who has the damaged database open may have replaced its entry since. */
  private static Optional<String> adoptedUnlessGone(String name, ValueFile entry, ValueFiles values)
      throws IOException {
    try {
      return Optional.of(values.adopt(values.path(name), entry.key()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Where others make room for it, it need only fit into an empty store. */
  private boolean isRoomFor(NewEntry entry, Optional<Entries.Present> present, State state) {
    long others = limits.cullOrder().culls()
        ? 0
        : state.sizeBytes() - present.map(Entries.Present::sizeBytes).orElse(0L);
    return others + entry.sizeBytes() <= limits.sizeBytes();
  }

  /** Down to the limit, so that nobody ever finds more than it allows. */
  private void cullAndCount(Path prepared) throws SQLException, IOException {
    try (Statements fresh = database.openUnnamed(prepared)) {
      if (limits.cullOrder().culls()) {
        cull(fresh);
      }
      fromFiles =
          fresh.number("SELECT count(*) FROM entry WHERE id > ?", lastOfBackup).orElseThrow();
      fromBackup = fresh.number("SELECT count(*) FROM entry").orElseThrow() - fromFiles;
    }
  }

  private void cull(Statements fresh) throws SQLException, IOException {
    AbsurdSums absurdSums = new AbsurdSums(limits);
    long[] culled = {0};
    do {
      transact(fresh, transaction -> {
        absurdSums.mend(transaction);
        culled[0] = transaction.cull(
            clock.millis(), transaction.state.sizeBytes() - limits.sizeBytes(), Evictions.STEP);
      });
    } while (culled[0] > 0 && pace.goOn(culled[0]));
  }

  private static boolean isSound(String name, ValueFile entry, ValueFiles values)
      throws IOException {
    ValueFileReader.Opened opened = values
        .reader()
        .open(
            name,
            entry.valueBytes(),
            () -> new EntryChecksum(
                entry.key(), entry.storedMillis(), entry.expiresMillis(), entry.costNanos()),
            entry.checksum());
    if (opened == null) {
      return false;
    }
    opened.channel().close();
    return true;
  }

  private static boolean isOlder(Entries.Present present, ValueFile entry, Transaction transaction)
      throws SQLException {
    return transaction
        .statements
        .number(
            "SELECT 1 FROM entry WHERE id = ? AND stored < ?",
            present.identity().row(),
            entry.storedMillis())
        .isPresent();
  }

  private static NewEntry entryOf(ValueFile entry) {
    return new NewEntry(
        entry.key(),
        entry.method(),
        entry.tags(),
        entry.expiresMillis(),
        entry.costNanos(),
        new SizeOnly(entry.valueBytes()),
        NewEntry.Mode.PUBLISH,
        NewEntry.NOW);
  }

  /** A value that is in a file already. */
  private record SizeOnly(long sizeBytes) implements Content {
    @Override
    public InputStream newInputStream() {
      throw new IllegalStateException("the value is in its file");
    }
  }

  /** Returns whether the live database could say what was evicted. */
  private boolean isSwitched(Path prepared, ValueFiles values, Live seen, Live live, long sequence)
      throws SQLException, IOException {
    if (seen == Live.SOUND || seen == Live.READABLE) {
      return isSwitchedUnderLock(prepared, values, live, sequence);
    }
    switchUnread(prepared);
    return false;
  }

  private static boolean isDueToCorruption(Exception e) {
    if (e instanceof DiskException failure && failure.isFound()) {
      return true;
    }
    Throwable cause = e instanceof DiskException ? e.getCause() : e;
    return cause instanceof SQLException sql && DatabaseLook.isCorruption(sql);
  }

  private boolean isSwitchedUnderLock(Path prepared, ValueFiles values, Live live, long sequence)
      throws SQLException {
    try (Writer writer = Busy.retry(
        limits.timeout(),
        () -> Writer.open(
            files,
            database,
            limits,
            values,
            new MethodsInUse(clock),
            new WriteQueue(limits.timeout())))) {
      return writer.replaceDatabase("restore", prepared, (old, fresh) -> {
        boolean same = live != Live.LOST && old.state.sequence() >= sequence;
        if (same) {
          removeEvicted(old, fresh, sequence);
        }
        boolean known = same && old.state.sequence() - sequence < State.UNSEEN;
        fresh.state.takeTheirPlace(old.state, known ? 0 : State.UNSEEN);
        takeOver(old, fresh);
        return known;
      });
    }
  }

  /**
   * What was evicted since. The generations by which it was go to the new database, where they refuse
   * what was being computed then.
   */
  private void removeEvicted(Transaction old, Transaction fresh, long sequence)
      throws SQLException {
    if (old.state.kindGeneration() > sequence) {
      evicted += fresh.entries.removeAll("SELECT id FROM entry", fresh.state);
    }
    if (old.state.sequence() > sequence) {
      removeEvictedNames(old, fresh, sequence); // some may have no row there any more
    }
    List<String> tags = old.statements.list(
        "SELECT name FROM tag WHERE generation > ?", row -> row.requiredText(1), sequence);
    for (String tag : tags) {
      removeTagged(
          fresh.names.tagRowOrNew(tag, fresh.state),
          old.names.tagGeneration(tag, old.state),
          fresh);
    }
    for (Names.MethodRow method : old.names.methods()) {
      long generation = old.names.methodGeneration(method.name(), old.state);
      if (generation > sequence && !method.name().equals(MethodName.BY_HAND)) {
        removeOf(fresh.names.methodRowOrNew(method.name(), fresh.state), generation, fresh);
      }
    }
    long deletion = old.names.methodGeneration(MethodName.BY_HAND, old.state);
    if (deletion > sequence) {
      long byHand = fresh.names.methodRowOrNew(MethodName.BY_HAND, fresh.state);
      removeDeleted(byHand, old, fresh);
      fresh.names.evictMethod(byHand, deletion); // for the next restoration
    }
  }

  /**
   * One that was put by hand and deleted says nothing of the others: of these, what the live database
   * has no entry of was deleted, or was let go for another reason.
   */
  private void removeDeleted(long byHand, Transaction old, Transaction fresh) throws SQLException {
    long[] last = {0};
    List<Key> page;
    do {
      page = fresh.statements.list(
          "SELECT id, key FROM entry WHERE method = ? AND id > ? ORDER BY id LIMIT " + PAGE,
          row -> {
            last[0] = row.number(1);
            return Key.of(Objects.requireNonNull(row.bytes(2)));
          },
          byHand,
          last[0]);
      for (Key key : page) {
        if (old.entries.find(key).filter(there -> !there.hidden()).isEmpty()) {
          fresh.entries.remove(fresh.entries.find(key).orElseThrow(), fresh.state);
          evicted++;
        }
      }
    } while (!page.isEmpty());
  }

  private void removeEvictedNames(Transaction old, Transaction fresh, long sequence)
      throws SQLException {
    for (long tag : fresh.statements.list("SELECT id FROM tag", row -> row.number(1))) {
      long generation = old.names.tagGeneration(fresh.names.tagName(tag), old.state);
      if (generation > sequence) {
        removeTagged(tag, generation, fresh);
      }
    }
    for (Names.MethodRow method : fresh.names.methods()) {
      long generation = old.names.methodGeneration(method.name(), old.state);
      if (generation > sequence && !method.name().equals(MethodName.BY_HAND)) {
        removeOf(method.row(), generation, fresh);
      }
    }
  }

  private void removeTagged(long tag, long generation, Transaction fresh) throws SQLException {
    evicted += fresh.entries.removeAll(
        "SELECT entry FROM entry_tag WHERE tag = ?1 UNION SELECT id FROM entry"
            + " WHERE tags IS NOT NULL AND instr(tags, ',' || ?1 || ',')",
        fresh.state,
        tag);
    fresh.names.evictTag(tag, generation);
  }

  private void removeOf(long method, long generation, Transaction fresh) throws SQLException {
    evicted +=
        fresh.entries.removeAll("SELECT id FROM entry WHERE method = ?", fresh.state, method);
    fresh.names.evictMethod(method, generation);
  }

  /** What the live database counted, if it is not a new one, and which methods are in use. */
  private static void takeOver(Transaction old, Transaction fresh) throws SQLException {
    for (String table : List.of("setting", "total")) {
      List<String[]> rows = old.statements.list("SELECT name, value FROM " + table, row ->
          new String[] {row.requiredText(1), row.requiredText(2)});
      for (String[] row : rows) {
        fresh.statements.update(
            "INSERT OR REPLACE INTO " + table + " (name, value) VALUES (?, ?)", row[0], row[1]);
      }
    }
    for (Names.MethodRow method : fresh.names.methods()) {
      fresh.names.use(method.name(), old.names.lastUse(method.name()), fresh.state);
    }
  }

  /**
   * The lock for backups stands in for the write lock of a database that nobody can open (see
   * docs/decisions/0011).
   */
  private void switchUnread(Path prepared) throws SQLException, IOException {
    Coherence.createOrMend(files.directory());
    Coherence coherence = Coherence.open(files.directory());
    long generation = files.nextGeneration(
        Math.max(coherence.generation(), files.namedGeneration().orElse(0)));
    try (Statements fresh = database.openUnnamed(prepared)) {
      transact(fresh, transaction -> transaction.state.takeThePlaceOfUnknown(generation));
    }
    Platform.force(prepared);
    Path named = files.database(generation);
    Retries retries = new Retries(limits.timeout());
    retries.run(() -> Files.move(prepared, named, StandardCopyOption.ATOMIC_MOVE));
    files.pointTo(generation, retries);
    long ticket = coherence.takeTicket();
    coherence.raiseGeneration(generation);
    coherence.finish(ticket);
  }
}
