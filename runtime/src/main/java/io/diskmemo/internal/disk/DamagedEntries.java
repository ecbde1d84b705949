package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Entries that are not what they should be: they are set aside and removed. Thread-safe. */
final class DamagedEntries {
  private final Writer writer;
  private final ValueFiles valueFiles;
  private final Quarantine quarantine;
  private final InstantSource clock;
  private final LaterWork laterWork;

  DamagedEntries(
      Writer writer,
      ValueFiles valueFiles,
      Quarantine quarantine,
      InstantSource clock,
      LaterWork laterWork) {
    this.writer = writer;
    this.valueFiles = valueFiles;
    this.quarantine = quarantine;
    this.clock = clock;
    this.laterWork = laterWork;
  }

  /** A damaged entry is a miss at once; if it cannot be removed without a wait, it is found again. */
  void removeIfFree(Key key, EntryRow row) {
    laterWork.quietly(() -> {
      if (row.file() != null && valueFiles.isName(row.file())) {
        quarantine.takeFile(key, valueFiles.path(row.file())); // while it still has its name
      }
      boolean removed = writer.writeIfFree(
          "remove a damaged entry", transaction -> remove(key, row.identity(), transaction));
      byte[] value = row.value();
      if (removed && value != null) {
        Instant found = clock.instant();
        laterWork.later(() -> quarantine.takeRow(key, value, found));
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
}
