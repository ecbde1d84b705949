package io.diskmemo.internal.disk;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Doubts sums before somebody makes room by them. One flipped bit in the noted size would have all
 * entries culled, or none ever. In a write transaction.
 *
 * <p>Counting looks at all entries, so it is done where the sums are negative or twice what the limit
 * allows, and not again while they stay so: the limit of a kind may have been lowered.
 */
final class AbsurdSums {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private final StoreLimits limits;
  private boolean counted; // by one writer at a time

  AbsurdSums(StoreLimits limits) {
    this.limits = limits;
  }

  /** Counts anew if nobody can believe the sums. */
  void mend(Transaction transaction) throws SQLException {
    if (!areIn(transaction.state)) {
      counted = false;
    } else if (!counted) {
      recount(transaction);
      counted = areIn(transaction.state);
    }
  }

  private boolean areIn(State state) {
    return state.hasNegativeSums() || state.sizeBytes() / 2 > limits.sizeBytes();
  }

  private static void recount(Transaction transaction) throws SQLException {
    State state = transaction.state;
    long[] found = transaction
        .statements
        .first(
            // total() where sum() would fail, because sizes may be damaged as well
            "SELECT count(*), CAST(total(size) AS INTEGER) FROM entry",
            row -> new long[] {row.number(1), row.number(2)})
        .orElseThrow();
    if (found[0] != state.entries() || found[1] != state.sizeBytes()) {
      LOG.warn(
          "the sums of a kind said {} entries of {} bytes; there are {} of {}, and that is noted now",
          state.entries(),
          state.sizeBytes(),
          found[0],
          found[1]);
      state.recounted(found[0], found[1]);
      Sums.noteMend(transaction.statements);
    }
  }
}
