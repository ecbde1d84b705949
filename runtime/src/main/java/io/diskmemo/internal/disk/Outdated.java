package io.diskmemo.internal.disk;

import io.diskmemo.internal.disk.Entries.Eviction;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/**
 * Versions of methods that nobody uses any more. A version is outdated if another one of the same
 * method was used or stored later, and it was not itself for a stated time. One whose use nobody ever
 * noted counts from its newest entry.
 *
 * <p>Dropping takes no ticket: what a memory tier holds of it stays true.
 */
final class Outdated {
  private static final String LAST =
      "max(m.used, coalesce((SELECT stored FROM entry WHERE method = m.id ORDER BY id DESC LIMIT 1),"
          + " 0))";

  private static final String METHODS = "WITH last AS (SELECT m.id AS id, m.name AS name, " + LAST
      + " AS at FROM method m WHERE m.name <> ''"
      + " AND NOT " + Names.IS_EVICTED_NAME + ")"
      + " SELECT l.id FROM last l WHERE l.at <= ? AND EXISTS (SELECT 1 FROM last o"
      + " WHERE o.name = l.name AND o.at > l.at)";

  private final Writer writer;
  private final Readers readers;
  private final InstantSource clock;

  Outdated(Writer writer, Readers readers, InstantSource clock) {
    this.writer = writer;
    this.readers = readers;
    this.clock = clock;
  }

  long count(long unusedMillis) {
    return readers.read(
        "count outdated entries",
        statements -> statements
            .number(
                "SELECT count(*) FROM entry WHERE method IN (" + METHODS + ") AND NOT "
                    + Entries.HIDDEN,
                clock.millis() - unusedMillis)
            .orElseThrow());
  }

  long drop(long unusedMillis, Pace pace) {
    return pace.givingWay().repeat(() -> {
      long dropped = 0;
      for (boolean more = true; more && dropped == 0; ) {
        Step step = writer
            .write("drop outdated entries", transaction -> step(unusedMillis, transaction))
            .value();
        dropped = step.dropped();
        more = step.more();
      }
      return dropped;
    });
  }

  private record Step(long dropped, boolean more) {}

  /** Entries of one method; and its row, once it has none. */
  private Step step(long unusedMillis, Transaction transaction) throws SQLException {
    List<Long> methods = methods(unusedMillis, transaction.statements);
    if (methods.isEmpty()) {
      return new Step(0, false);
    }
    long dropped = transaction.entries.remove(
        new Eviction(0, methods.get(0), transaction.state.lastRow()),
        Evictions.STEP,
        transaction.state);
    if (dropped < Evictions.STEP) {
      transaction.names.dropMethod(methods.get(0), transaction.state);
    }
    return new Step(dropped, true);
  }

  private List<Long> methods(long unusedMillis, Statements statements) throws SQLException {
    return statements.list(
        METHODS + " AND NOT EXISTS (SELECT 1 FROM evicting WHERE method = l.id) ORDER BY l.id",
        row -> row.number(1),
        clock.millis() - unusedMillis);
  }
}
