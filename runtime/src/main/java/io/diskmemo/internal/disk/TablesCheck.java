package io.diskmemo.internal.disk;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a database holds exactly the tables and indexes that this release makes. A trigger or a view
 * would run at our statements what somebody else wrote, a view may never end, and a column or an index
 * may call functions; so nothing but the list of what there is gets read before this holds.
 */
final class TablesCheck {
  /** One statement, so that what another process makes meanwhile is seen whole or not at all. */
  private static final String OBJECTS =
      "SELECT (SELECT user_version FROM pragma_user_version), type,"
          + " name, sql FROM sqlite_schema LIMIT 100";

  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern BESIDE_BRACKET = Pattern.compile(" ?([(),]) ?");

  /** What SQLite itself makes when somebody runs ANALYZE or PRAGMA optimize, as its tool does. */
  private static final List<String> STATISTICS = List.of(
      "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
      "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)");

  /** The tables of kinds. */
  static final TablesCheck OF_KINDS =
      new TablesCheck(Schema.FORMAT, Schema.statements(), Schema.indexesOfSome());

  private final int format;
  private final Set<String> required;
  private final Set<String> allowed;

  /**
   * A check.
   *
   * @param format number of the tables
   * @param statements that make them; others than CREATE do not matter
   * @param indexesOfSome that only some databases have
   */
  TablesCheck(int format, List<String> statements, List<String> indexesOfSome) {
    this.format = format;
    this.required = normal(statements);
    this.allowed = normal(indexesOfSome);
    this.allowed.addAll(normal(STATISTICS));
  }

  private static Set<String> normal(List<String> statements) {
    Set<String> normal = new HashSet<>();
    for (String sql : statements) {
      if (sql.startsWith("CREATE ")) {
        normal.add(normal(sql));
      }
    }
    return normal;
  }

  /** An object of a database. */
  private record Made(
      int format, String type, String name, @Nullable String sql) {
    static Made of(ResultSet row) throws SQLException {
      return new Made(row.getInt(1), row.getString(2), row.getString(3), row.getString(4));
    }

    /** Whether SQLite made it for a {@code UNIQUE}. */
    boolean isAutomatic() {
      return sql == null && type.equals("index") && name.startsWith("sqlite_autoindex_");
    }
  }

  /**
   * Refuses a database of this format with other tables than it has, or one without a format that is
   * not empty. Of those of other formats, that they have only tables and indexes.
   *
   * @throws DiskException that points to damage if only something is missing
   */
  void requireOwn(Connection connection) throws SQLException {
    List<Made> objects = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(OBJECTS)) {
      while (rows.next()) {
        objects.add(Made.of(rows));
      }
    }
    Set<String> missing = new HashSet<>(required);
    for (Made one : objects) {
      if (!isOwn(one, missing)) {
        throw refusal("it holds the " + one.type() + " " + one.name());
      }
    }
    if (!objects.isEmpty() && objects.get(0).format() == format && !missing.isEmpty()) {
      throw DiskException.damaged(
          "open the database", "it lacks a table or an index; restore a backup, or remove it");
    }
  }

  private boolean isOwn(Made one, Set<String> missing) {
    if (one.isAutomatic() || one.format() > format) {
      return true; // a newer format is refused by whoever completes the tables
    }
    if (one.format() != format) {
      return one.format() > 0 && (one.type().equals("table") || one.type().equals("index"));
    }
    String sql = one.sql() == null ? "" : normal(one.sql());
    return missing.remove(sql) || allowed.contains(sql);
  }

  /** White space is not the same in a table to which columns were added. */
  private static String normal(String sql) {
    return BESIDE_BRACKET.matcher(SPACE.matcher(sql).replaceAll(" ")).replaceAll("$1");
  }

  private static DiskException refusal(String what) {
    return new DiskException(
        "open the database",
        false,
        "this is no database that this library made: " + what
            + "; it stays as it is, so look where it comes from, then restore a backup or remove it");
  }
}
