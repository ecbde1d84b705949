package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.JournalMode;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That no lock is lost is shown by {@code LocksOfOthersTest}; this is about what is closed when. */
class FileConnectionsTest {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  @TempDir
  Path directory;

  private Path file;

  @BeforeEach
  void requireDescriptors() {
    assumeTrue(Files.isDirectory(DESCRIPTORS), "needs " + DESCRIPTORS);
    file = directory.resolve("kinds/default/cache-2-1.db");
  }

  private Database make(JournalMode journal) {
    TestLimits limits = TestLimits.ample().journal(journal).timeout(Duration.ofMillis(1));
    limits.open(directory, new TestClock()).close();
    return new Database(new KindFiles(file.getParent())::database, limits.limits());
  }

  private Statements reader(Database database) throws SQLException {
    Statements reader = database.openReader(1);
    reader.number("SELECT count(*) FROM entry");
    return reader;
  }

  private long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      return all.filter(one -> Files.exists(one, LinkOption.NOFOLLOW_LINKS))
          .filter(this::isOfFile)
          .count();
    }
  }

  private boolean isOfFile(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file.toRealPath());
    } catch (IOException e) {
      return false; // it is closed by now
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsOpenWhenAllIsClosed(JournalMode journal) throws Exception {
    Database database = make(journal);
    List<Statements> all = List.of(reader(database), database.openWriter(1), reader(database));
    assertThat(descriptors()).isEqualTo(3);
    for (Statements one : all) {
      one.close();
    }
    assertThat(descriptors()).isZero();
  }

  private void requireAllClosedWith(Statements last) throws Exception {
    last.close();
    assertThat(descriptors()).isZero();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WAL")
  void whatIsClosedWhileAnotherProcessCommitsWaits(JournalMode journal) throws Exception {
    Database database = make(journal);
    Statements staying = reader(database);
    Statements guard = reader(database);
    Statements late = reader(database);
    guard.close();
    assertThat(descriptors()).isEqualTo(3);
    try (ChildJvm other = ChildJvm.start(CommittingProcess.class, file)) {
      other.awaitLine("committing");
      late.close();
      assertThat(descriptors()).isEqualTo(3);
    }

    reader(database).close();
    assertThat(descriptors()).isEqualTo(2);
    requireAllClosedWith(staying);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsClosedHasNoTransactionAnyMore(JournalMode journal) throws Exception {
    Database database = make(journal);
    Statements staying = database.openWriter(1);
    Statements closed = database.openWriter(1);
    closed.execute("BEGIN IMMEDIATE");
    closed.update("DELETE FROM total");
    closed.close();
    assertThat(descriptors()).isEqualTo(2);

    staying.execute("BEGIN IMMEDIATE");
    staying.execute("COMMIT");
    requireAllClosedWith(staying);
  }

  @Test
  void thoseThatWaitAreSoManyAtMost() throws Exception {
    Database database = make(JournalMode.DELETE);
    Statements staying = reader(database);
    try (ChildJvm other = ChildJvm.start(CommittingProcess.class, file)) {
      other.awaitLine("committing");
      for (int i = 0; i < 17; i++) { // the first of them is the guard
        assertThatThrownBy(() -> database.openReader(1))
            .isInstanceOf(SQLException.class)
            .hasMessageNotContaining("wait to be closed");
      }
      assertThatThrownBy(() -> database.openReader(1))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("16 connections to " + file + " wait to be closed");
    }
    reader(database).close();
    requireAllClosedWith(staying);
  }

  /** As those to one whose place another took: the journal beside it is of that. */
  @ParameterizedTest
  @EnumSource
  void connectionsToADatabaseWithoutANameTouchNothing(JournalMode journal) throws Exception {
    Database database = make(journal);
    List<Statements> all = List.of(reader(database), reader(database), reader(database));
    Path next = file;
    file = Files.move(file, file.resolveSibling("elsewhere"));
    Files.copy(file, next);
    Path log =
        Files.writeString(next.resolveSibling(next.getFileName() + "-journal"), "of the next");
    for (Statements one : all) {
      one.close();
    }

    assertThat(descriptors()).isZero();
    assertThat(log).hasContent("of the next");
  }
}
