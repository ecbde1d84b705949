package io.diskmemo.internal.disk;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * SQLite's library, extracted once for each version. The driver would extract a copy for each JVM, and
 * look for those of JVMs that are gone.
 *
 * <p>A copy is in {@code native/<system>-<checksum>/}, is used only if its checksum is the one that the
 * driver's archive states, and takes its place by a rename. Where this does not work, for example
 * because programs cannot be run from that file system, the driver does as always.
 */
final class NativeLibrary {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final String PATH = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";
  private static final AtomicBoolean LOADED = new AtomicBoolean();

  private NativeLibrary() {}

  /** Loads the library from a directory, where it is extracted if it is missing; once in a JVM. */
  static void load(Path directory) {
    if (LOADED.compareAndSet(false, true) && System.getProperty(PATH) == null) {
      try {
        String name = LibraryLoaderUtil.getNativeLibName();
        Path folder = extracted(directory, name);
        if (folder != null) {
          load(folder, name);
        }
      } catch (IOException e) {
        LOG.debug("the driver extracts SQLite's library itself", e);
      }
    }
  }

  /** The driver finds it by properties, which then are as before: others may have other drivers. */
  private static void load(Path directory, String name) {
    System.setProperty(PATH, directory.toString());
    System.setProperty(NAME, name);
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) { // says the driver; whoever connects next learns of it
      LOG.debug("SQLite's library cannot be loaded", e);
    } finally {
      System.clearProperty(PATH);
      System.clearProperty(NAME);
    }
  }

  /** Where the library is, or null if the driver does not come in an archive with checksums. */
  private static @Nullable Path extracted(Path directory, String name) throws IOException {
    URL resource = SQLiteJDBCLoader.class.getResource(
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name);
    URLConnection connection = resource == null ? null : resource.openConnection();
    if (!(connection instanceof JarURLConnection jar) || jar.getJarEntry().getCrc() < 0) {
      return null;
    }
    long checksum = jar.getJarEntry().getCrc();
    String system = OSInfo.getNativeLibFolderPathForCurrentOS()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9_]+", "-");
    Path folder = directory.resolve(system + "-" + Long.toHexString(checksum));
    Path library = folder.resolve(name);
    if (!Files.exists(library) || checksumOf(library) != checksum) {
      Platform.createDirectory(directory);
      Platform.createDirectory(folder);
      try (InputStream content = jar.getInputStream()) {
        Platform.writeAtomically(library, content.readAllBytes());
      }
    }
    return folder;
  }

  private static long checksumOf(Path file) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(Files.readAllBytes(file));
    return crc.getValue();
  }
}
