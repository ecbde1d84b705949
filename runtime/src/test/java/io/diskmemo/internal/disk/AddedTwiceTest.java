package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is there is not replaced by what is added, of which nothing is left. */
class AddedTwiceTest {
  @TempDir
  Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingIsLeftOfWhatWasNotAdded(boolean tagIndex) throws SQLException {
    try (KindStore store = TestLimits.ample().tagIndex(tagIndex).open(directory, new TestClock())) {
      assertThat(added(store, 1, "old")).isEqualTo(Stored.Outcome.STORED);

      assertThat(added(store, 2, "new")).isEqualTo(Stored.Outcome.PRESENT);

      assertThat(number("SELECT count(*) FROM tag")).isEqualTo(1);
      assertThat(number("SELECT entries FROM state")).isEqualTo(1);
      assertThat(number("SELECT last_row FROM state")).isEqualTo(1);
      assertThat(store.evict(new EntryFilter("new", null))).isZero();
      assertThat(store.evict(new EntryFilter("old", null))).isEqualTo(1);
    }
  }

  private static Stored.Outcome added(KindStore store, int content, String tag) {
    NewEntry entry = NewEntries.entry("k", content, 10, tag);
    return store.store(NewEntries.in(NewEntry.Mode.ADD, entry)).outcome();
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = Stores.database(directory);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.getLong(1);
    }
  }
}
