package io.diskmemo.security;

import io.diskmemo.internal.disk.TwoCrcs;
import io.diskmemo.testkit.Stores;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Changes rows of the kind {@code default} as somebody would who knows how checksums are made. */
final class ForgedRows {
  private static final long SEALED = 0x5345_414C_4544_0001L;

  private final Path directory;

  ForgedRows(Path directory) {
    this.directory = directory;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(long id, byte[] key, long stored, long expires, long cost, byte[] value) {
    /** As of an encrypted value. */
    private long checksum() {
      byte[] header = ByteBuffer.allocate(60)
          .putInt(1)
          .put(key)
          .putLong(stored)
          .putLong(expires)
          .putLong(cost)
          .array();
      return SEALED
          ^ new TwoCrcs().add(header, header.length).add(value, value.length).value();
    }
  }

  private List<Row> rows(Connection connection) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(
            "SELECT id, key, stored, expires, cost, value FROM entry ORDER BY id")) {
      while (row.next()) {
        rows.add(new Row(
            row.getLong(1),
            row.getBytes(2),
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            row.getBytes(6)));
      }
    }
    return rows;
  }

  private static void write(Connection connection, Row row) throws Exception {
    try (PreparedStatement update = connection.prepareStatement(
        "UPDATE entry SET expires = ?, value = ?, checksum = ? WHERE id = ?")) {
      update.setLong(1, row.expires());
      update.setBytes(2, row.value());
      update.setLong(3, row.checksum());
      update.setLong(4, row.id());
      update.executeUpdate();
    }
  }

  /** Gives the first two rows each other's values, with checksums that hold. */
  void swapValues() throws Exception {
    try (Connection connection = Stores.database(directory)) {
      Row first = rows(connection).get(0);
      Row second = rows(connection).get(1);
      write(
          connection,
          new Row(
              first.id(),
              first.key(),
              first.stored(),
              first.expires(),
              first.cost(),
              second.value()));
      write(
          connection,
          new Row(
              second.id(),
              second.key(),
              second.stored(),
              second.expires(),
              second.cost(),
              first.value()));
    }
  }

  /** Lets every entry live longer, with checksums that hold. */
  void expireLater(Duration by) throws Exception {
    try (Connection connection = Stores.database(directory)) {
      for (Row row : rows(connection)) {
        write(
            connection,
            new Row(
                row.id(),
                row.key(),
                row.stored(),
                row.expires() + by.toMillis(),
                row.cost(),
                row.value()));
      }
    }
  }
}
