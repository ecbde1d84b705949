package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Reads entries and checks them. Thread-safe. */
final class EntryReader {
  private static final int UNSTABLE_READS_BEFORE_CLOSING = 64;

  private final Readers readers;
  private final Writer writer;
  private final Coherence coherence;
  private final @Nullable Pin pin;
  private final ValueFiles valueFiles;
  private final Sealing sealing;
  private final AccessLog accesses;
  private final DamagedEntries damaged;
  private final InstantSource clock;
  private final LaterWork laterWork;
  private final AtomicInteger unstableReads = new AtomicInteger();

  EntryReader(
      Readers readers,
      Writer writer,
      Coherence coherence,
      @Nullable Pin pin,
      ValueFiles valueFiles,
      Sealing sealing,
      AccessLog accesses,
      DamagedEntries damaged,
      InstantSource clock,
      LaterWork laterWork) {
    this.readers = readers;
    this.writer = writer;
    this.coherence = coherence;
    this.pin = pin;
    this.valueFiles = valueFiles;
    this.sealing = sealing;
    this.accesses = accesses;
    this.damaged = damaged;
    this.clock = clock;
    this.laterWork = laterWork;
  }

  Lookup find(Key key) {
    return lookUp(key, this::inMemory);
  }

  /** As {@link #find}, of an entry that may have expired so long ago. */
  Lookup findLate(Key key, long mostMillis) {
    return lookUp(
        key, (wanted, row, stamp) -> inMemory(wanted, row, stamp, clock.millis() - mostMillis));
  }

  /** As {@link #find}, without reading a value that is in a file into memory, unless it is one byte. */
  Lookup findStreamed(Key key) {
    return lookUp(
        key,
        (wanted, row, stamp) ->
            row.file() == null ? inMemory(wanted, row, stamp) : inFile(wanted, row, stamp));
  }

  /** What a row holds: {@link Lookup.Miss#DAMAGED} if that is not what it should be. */
  private interface Reading {
    Lookup of(Key key, EntryRow row, long stamp);
  }

  private Lookup lookUp(Key key, Reading reading) {
    if (pin != null) {
      pin.use();
    }
    RowIdentity unsound = null;
    while (true) {
      long stamp = stampOrCloseGap();
      Optional<EntryRow> found =
          readers.read("read an entry", statements -> rowOf(key, statements));
      if (found.isEmpty()) {
        return Lookup.Miss.ABSENT;
      }
      EntryRow row = found.get();
      Lookup read = reading.of(key, row, stamp);
      if (read != Lookup.Miss.DAMAGED) {
        return read;
      }
      // the file of a row that was replaced meanwhile is gone, and nothing is damaged
      if (row.file() == null || row.identity().equals(unsound)) {
        damaged.removeIfFree(key, row);
        return Lookup.Miss.DAMAGED;
      }
      unsound = row.identity();
    }
  }

  Lookup inMemory(Key key, EntryRow row, long stamp) {
    return inMemory(key, row, stamp, clock.millis());
  }

  private Lookup inMemory(Key key, EntryRow row, long stamp, long nowMillis) {
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

  private Lookup inFile(Key key, EntryRow row, long stamp) {
    if (row.expires() <= clock.millis()) {
      return Lookup.Miss.EXPIRED;
    }
    String file = Objects.requireNonNull(row.file());
    Optional<ValueFileReader.Place> place = valueFiles
        .reader()
        .find(
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
    Decryption decryption = opened.decryption();
    long valueBytes = decryption == null ? place.get().sizeBytes() : decryption.sizeBytes();
    if (valueBytes <= 1) { // may be null, which only its codec tells from what has no bytes
      return inMemory(key, row, stamp);
    }
    accesses.note(row.id(), 1);
    return new StoredFile(
        row.identity(),
        row.cost(),
        valueFiles.path(file),
        place.get().offset(),
        place.get().sizeBytes(),
        coherence.confirm(stamp),
        decryption);
  }

  /**
   * Reads several entries by one query, until they have so many bytes together; what it does not find,
   * or not whole, is left out.
   */
  Map<Key, StoredEntry> findAll(List<Key> keys, long mostBytes) {
    Map<Key, StoredEntry> found = new HashMap<>();
    long left = mostBytes;
    for (int i = 0; i < keys.size() && left > 0; i += EntryRow.KEYS_PER_QUERY) {
      List<Key> page = keys.subList(i, Math.min(keys.size(), i + EntryRow.KEYS_PER_QUERY));
      long most = left;
      long stamp = stampOrCloseGap();
      List<EntryRow.OfKey> rows = readers.read(
          "read entries", statements -> EntryRow.find(page, most, coherence, statements));
      for (EntryRow.OfKey row : rows) {
        if (row.row().sizeBytes() <= left
            && inMemory(row.key(), row.row(), stamp) instanceof StoredEntry entry) {
          found.put(row.key(), entry);
          left -= row.row().sizeBytes();
        }
      }
    }
    return found;
  }

  private StoredEntry hit(EntryRow row, byte[] value, long stamp) {
    accesses.note(row.id(), 1);
    return row.toEntry(value, coherence.confirm(stamp));
  }

  /** The row of a key, as a transaction or a reader sees it. */
  Optional<EntryRow> rowOf(Key key, Statements statements) throws SQLException {
    return EntryRow.find(key, coherence, statements);
  }

  /** The bytes of a row or its file, which may be encrypted or damaged; null if there are none. */
  byte @Nullable [] valueOf(EntryRow row) {
    String file = row.file();
    return file == null ? row.value() : valueFiles.reader().read(file, row.sizeBytes());
  }

  /** Readers that find a gap between the counters for long close it. */
  private long stampOrCloseGap() {
    long stamp = coherence.stamp();
    if (stamp == Coherence.UNSTABLE
        && (coherence.isLost()
            || unstableReads.incrementAndGet() % UNSTABLE_READS_BEFORE_CLOSING == 0)) {
      laterWork.quietly(writer::closeGapIfIdle);
      return coherence.stamp();
    }
    return stamp;
  }

  long stampOf(Key key, RowIdentity identity) {
    long stamp = stampOrCloseGap();
    boolean present = readers.read(
        "look at an entry",
        statements ->
            rowOf(key, statements).map(row -> row.identity().equals(identity)).orElse(false));
    return present ? coherence.confirm(stamp) : KindStore.GONE;
  }

  void noteAccesses(RowIdentity identity, int times) {
    accesses.note(identity.row(), times);
  }
}
