package io.diskmemo.internal.disk;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the state says and what there is, at one moment.
 *
 * @param rowNoted the highest row that any entry had, as the state has it
 * @param row the highest that one has
 * @param mends how often anybody has put sums right
 */
record Sums(
    long entriesNoted,
    long entries,
    long bytesNoted,
    long bytes,
    long evictionsNoted,
    long evictions,
    long rowNoted,
    long row,
    long mends) {

  private static final String MENDS = "sums_mended";
  private static final String MENDS_NOTED =
      "SELECT coalesce(max(value), 0) FROM total WHERE name = ?";

  private static final String READ =
      "SELECT s.entries, e.n, s.size, e.bytes, s.evicting, (SELECT count(*) FROM evicting),"
          + " s.last_row, e.row, (" + MENDS_NOTED + ") FROM state s, (SELECT count(*) AS n,"
          + " coalesce(sum(size), 0) AS bytes, coalesce(max(id), 0) AS row FROM entry) e";

  /** Looks at all entries. */
  static Sums read(Statements statements) throws SQLException {
    return statements
        .first(
            READ,
            row -> new Sums(
                row.number(1),
                row.number(2),
                row.number(3),
                row.number(4),
                row.number(5),
                row.number(6),
                row.number(7),
                row.number(8),
                row.number(9)),
            MENDS)
        .orElseThrow();
  }

  /** What is wrong, for people. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (entriesNoted != entries || bytesNoted != bytes) {
      problems.add("the sums say " + entriesNoted + " entries of " + bytesNoted
          + " bytes, and there are " + entries + " of " + bytes);
    }
    if (evictionsNoted != evictions) {
      problems.add("the state counts " + evictionsNoted + " evictions under way, and there are "
          + evictions);
    }
    if (rowNoted < row) {
      problems.add("the state says that the last row is " + rowNoted + ", and there is " + row);
    }
    return problems;
  }

  /**
   * Puts them right by what was wrong with them, so that the changes of others since then count.
   *
   * @return false if somebody else did since these were read; then they are to be read anew
   */
  boolean isMended(Transaction transaction) throws SQLException {
    if (transaction.statements.number(MENDS_NOTED, MENDS).orElseThrow() != mends) {
      return false;
    }
    transaction.state.mend(entries - entriesNoted, bytes - bytesNoted, evictions - evictionsNoted);
    noteMend(transaction.statements);
    return true;
  }

  /** To be said by whoever puts sums right, in the same transaction. */
  static void noteMend(Statements statements) throws SQLException {
    statements.update(
        "INSERT INTO total (name, value) VALUES (?, 1)"
            + " ON CONFLICT (name) DO UPDATE SET value = value + 1",
        MENDS);
  }
}
