package io.diskmemo.internal.disk;

import io.diskmemo.internal.seal.ValueCipher;
import io.diskmemo.key.Key;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of {@code entry}, as it was read. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EntryRow(
    long id,
    long stored,
    long expires,
    long cost,
    long checksum,
    byte @Nullable [] value,
    @Nullable String file,
    long sizeBytes) {
  /** So many are looked for by one query. */
  static final int KEYS_PER_QUERY = 50;

  private static final String COLUMNS =
      "SELECT id, stored, expires, cost, checksum, " + CheckedRow.VALUE + ", file, size";
  private static final String FIND = COLUMNS + " FROM entry WHERE key = ?";
  private static final String FIND_VISIBLE = FIND + " AND NOT " + Entries.HIDDEN;
  private static final String FIND_SEVERAL =
      COLUMNS + ", key FROM entry WHERE key IN (?" + ", ?".repeat(KEYS_PER_QUERY - 1) + ")";
  private static final String FIND_SEVERAL_VISIBLE = FIND_SEVERAL + " AND NOT " + Entries.HIDDEN;

  /** Finds the row of a key that no eviction hides. */
  static Optional<EntryRow> find(Key key, Coherence coherence, Statements statements)
      throws SQLException {
    return statements.first(
        coherence.isEvicting() ? FIND_VISIBLE : FIND, EntryRow::of, (Object) key.toBytes());
  }

  /** A row and its key. */
  record OfKey(Key key, EntryRow row) {}

  /** Finds those of a page of keys, of which the last fills the places that are left. */
  static List<OfKey> find(
      List<Key> page, long mostBytes, Coherence coherence, Statements statements)
      throws SQLException {
    Object[] parameters = new Object[KEYS_PER_QUERY];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = page.get(Math.min(i, page.size() - 1)).toBytes();
    }
    return statements.listUpTo(
        mostBytes,
        found -> found.row().file() == null ? found.row().sizeBytes() : 0,
        coherence.isEvicting() ? FIND_SEVERAL_VISIBLE : FIND_SEVERAL,
        found -> new OfKey(Key.of(found.requiredBytes(9)), of(found)),
        parameters);
  }

  private static EntryRow of(Columns row) throws SQLException {
    return new EntryRow(
        row.number(1),
        row.number(2),
        row.number(3),
        row.number(4),
        row.number(5),
        row.bytes(6),
        row.text(7),
        row.number(8));
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
