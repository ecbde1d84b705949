package io.diskmemo.internal.disk;

import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of a kind that are in one database, with its value files, and what can be done with
 * them. Thread-safe. What it means is said at {@link KindStore}.
 */
final class Shard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final int READERS = 4;

  final EntryReader reader;
  final EntryWriter entries;
  final DamagedEntries damaged;
  final EvictedEntries evicted;
  final Room room;
  final Superseded superseded;
  private final KindFiles files;
  private final StoreLimits limits;
  private final InstantSource clock;
  private final Database database;
  private final Writer writer;
  private final Readers readers;
  private final Pin pin;
  private final ValueFiles valueFiles;
  private final MethodsInUse methodsInUse;
  private final Coherence coherence;
  private final Quarantine quarantine;
  private final Sealing sealing;
  private final Storing storing;
  private final LaterWork laterWork;

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
    this.database = database;
    this.writer = writer;
    this.readers = readers;
    this.valueFiles = valueFiles;
    this.methodsInUse = methodsInUse;
    this.coherence = writer.coherence();
    this.pin = new Pin(database, coherence);
    this.quarantine = new Quarantine(files.directory(), clock);
    this.sealing = sealing;
    AccessLog accesses = new AccessLog(limits.cullOrder(), clock);
    this.storing = new Storing(limits, clock, accesses, sealing, coherence);
    this.laterWork = new LaterWork(background);
    this.damaged = new DamagedEntries(writer, valueFiles, quarantine, clock, laterWork);
    this.reader = new EntryReader(
        readers,
        writer,
        coherence,
        limits.journalMode().equals("WAL") ? pin : null,
        valueFiles,
        sealing,
        accesses,
        damaged,
        clock,
        laterWork);
    this.superseded = new Superseded(files, database, writer, readers, valueFiles);
    this.evicted = new EvictedEntries(writer, readers, superseded, laterWork);
    this.room = new Room(writer, readers, limits, clock, accesses, storing, evicted, laterWork);
    this.entries = new EntryWriter(
        writer, readers, limits, clock, valueFiles, sealing, storing, evicted, room);
  }

  static Shard open(
      KindFiles files,
      StoreLimits limits,
      InstantSource clock,
      Executor background,
      Sealing sealing) {
    Writer writer = null;
    Shard shard = null;
    try {
      Database database = new Database(files::database, limits);
      ValueFiles valueFiles = new ValueFiles(files.directory());
      MethodsInUse methodsInUse = new MethodsInUse(clock);
      writer = Busy.retry(
          limits.timeout(),
          () -> Writer.open(
              files, database, limits, valueFiles, methodsInUse, new WriteQueue(limits.timeout())));
      Readers readers =
          new Readers(database, writer.coherence()::generation, limits.timeout(), READERS);
      Shard opened = new Shard(
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
      opened.evicted.removeLater();
      shard = opened;
      return opened;
    } catch (SQLException e) {
      throw NewerFormatException.isMeantBy(e)
          ? new NewerFormatException("open the kind", "the database in " + files.directory())
          : new DiskException("open the kind", e);
    } finally {
      if (shard == null && writer != null) { // also by an error, such as the want of memory
        writer.close();
      }
    }
  }

  /** Closes what is idle, so that what is read next is read anew. */
  void reopen() {
    if (!laterWork.isClosed()) {
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

  boolean isOfOtherKey(Content value) throws IOException {
    return sealing.isOfOtherKey(value);
  }

  Coherence coherence() {
    return coherence;
  }

  WriterProgress progress() {
    return writer.progress();
  }

  EntryUpdates updates() {
    return new EntryUpdates(reader, writer, readers, valueFiles, sealing, storing, clock);
  }

  Contents contents() {
    return new Contents(readers);
  }

  SettingsAndTotals settingsAndTotals() {
    return new SettingsAndTotals(writer, readers);
  }

  Outdated outdated() {
    return new Outdated(writer, readers, clock);
  }

  long dropUnusedTags(Pace pace) {
    return new UnusedTags(writer, readers).drop(pace);
  }

  void probe() {
    StoreProbe.run(settingsAndTotals());
  }

  boolean isInPlace() {
    try {
      return coherence.isInPlace() && writer.isInPlace();
    } catch (IOException e) {
      LOG.debug("the kind's directory cannot be read", e);
      return false;
    }
  }

  void moveOn() {
    pin.releaseSuperseded();
    readers.closeSuperseded();
    writer.moveOn();
  }

  void noteUse(MethodName method) {
    methodsInUse.note(method);
  }

  CheckResult check(boolean repair, Pace pace) {
    return new StoreCheck(writer, readers, valueFiles, quarantine, database).run(repair, pace);
  }

  long compact(Pace pace) {
    return new Compaction(writer, coherence, limits).run(pace);
  }

  long sweep(Pace pace) {
    try {
      long swept = superseded.delete()
          + new ValueFileSweep(valueFiles, readers).run(pace)
          + quarantine.sweep()
          + Platform.uninterrupted(() -> TemporaryFile.sweep(files.directory()));
      while (valueFiles.hasToForget()) { // each transaction forgets some
        writer.write("forget deleted files", transaction -> true);
      }
      return swept;
    } catch (IOException e) {
      throw new DiskException("sweep", e);
    }
  }

  EntryScan scan(EntryFilter filter) {
    return new EntryScan(readers, valueFiles, clock, filter);
  }

  @Override
  public void close() {
    laterWork.close();
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
