package io.diskmemo.benchmarks.start;

import io.diskmemo.benchmarks.store.BareSqlite;
import java.io.IOException;
import java.io.InputStream;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.sqlite.SQLiteJDBCLoader;

/**
 * What a first hit has to do that makes the same promises as ours, in some hundred lines: compare SQLite's library
 * with that of the driver's archive, map counters that other processes write, look by a digest of the
 * arguments, compute the checksums of what is found, and ask a cache in memory by a record. No tables are
 * checked, nothing is set or decoded, and no result is computed once.
 */
final class LeastMain {
  private static final int MAPPED_BYTES = 4096;

  /** Of 32 zeros, which are the value; that of CRC-32C is in RFC 3720, B.4. */
  private static final long CRC_32 = 0x190A_55ADL;

  private static final long CRC_32C = 0x8A91_36AAL;

  private LeastMain() {}

  private record Arguments(String name, int number) {}

  /** Directory. */
  public static void main(String[] arguments) throws IOException, SQLException {
    requireSameLibrary();
    requireCounters(Path.of(arguments[0]).resolve("bare.counters"));
    CaffeineMain.look(new Arguments("Ann", 1), new Arguments("Ann", 1));
    try (Connection connection = SqliteMain.connected(arguments[0])) {
      byte[] value = SqliteMain.value(connection, BareSqlite.key("Ann", 1));
      if (isDamaged(value)) {
        throw new IllegalStateException("not the value");
      }
      System.out.println("hit");
    }
  }

  private static boolean isDamaged(byte[] value) {
    CRC32 ieee = new CRC32();
    ieee.update(value);
    CRC32C castagnoli = new CRC32C();
    castagnoli.update(value);
    return ieee.getValue() != CRC_32 || castagnoli.getValue() != CRC_32C;
  }

  private static void requireSameLibrary() throws IOException {
    String resource = System.getProperty(SqliteLibrary.RESOURCE, "");
    Path copy = Path.of(System.getProperty("org.sqlite.lib.path", ""))
        .resolve(System.getProperty("org.sqlite.lib.name", ""));
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in == null || !Arrays.equals(in.readAllBytes(), Files.readAllBytes(copy))) {
        throw new IllegalStateException(copy + " is not " + resource);
      }
    }
  }

  private static void requireCounters(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(
        file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
      MappedByteBuffer counters = channel.map(FileChannel.MapMode.READ_WRITE, 0, MAPPED_BYTES);
      if (counters.getLong(0) != 0) {
        throw new IllegalStateException(file + " has counted");
      }
    }
  }
}
