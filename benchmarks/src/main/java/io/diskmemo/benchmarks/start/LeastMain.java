package io.diskmemo.benchmarks.start;

import java.io.IOException;
import java.io.InputStream;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.sqlite.SQLiteJDBCLoader;

/**
 * What a first hit has to do in any store like ours, all in one class: compare SQLite's library with that
 * of the driver's archive, map the counters that other processes write, make a digest of arguments, look,
 * compute the checksums, and ask the memory tier. Nothing is set, closed, noted or reported.
 */
final class LeastMain {
  private static final int MAPPED_BYTES = 4096;

  private LeastMain() {}

  private record Arguments(String name, int number) {}

  /** Directory. */
  public static void main(String[] arguments)
      throws IOException, SQLException, NoSuchAlgorithmException {
    requireSameLibrary();
    requireCounters(Path.of(arguments[0]).resolve("bare.counters"));
    Set<Arguments> known = Set.of(new Arguments("Ann", 1));
    byte[] key =
        MessageDigest.getInstance("SHA-256").digest("Ann1".getBytes(StandardCharsets.UTF_8));
    SqliteMain.look(arguments[0]);
    CRC32 ieee = new CRC32();
    ieee.update(key);
    CRC32C castagnoli = new CRC32C();
    castagnoli.update(key);
    if (ieee.getValue() == castagnoli.getValue() || !known.contains(new Arguments("Ann", 1))) {
      throw new IllegalStateException("not the value");
    }
    CaffeineMain.look();
    System.out.println("hit");
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
