package io.diskmemo.internal.disk;

import java.sql.SQLException;

/**
 * Lets counts of reads grow old: by "LFU with dynamic ageing" and "GreedyDual-Size with frequency"
 * (Arlitt, Cherkasova, Dilley, Friedrich, Jin, 2000). The floor is what the last entry was worth that
 * made room. A new entry begins with as many reads as the floor stands for, and not with none; so what
 * was read often long ago is overtaken, and makes room when the floor has risen to it.
 *
 * <p>The floor is a row of the table {@code total}, raised by whoever culls, and true for all
 * processes. Orders that do not age have none. In a write transaction.
 */
final class CullFloor {
  /** Leaves room for the reads that follow. */
  private static final long MOST_ACCESSES = 1L << 52;

  private final Statements statements;
  private final CullOrder order;

  CullFloor(Statements statements, CullOrder order) {
    this.statements = statements;
    this.order = order;
  }

  /**
   * How many reads a new entry begins with, so that it is worth as much above the floor as one that
   * was read once.
   */
  long firstAccesses(NewEntry entry) throws SQLException {
    if (!order.ages()) {
      return 0;
    }
    double reads = order == CullOrder.COST
        ? worth() / 1000.0 * entry.sizeBytes() / Math.max(1, entry.costNanos())
        : worth() + 1.0;
    return Math.min(Math.round(reads), MOST_ACCESSES);
  }

  private long worth() throws SQLException {
    return statements
        .number("SELECT value FROM total WHERE name = ?", order.floorName())
        .orElse(0);
  }

  /** Says that an entry of some worth made room. */
  void raiseTo(long worth) throws SQLException {
    statements.update(
        "INSERT INTO total (name, value) VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)",
        order.floorName(),
        worth);
  }
}
