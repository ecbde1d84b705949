package io.diskmemo.it.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements of SQL that calls come to, in the thread that calls and the one that writes for it. */
class StatementsTest {
  /** Calls in one batch. */
  static final int BATCH = 10;

  /** Two looks, BEGIN and COMMIT, the state read and written, the entry with its tag and method. */
  private static final int STORE = 10;

  private static final int EVICTION = 8;
  private static final int LOOK_IN_BATCH = 2;
  private static final int STORE_IN_BATCH = 2;

  /** Begin and end, the state read and written, the one tag and the one method of all. */
  private static final int TRANSACTION = 6;

  @TempDir
  private Path directory;

  private Map<String, List<String>> statements = Map.of();

  @BeforeEach
  void watch() throws Exception {
    statements = Debugger.statements(directory.resolve("store").toString());
    assertThat(statements).containsKey("start");
  }

  @Test
  void statementsOfCalls() {
    assertThat(statements.get("hit")).hasSize(1);
    assertThat(statements).doesNotContainKey("hit in memory");
    assertThat(statements.get("store")).hasSize(STORE);
    assertThat(statements.get("batch")).hasSizeLessThanOrEqualTo(LOOK_IN_BATCH * BATCH);
    assertThat(statements.get("commit"))
        .hasSizeLessThanOrEqualTo(STORE_IN_BATCH * BATCH + TRANSACTION);
    assertThat(statements.get("evict")).hasSizeLessThanOrEqualTo(EVICTION);
  }

  /** The driver asks for the generated key after each INSERT, unless it is told not to. */
  @Test
  void noQueryForGeneratedKeys() {
    assertThat(statements.values())
        .allSatisfy(list -> assertThat(list).doesNotContain("SELECT last_insert_rowid();"));
  }
}
