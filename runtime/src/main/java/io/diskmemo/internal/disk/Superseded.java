package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/** The databases whose place others took. Thread-safe. */
final class Superseded {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final int PAGE = 500;

  private final KindFiles files;
  private final Database database;
  private final Writer writer;
  private final Readers readers;
  private final ValueFiles valueFiles;

  Superseded(
      KindFiles files, Database database, Writer writer, Readers readers, ValueFiles valueFiles) {
    this.files = files;
    this.database = database;
    this.writer = writer;
    this.readers = readers;
    this.valueFiles = valueFiles;
  }

  /**
   * Deletes the databases that were superseded, and first the value files that only they know of: no
   * other trace is left of those whose writers live.
   *
   * @return how many files
   */
  long delete() {
    try {
      long deleted = 0;
      Set<Long> done = new HashSet<>();
      for (long generation : files.generationsBefore(writer.coherence().generation())) {
        ValueFiles.Deleted values = deleteValuesOf(generation);
        deleted += values.files();
        if (values.all()) {
          done.add(generation);
        }
      }
      return deleted + writer.deleteSuperseded("delete superseded databases", done);
    } catch (IOException e) {
      throw new DiskException("delete superseded databases", e);
    }
  }

  void deleteIfAny() {
    try {
      if (!files.generationsBefore(writer.coherence().generation()).isEmpty()) {
        delete();
      }
    } catch (IOException e) {
      throw new DiskException("delete superseded databases", e);
    }
  }

  private ValueFiles.Deleted deleteValuesOf(long generation) throws IOException {
    ValueFiles.Deleted deleted = new ValueFiles.Deleted(0, true);
    try (Statements old = database.openReader(generation)) {
      String last = "";
      for (List<String> page = filesAfter(last, old);
          !page.isEmpty();
          page = filesAfter(last, old)) {
        deleted = deleted.plus(valueFiles.deleteWithoutRow(page, readers));
        last = page.get(page.size() - 1);
      }
      return deleted;
    } catch (SQLException e) {
      LOG.debug("the values of generation {} cannot be listed", generation, e);
      return new ValueFiles.Deleted(deleted.files(), namesNoValues(generation, e));
    }
  }

  /** One that was never finished, that is damaged, or that somebody else is deleting. */
  private boolean namesNoValues(long generation, SQLException e) throws IOException {
    return DiskException.isOneOf(
            e,
            SQLiteErrorCode.SQLITE_ERROR,
            SQLiteErrorCode.SQLITE_CORRUPT,
            SQLiteErrorCode.SQLITE_NOTADB)
        || !Files.exists(files.database(generation));
  }

  private static List<String> filesAfter(String last, Statements old) throws SQLException {
    return old.list(
        "SELECT file FROM entry WHERE file > ?1 UNION SELECT name FROM doomed_file WHERE name > ?1"
            + " ORDER BY 1 LIMIT " + PAGE,
        row -> row.requiredText(1),
        last);
  }
}
