package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows the live entries of one database in the order in which they were stored, a page at a time, with
 * nothing held while they are used. Those that come or go meanwhile may or may not be shown.
 */
public final class EntryScan {
  private static final int PAGE = 100;
  private static final String ROWS = "SELECT " + CheckedRow.COLUMNS
      + ", m.name, m.version, m.fingerprint FROM entry JOIN method m ON m.id = entry.method"
      + " WHERE entry.id > ?1 AND (?2 = '' OR m.name = ?2"
      + " OR substr(m.name, 1, length(?2) + 1) = ?2 || '(')"
      + " AND (?3 = '' OR instr(entry.tags, ',' || (SELECT id FROM tag WHERE name = ?3) || ',')"
      + " OR EXISTS (SELECT 1 FROM entry_tag t WHERE t.tag = (SELECT id FROM tag WHERE name = ?3)"
      + " AND t.entry = entry.id))"
      + " AND NOT " + Entries.HIDDEN + " ORDER BY entry.id LIMIT " + PAGE;

  private final Readers readers;
  private final ValueFiles valueFiles;
  private final InstantSource clock;
  private final EntryFilter filter;

  EntryScan(Readers readers, ValueFiles valueFiles, InstantSource clock, EntryFilter filter) {
    this.readers = readers;
    this.valueFiles = valueFiles;
    this.clock = clock;
    this.filter = filter;
  }

  /**
   * An entry as it is stored, whose checksum holds.
   *
   * @param key of the entry
   * @param method that it is a result of
   * @param tags by which it can be evicted
   * @param storedMillis when it was stored
   * @param expiresMillis when it expires, or {@link StoredEntry#NEVER}
   * @param costNanos how long its computation took
   * @param checksum over key, times, cost and value
   * @param value to be read while it is shown
   */
  public record Entry(
      Key key,
      MethodName method,
      List<String> tags,
      long storedMillis,
      long expiresMillis,
      long costNanos,
      long checksum,
      Content value) {}

  /** Takes entries. */
  public interface Use {
    /**
     * Takes one.
     *
     * @param entry whose value is not to be read after this returns
     * @throws IOException ends the scan
     */
    void take(Entry entry) throws IOException;
  }

  /** How many entries were shown, and how many were damaged and left out. */
  public record Result(long shown, long damaged) {
    Result plus(Result other) {
      return new Result(shown + other.shown, damaged + other.damaged);
    }
  }

  private record Row(CheckedRow row, MethodName method, List<String> tags) {}

  Result run(Use use, Pace pace) throws IOException {
    Result all = new Result(0, 0);
    long last = Long.MIN_VALUE;
    long before = 0;
    while (pace.goOn(all.shown() - before)) {
      before = all.shown();
      List<Row> page = page(last);
      if (page.isEmpty()) {
        return all;
      }
      for (Row row : page) {
        all = all.plus(shown(row, use));
        last = row.row().id();
      }
    }
    return all;
  }

  private List<Row> page(long after) {
    return readers.read(
        "list entries", statements -> statements.asOfOneCommit(() -> page(after, statements)));
  }

  private List<Row> page(long after, Statements statements) throws SQLException {
    List<Row> rows = statements.listUpTo(
        CheckedRow.MOST_BYTES,
        row -> row.row().bytes(),
        ROWS,
        EntryScan::row,
        after,
        Optional.ofNullable(filter.method()).orElse(""),
        Optional.ofNullable(filter.tag()).orElse(""));
    List<Row> tagged = new ArrayList<>(rows.size());
    for (Row row : rows) {
      tagged.add(new Row(row.row(), row.method(), Entries.tagsOf(row.row().id(), statements)));
    }
    return tagged;
  }

  private static Row row(Columns row) throws SQLException {
    return new Row(
        CheckedRow.of(row),
        new MethodName(row.requiredText(10), (int) row.number(11), row.requiredText(12)),
        List.of());
  }

  private Result shown(Row row, Use use) throws IOException {
    CheckedRow checked = row.row();
    if (checked.expires() <= clock.millis()) {
      return new Result(0, 0);
    }
    if (checked.file() != null) {
      return shownFromFile(row, use);
    }
    byte[] value = checked.value();
    if (value == null || !checked.isSound(valueFiles)) {
      return new Result(0, 1);
    }
    use.take(entry(row, Content.of(value)));
    return new Result(1, 0);
  }

  private Result shownFromFile(Row row, Use use) throws IOException {
    ValueFileReader.@Nullable Opened opened = row.row().opened(valueFiles);
    if (opened == null) {
      return new Result(0, 1);
    }
    try (FileChannel channel = opened.channel()) {
      use.take(entry(row, new InFile(channel, opened.offset(), opened.sizeBytes())));
    }
    return new Result(1, 0);
  }

  private static Entry entry(Row row, Content value) {
    CheckedRow checked = row.row();
    return new Entry(
        Key.of(Objects.requireNonNull(checked.key())),
        row.method(),
        row.tags(),
        checked.stored(),
        checked.expires(),
        checked.cost(),
        checked.checksum(),
        value);
  }

  /** A value in a file that stays open while it is shown; one reader at a time. */
  private record InFile(FileChannel channel, long offset, long sizeBytes) implements Content {
    @Override
    public InputStream newInputStream() throws IOException {
      channel.position(offset);
      return Channels.newInputStream(channel);
    }
  }
}
