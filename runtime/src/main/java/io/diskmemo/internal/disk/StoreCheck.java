package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at everything: SQLite's own check, each entry's checksum, rows without their other half, and
 * the sums. Reads in pages and repairs in steps, so that nothing is held for long. SQLite's own check
 * is one read transaction, which keeps the log from beginning anew.
 */
final class StoreCheck {
  private static final int PAGE = 500;
  private static final String ROWS = "SELECT " + CheckedRow.COLUMNS + " FROM entry";
  private static final String LOOSE =
      "SELECT tag, entry FROM entry_tag WHERE entry NOT IN (SELECT id FROM entry)";

  private final Writer writer;
  private final Readers readers;
  private final ValueFiles valueFiles;
  private final Quarantine quarantine;
  private final Database database;

  StoreCheck(
      Writer writer,
      Readers readers,
      ValueFiles valueFiles,
      Quarantine quarantine,
      Database database) {
    this.writer = writer;
    this.readers = readers;
    this.valueFiles = valueFiles;
    this.quarantine = quarantine;
    this.database = database;
  }

  CheckResult run(boolean repair, Pace pace) {
    List<String> databaseProblems = databaseProblems();
    try {
      return run(repair, pace, databaseProblems);
    } catch (DiskException e) {
      if (databaseProblems.isEmpty()) {
        throw e;
      }
      return new CheckResult(0, 0, databaseProblems, false); // it is too damaged to be read
    }
  }

  private CheckResult run(boolean repair, Pace pace, List<String> databaseProblems) {
    List<RowIdentity> damaged = new ArrayList<>();
    long[] last = {Long.MIN_VALUE};
    long looked = pace.repeat(() -> {
      List<CheckedRow> page = page(last[0]);
      page.stream()
          .filter(row -> !row.isSound(valueFiles) && isStillUnsound(row))
          .forEach(row -> damaged.add(row.identity()));
      last[0] = page.isEmpty() ? last[0] : page.get(page.size() - 1).id();
      return page.size();
    });
    Sums sums = readers.read("check the sums", Sums::read);
    long looseTags = readers.read("count loose tags", StoreCheck::countLooseTags);
    List<String> repairableProblems = new ArrayList<>(sums.problems());
    if (looseTags > 0) {
      repairableProblems.add(looseTags + " tags belong to no entry");
    }
    List<String> problems = new ArrayList<>(databaseProblems);
    problems.addAll(repairableProblems);
    boolean repairable = !damaged.isEmpty() || !repairableProblems.isEmpty();
    if (repair && repairable) {
      repair(damaged, sums);
    }
    return new CheckResult(
        looked, damaged.size(), problems, repair && repairable && databaseProblems.isEmpty());
  }

  /** What two fresh connections see: one read error makes SQLite list pages that are sound. */
  private List<String> databaseProblems() {
    return quickCheck().isEmpty() ? List.of() : quickCheck();
  }

  private List<String> quickCheck() {
    try (Statements fresh = database.openReader(writer.coherence().generation())) {
      return quickCheck(fresh);
    } catch (SQLException e) {
      if (!DatabaseLook.isCorruption(e)) {
        throw new DiskException("check the database", e); // which says nothing about it
      }
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  static List<String> quickCheck(Statements statements) throws SQLException {
    return problems("PRAGMA quick_check(20)", statements);
  }

  /** Also whether indexes have what tables have. */
  static List<String> wholeCheck(Statements statements) throws SQLException {
    return problems("PRAGMA integrity_check(20)", statements);
  }

  private static List<String> problems(String check, Statements statements) throws SQLException {
    return statements.list(check, row -> row.requiredText(1)).stream()
        .filter(line -> !line.equals("ok"))
        .toList();
  }

  private List<CheckedRow> page(long after) {
    return readers.read("check entries", statements -> CheckedRow.pageAfter(after, statements));
  }

  /** The file of a row that was replaced meanwhile is gone, and nothing is damaged. */
  private boolean isStillUnsound(CheckedRow row) {
    return readers
        .read(
            "check an entry",
            statements -> statements.first(
                ROWS + " WHERE id = ? AND checksum = ?", CheckedRow::of, row.id(), row.checksum()))
        .filter(again -> !again.isSound(valueFiles))
        .isPresent();
  }

  private static long countLooseTags(Statements statements) throws SQLException {
    return statements.number("SELECT count(*) FROM (" + LOOSE + ")").orElseThrow();
  }

  private void repair(List<RowIdentity> damaged, Sums sums) {
    damaged.forEach(this::setAside);
    for (int i = 0; i < damaged.size(); i += PAGE) {
      remove(damaged.subList(i, Math.min(damaged.size(), i + PAGE)));
    }
    removeLooseTags();
    mend(sums);
  }

  /** Of two checks at the same time, one finds that the other has done it. */
  private void mend(Sums found) {
    Sums sums = found;
    while (!isMended(sums)) {
      sums = readers.read("check the sums", Sums::read);
    }
  }

  private boolean isMended(Sums sums) {
    return sums.problems().isEmpty()
        || writer.write("mend the sums", sums::isMended).value();
  }

  /** Those whose keys are damaged too have no name to be kept under. */
  private void setAside(RowIdentity damaged) {
    Optional<CheckedRow> found = readers.read(
        "read a damaged entry",
        statements -> statements.first(
            ROWS + " WHERE id = ? AND checksum = ?",
            CheckedRow::of,
            damaged.row(),
            damaged.checksum()));
    if (found.isPresent()) {
      CheckedRow row = found.get();
      byte[] key = row.key();
      byte[] value = row.value();
      String file = row.file();
      if (key != null && key.length == Key.LENGTH) {
        if (file != null && valueFiles.isName(file)) {
          quarantine.takeFile(Key.of(key), valueFiles.path(file));
        } else if (value != null) {
          quarantine.takeRow(Key.of(key), value);
        }
      }
    }
  }

  private void remove(List<RowIdentity> damaged) {
    writer.write("remove damaged entries", transaction -> {
      transaction.invalidateMemory();
      for (RowIdentity one : damaged) {
        Optional<Entries.Present> present = transaction.entries.find(one);
        if (present.isPresent()) {
          transaction.entries.remove(present.get(), transaction.state);
        }
      }
      return damaged.size();
    });
  }

  private void removeLooseTags() {
    List<long[]> loose = looseTags();
    while (!loose.isEmpty()) {
      List<long[]> page = loose;
      writer.write("remove loose tags", transaction -> {
        for (long[] one : page) {
          transaction.statements.update(
              "DELETE FROM entry_tag WHERE tag = ?1 AND entry = ?2"
                  + " AND NOT EXISTS (SELECT 1 FROM entry WHERE id = ?2)",
              one[0],
              one[1]);
        }
        return page.size();
      });
      loose = looseTags();
    }
  }

  private List<long[]> looseTags() {
    return readers.read(
        "list loose tags",
        statements -> statements.list(
            LOOSE + " LIMIT " + PAGE, row -> new long[] {row.number(1), row.number(2)}));
  }
}
