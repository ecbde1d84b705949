package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes entries that are there: their values, or when they expire. Thread-safe. */
final class EntryUpdates {
  private final EntryReader reader;
  private final Writer writer;
  private final Readers readers;
  private final ValueFiles valueFiles;
  private final Sealing sealing;
  private final Storing storing;
  private final InstantSource clock;

  EntryUpdates(
      EntryReader reader,
      Writer writer,
      Readers readers,
      ValueFiles valueFiles,
      Sealing sealing,
      Storing storing,
      InstantSource clock) {
    this.reader = reader;
    this.writer = writer;
    this.readers = readers;
    this.valueFiles = valueFiles;
    this.sealing = sealing;
    this.storing = storing;
    this.clock = clock;
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
        .read("read an entry", statements -> reader.rowOf(key, statements))
        .map(row -> new FileValue(row.identity(), reader.valueOf(row)));
  }

  /** Empty if the value is in a file that must be read before. */
  private <T> Optional<KindStore.Updated<T>> updated(
      Key key, KindStore.Decision<T> decision, Optional<FileValue> read, Transaction transaction)
      throws SQLException {
    Optional<EntryRow> row = reader.rowOf(key, transaction.statements);
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

  private static boolean isOf(EntryRow row, Optional<FileValue> read) {
    return read.isPresent() && read.get().identity().equals(row.identity());
  }

  /** Only numbers are updated, which are never large. */
  private Prepared inRow(NewEntry plain) {
    long now = clock.millis();
    NewEntry entry = sealing.sealed(plain, now);
    return Prepared.inRow(entry, now, ((Content.Bytes) entry.value()).bytes());
  }

  private Lookup checked(Key key, EntryRow row, Optional<FileValue> read) {
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
      Optional<EntryRow> found =
          readers.read("look at an entry", statements -> reader.rowOf(key, statements));
      if (found.isEmpty() || found.get().expires() <= clock.millis()) {
        return false;
      }
      EntryRow row = found.get();
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
  private Optional<Long> checksumUntil(long expiresMillis, Key key, EntryRow row) {
    Optional<EntryChecksum> present = checksumOf(key, row, row.expires());
    return present.isPresent() && present.get().value(false) == row.checksum()
        ? checksumOf(key, row, expiresMillis).map(sum -> sum.value(false))
        : Optional.empty();
  }

  private Optional<EntryChecksum> checksumOf(Key key, EntryRow row, long expiresMillis) {
    byte[] value = row.value();
    String file = row.file();
    if (file != null) {
      return valueFiles
          .reader()
          .checksum(
              file,
              row.sizeBytes(),
              () -> new EntryChecksum(key, row.stored(), expiresMillis, row.cost()));
    }
    return value == null
        ? Optional.empty()
        : Optional.of(EntryChecksum.of(key, row.stored(), expiresMillis, row.cost(), value));
  }

  /** The value encrypted anew, because the end of an entry is bound to it; empty if it is unreadable. */
  private Optional<Prepared> resealed(Key key, EntryRow row, long expiresMillis) {
    if (!(reader.inMemory(key, row, Coherence.UNSTABLE) instanceof StoredEntry present)) {
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
          : valueFiles.reader().headerOf(file).map(ValueFile::method).orElse(MethodName.BY_HAND);
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
}
