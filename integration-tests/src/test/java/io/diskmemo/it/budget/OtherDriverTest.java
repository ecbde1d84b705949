package io.diskmemo.it.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteConnection;

/** Statements run by an interface of the driver that is not JDBC, and need not stay as it is. */
class OtherDriverTest {
  private static final int KEYS = 5;

  @TempDir
  private Path directory;

  /** What is renamed in all classes of the driver, so that the driver itself works. */
  private enum Renamed {
    METHOD(constant("safeRun"), constant("safeRan")),
    CLASS("core/CoreStatement", "core/BaseStatement");

    private final String name;
    private final String other;

    Renamed(String name, String other) {
      this.name = name;
      this.other = other;
    }

    String in(String text) {
      return text.replace(name, other);
    }
  }

  @ParameterizedTest
  @EnumSource
  void runsThroughJdbcWhereTheDriverHasNoSuchInterface(Renamed renamed) throws Exception {
    Path driver = directory.resolve("driver.jar");
    assertThat(copyRenaming(driver, renamed)).isPositive();
    assertThat(bytesOf("/io/diskmemo/internal/disk/DirectStatement.class")).contains(renamed.name);
    assertThat(
            Jvm.with().with(driver).run(DiskCaller.class, directory.resolve("store"), 0, KEYS, 3))
        .contains(2 * KEYS + " hits", KEYS + " computations");
  }

  private static String bytesOf(String classFile) throws IOException {
    try (InputStream bytes = DiskMemo.class.getResourceAsStream(classFile)) {
      return new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Returns how many classes have the name. */
  private static int copyRenaming(Path copy, Renamed renamed)
      throws IOException, URISyntaxException {
    Path driver = Path.of(SQLiteConnection.class
        .getProtectionDomain()
        .getCodeSource()
        .getLocation()
        .toURI());
    int changed = 0;
    try (JarFile jar = new JarFile(driver.toFile());
        OutputStream file = Files.newOutputStream(copy);
        JarOutputStream copied = new JarOutputStream(file)) {
      for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        byte[] bytes = jar.getInputStream(entry).readAllBytes();
        copied.putNextEntry(new JarEntry(renamed.in(entry.getName())));
        byte[] written = entry.getName().endsWith(".class") ? renamed(bytes, renamed) : bytes;
        changed += Arrays.equals(written, bytes) ? 0 : 1;
        copied.write(written);
        copied.closeEntry();
      }
    }
    return changed;
  }

  /** A constant of a class file: the tag of text, its length, and its bytes. */
  private static String constant(String text) {
    return "\u0001\u0000" + (char) text.length() + text;
  }

  private static byte[] renamed(byte[] classFile, Renamed renamed) {
    return renamed
        .in(new String(classFile, StandardCharsets.ISO_8859_1))
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
