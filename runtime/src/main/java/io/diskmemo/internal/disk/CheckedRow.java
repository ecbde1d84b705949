package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row with all that its checksum covers. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CheckedRow(
    long id,
    byte @Nullable [] key,
    long stored,
    long expires,
    long cost,
    long checksum,
    byte @Nullable [] value,
    @Nullable String file,
    long sizeBytes) {
  /** Null if there is more of it than the row counts, so that no more is taken into memory. */
  static final String VALUE = "CASE WHEN length(value) <= size THEN value END";

  static final String COLUMNS =
      "entry.id, key, stored, expires, cost, checksum, " + VALUE + ", file, size";

  /** Values of a page together, about, which are in memory at the same time. */
  static final long MOST_BYTES = 8 << 20;

  private static final String PAGE =
      "SELECT " + COLUMNS + " FROM entry WHERE id > ? ORDER BY id LIMIT 500";

  long bytes() {
    return value == null ? 0 : value.length;
  }

  static CheckedRow of(Columns row) throws SQLException {
    return new CheckedRow(
        row.number(1),
        row.bytes(2),
        row.number(3),
        row.number(4),
        row.number(5),
        row.number(6),
        row.bytes(7),
        row.text(8),
        row.number(9));
  }

  /** Some rows after one, in their order. */
  static List<CheckedRow> pageAfter(long id, Statements statements) throws SQLException {
    return statements.listUpTo(MOST_BYTES, CheckedRow::bytes, PAGE, CheckedRow::of, id);
  }

  RowIdentity identity() {
    return new RowIdentity(id, checksum);
  }

  /** Whether its checksum holds. A value file is not read into memory, where it might not fit. */
  boolean isSound(ValueFiles files) {
    if (file != null) {
      return isOpened(files);
    }
    byte[] bytes = key;
    return bytes != null
        && bytes.length == Key.LENGTH
        && value != null
        && EntryChecksum.of(Key.of(bytes), stored, expires, cost, value).holds(checksum);
  }

  private boolean isOpened(ValueFiles files) {
    ValueFileReader.Opened opened = opened(files);
    if (opened == null) {
      return false;
    }
    try {
      opened.channel().close();
      return true;
    } catch (IOException e) {
      throw new DiskException("check a value file", e);
    }
  }

  /** Its value file, or null if the checksum does not hold. */
  ValueFileReader.@Nullable Opened opened(ValueFiles files) {
    byte[] bytes = key;
    String name = file;
    return bytes == null || bytes.length != Key.LENGTH || name == null
        ? null
        : files
            .reader()
            .open(
                name,
                sizeBytes,
                () -> new EntryChecksum(Key.of(bytes), stored, expires, cost),
                checksum);
  }
}
