package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at everything: SQLite's own check, each entry's checksum, rows without their other half, and
 * the sums. Reads in pages, so that nothing is held for long.
 */
final class StoreCheck {
  private static final int PAGE = 500;
  private static final String ROWS =
      "SELECT id, key, stored, expires, cost, checksum, value, file, size FROM entry";

  private final Writer writer;
  private final Readers readers;
  private final ValueFiles valueFiles;

  StoreCheck(Writer writer, Readers readers, ValueFiles valueFiles) {
    this.writer = writer;
    this.readers = readers;
    this.valueFiles = valueFiles;
  }

  private record Checked(RowIdentity identity, boolean sound) {}

  CheckResult run(boolean repair) {
    List<String> databaseProblems = quickCheck();
    List<RowIdentity> damaged = new ArrayList<>();
    long looked = 0;
    long last = Long.MIN_VALUE;
    for (List<Checked> page = page(last); !page.isEmpty(); page = page(last)) {
      page.stream()
          .filter(checked -> !checked.sound() && isStillUnsound(checked.identity()))
          .forEach(one -> damaged.add(one.identity()));
      looked += page.size();
      last = page.get(page.size() - 1).identity().row();
    }
    List<String> sumProblems = sumProblems();
    boolean repairable = !damaged.isEmpty() || !sumProblems.isEmpty();
    if (repair && repairable) {
      repair(damaged);
    }
    return new CheckResult(
        looked,
        damaged.size(),
        Stream.concat(databaseProblems.stream(), sumProblems.stream()).toList(),
        repair && repairable && databaseProblems.isEmpty());
  }

  private List<String> quickCheck() {
    return readers.read(
        "check the database",
        statements -> statements.list("PRAGMA quick_check(20)", row -> row.getString(1)).stream()
            .filter(line -> !line.equals("ok"))
            .toList());
  }

  private List<Checked> page(long after) {
    return readers.read(
        "check entries",
        statements -> statements.list(
            ROWS + " WHERE id > ? ORDER BY id LIMIT " + PAGE, this::checked, after));
  }

  /** The file of a row that was replaced meanwhile is gone, and nothing is damaged. */
  private boolean isStillUnsound(RowIdentity identity) {
    return readers.read(
        "check an entry",
        statements -> statements
            .first(
                ROWS + " WHERE id = ? AND checksum = ?",
                this::checked,
                identity.row(),
                identity.checksum())
            .filter(again -> !again.sound())
            .isPresent());
  }

  private Checked checked(ResultSet row) throws SQLException {
    byte[] key = row.getBytes(2);
    String file = row.getString(8);
    byte[] value = file == null ? row.getBytes(7) : valueFiles.read(file, row.getLong(9));
    boolean sound = key != null
        && key.length == Key.LENGTH
        && value != null
        && EntryChecksum.of(Key.of(key), row.getLong(3), row.getLong(4), row.getLong(5), value)
            == row.getLong(6);
    return new Checked(new RowIdentity(row.getLong(1), row.getLong(6)), sound);
  }

  private List<String> sumProblems() {
    return readers.read(
        "check the sums",
        statements -> statements.list(
            "SELECT 'the sums say ' || s.entries || ' entries of ' || s.size || ' bytes, and there"
                + " are ' || e.n || ' of ' || e.bytes FROM state s,"
                + " (SELECT count(*) AS n, coalesce(sum(size), 0) AS bytes FROM entry) e"
                + " WHERE s.entries <> e.n OR s.size <> e.bytes"
                + " UNION ALL SELECT 'the state counts ' || s.evicting || ' evictions under way, and"
                + " there are ' || v.n FROM state s, (SELECT count(*) AS n FROM evicting) v"
                + " WHERE s.evicting <> v.n"
                + " UNION ALL SELECT count(*) || ' tags belong to no entry' FROM entry_tag"
                + " WHERE entry NOT IN (SELECT id FROM entry) HAVING count(*) > 0",
            row -> row.getString(1)));
  }

  private void repair(List<RowIdentity> damaged) {
    writer.write("repair the store", transaction -> {
      transaction.invalidateMemory();
      for (RowIdentity one : damaged) {
        Optional<Entries.Present> present = transaction.entries.find(one);
        if (present.isPresent()) {
          transaction.entries.remove(present.get(), transaction.state);
        }
      }
      transaction.statements.update(
          "DELETE FROM entry_tag WHERE entry NOT IN (SELECT id FROM entry)");
      transaction.state.set(sums(transaction.statements), evictions(transaction.statements));
      return damaged.size();
    });
  }

  private static KindStore.Size sums(Statements statements) throws SQLException {
    return statements
        .first(
            "SELECT count(*), coalesce(sum(size), 0) FROM entry",
            row -> new KindStore.Size(row.getLong(1), row.getLong(2)))
        .orElseThrow();
  }

  private static long evictions(Statements statements) throws SQLException {
    return statements.number("SELECT count(*) FROM evicting").orElseThrow();
  }
}
