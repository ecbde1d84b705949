package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.JournalMode;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
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

  /** A process that stands still while it commits would else have locks taken from it. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WAL")
  void whatIsClosedWhileAnotherCommitsWaits(JournalMode journal) throws Exception {
    Database database = make(journal);
    Statements staying = reader(database);
    Statements closed = database.openWriter(1);
    closed.execute("BEGIN IMMEDIATE");
    closed.close();
    long before = descriptors();
    Statements late = reader(database);
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE"); // nothing is left of the transaction of the closed one
      late.close();
      assertThat(descriptors()).isEqualTo(before + 2);
      statement.execute("ROLLBACK");
    }

    reader(database).close();
    assertThat(descriptors()).isEqualTo(before);
    staying.close();
    assertThat(descriptors()).isZero();
  }

  @Test
  void thoseThatWaitAreSoManyAtMost() throws Exception {
    Database database = make(JournalMode.DELETE);
    Statements staying = reader(database);
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      for (int i = 0; i < 64; i++) {
        assertThatThrownBy(() -> database.openReader(1)).isInstanceOf(SQLException.class);
      }
      assertThatThrownBy(() -> database.openReader(1))
          .isInstanceOf(DiskException.class)
          .hasMessage("open the database: 64 connections to " + file
              + " wait to be closed until another process lets go of it");
    }
    reader(database).close();
    staying.close();
    assertThat(descriptors()).isZero();
  }

  /** Its name is gone, and so is the way to a guard: the last one closes them. */
  @Test
  void connectionsToADeletedDatabaseAreClosedWithTheLast() throws Exception {
    Database database = make(JournalMode.TRUNCATE);
    Statements first = reader(database);
    Statements second = reader(database);
    Path kept = Files.move(file, file.resolveSibling("elsewhere"));
    first.close();
    file = kept;
    assertThat(descriptors()).isEqualTo(2);
    second.close();
    assertThat(descriptors()).isZero();
  }
}
