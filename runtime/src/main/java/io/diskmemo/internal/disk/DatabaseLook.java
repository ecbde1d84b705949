package io.diskmemo.internal.disk;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/**
 * Looks on fresh connections whether a live database is what it should be. It reads all of it. For one
 * thread.
 */
final class DatabaseLook {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private final KindFiles files;
  private final Database database;

  DatabaseLook(KindFiles files, Database database) {
    this.files = files;
    this.database = database;
  }

  /** How the live database is. */
  enum Live {
    SOUND,
    READABLE,
    LOST,
    UNREADABLE
  }

  /** Trouble must be seen twice: one read error looks like much damage. */
  Live twice() throws IOException, SQLException {
    Live first = once();
    return first == Live.SOUND ? first : once();
  }

  /**
   * Looks once.
   *
   * @throws SQLException if it could not look, which says nothing of the database
   */
  Live once() throws IOException, SQLException {
    return files.isPointerMended() && files.isThere() ? look(files.currentGeneration()) : lost();
  }

  private Live lost() throws IOException {
    return files.wasUsed() ? Live.LOST : Live.SOUND; // as that of a kind that is being made
  }

  private Live look(long generation) throws IOException, SQLException {
    try (Statements fresh = database.openReader(generation)) {
      if (Schema.isEmpty(fresh.connection())) {
        return files.wasUsed() ? Live.UNREADABLE : Live.SOUND;
      }
      List<String> problems = StoreCheck.wholeCheck(fresh);
      Schema.requireTables(fresh);
      long successor = State.read(fresh).supersededBy();
      if (!problems.isEmpty()) {
        LOG.warn("the database {}: {}", files.database(generation), problems);
      }
      if (successor != 0) {
        return successor > generation && files.isThere(successor) ? look(successor) : Live.LOST;
      }
      return problems.isEmpty() ? Live.SOUND : Live.READABLE;
    } catch (SQLException e) {
      if (NewerFormatException.isMeantBy(e)) {
        throw new NewerFormatException("open the kind", files.database(generation));
      }
      if (isCorruption(e) || DiskException.isOneOf(e, SQLiteErrorCode.SQLITE_ERROR)) {
        LOG.warn("the database {} cannot be read", files.database(generation), e);
        return Live.UNREADABLE;
      }
      if (!files.isThere()) {
        return Live.LOST;
      }
      throw e;
    } catch (DiskException e) {
      if (!e.pointsToDamage() || !files.wasUsed()) {
        throw e;
      }
      LOG.warn("the database {} cannot be used", files.database(generation), e);
      return Live.UNREADABLE; // it lost tables or its state row
    }
  }

  static boolean isCorruption(SQLException e) {
    return DiskException.isOneOf(e, SQLiteErrorCode.SQLITE_CORRUPT, SQLiteErrorCode.SQLITE_NOTADB);
  }
}
