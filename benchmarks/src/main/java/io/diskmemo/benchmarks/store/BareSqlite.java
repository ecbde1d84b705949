package io.diskmemo.benchmarks.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** What a programmer would write who wants a table of values with tags, and nothing more. */
public final class BareSqlite implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement get;
  private final PreparedStatement put;
  private final PreparedStatement tag;

  /**
   * Opens a database, or makes it.
   *
   * @param file of the database
   * @throws SQLException if it cannot
   */
  public BareSqlite(Path file) throws SQLException {
    connection = connect(file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = NORMAL");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE,"
              + " value BLOB NOT NULL)");
      statement.execute("CREATE TABLE IF NOT EXISTS tag (name TEXT NOT NULL, key BLOB NOT NULL,"
          + " PRIMARY KEY (name, key)) WITHOUT ROWID");
    }
    get = connection.prepareStatement("SELECT value FROM entry WHERE key = ?");
    put = connection.prepareStatement("INSERT OR REPLACE INTO entry (key, value) VALUES (?, ?)");
    tag = connection.prepareStatement("INSERT OR IGNORE INTO tag (name, key) VALUES (?, ?)");
  }

  /**
   * Connects without what the driver does unasked: a query for the generated key after each INSERT.
   *
   * @param file of the database, which is made if it is missing
   * @return a connection as the driver sets it but for that
   * @throws SQLException if it cannot
   */
  public static Connection connect(Path file) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("jdbc.get_generated_keys", "false");
    return DriverManager.getConnection("jdbc:sqlite:" + file, properties);
  }

  /**
   * A digest.
   *
   * @param country of the key
   * @param id of the key
   * @return 32 bytes
   */
  public static byte[] key(String country, int id) {
    try {
      byte[] text = (country + id).getBytes(StandardCharsets.UTF_8);
      return MessageDigest.getInstance("SHA-256")
          .digest(ByteBuffer.allocate(text.length + 4).put(text).putInt(id).array());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Looks.
   *
   * @param key that was put
   * @return its value
   * @throws SQLException if there is none
   */
  public byte[] get(byte[] key) throws SQLException {
    get.setBytes(1, key);
    try (ResultSet row = get.executeQuery()) {
      row.next();
      return row.getBytes(1);
    }
  }

  /**
   * Looks.
   *
   * @param key that may not be there
   * @return whether it is
   * @throws SQLException if it cannot
   */
  public boolean isThere(byte[] key) throws SQLException {
    get.setBytes(1, key);
    try (ResultSet row = get.executeQuery()) {
      return row.next();
    }
  }

  /**
   * Stores, in one commit.
   *
   * @param key of the value
   * @param value bytes
   * @throws SQLException if it cannot
   */
  public void put(byte[] key, byte[] value) throws SQLException {
    put.setBytes(1, key);
    put.setBytes(2, value);
    put.executeUpdate();
  }

  /**
   * Stores.
   *
   * @param key of the value
   * @param tagName its only tag
   * @param value bytes
   * @throws SQLException if it cannot
   */
  public void put(byte[] key, String tagName, byte[] value) throws SQLException {
    put.setBytes(1, key);
    put.setBytes(2, value);
    put.executeUpdate();
    tag.setString(1, tagName);
    tag.setBytes(2, key);
    tag.executeUpdate();
  }

  /**
   * Removes.
   *
   * @param name of a tag
   * @throws SQLException if it cannot
   */
  public void evictTag(String name) throws SQLException {
    begin();
    try (PreparedStatement entries = connection.prepareStatement(
            "DELETE FROM entry WHERE key IN (SELECT key FROM tag WHERE name = ?)");
        PreparedStatement tags = connection.prepareStatement("DELETE FROM tag WHERE name = ?")) {
      entries.setString(1, name);
      entries.executeUpdate();
      tags.setString(1, name);
      tags.executeUpdate();
    }
    commit();
  }

  /**
   * Begins a transaction.
   *
   * @throws SQLException if it cannot
   */
  public void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  /**
   * Ends the transaction.
   *
   * @throws SQLException if it cannot
   */
  public void commit() throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  /**
   * Looks through all of it, and shortens the log.
   *
   * @throws SQLException if it cannot
   */
  public void maintain() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA integrity_check");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
