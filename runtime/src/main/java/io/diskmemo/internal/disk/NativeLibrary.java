package io.diskmemo.internal.disk;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's library, extracted once for each version. The driver would extract a copy for each JVM, and
 * look for those of JVMs that are gone.
 *
 * <p>A copy is in {@code native/<system>-<checksum>/}, is used only if it equals what is in the driver's
 * archive and nobody else can change it, and takes its place by a rename. Where this does not work, for
 * example because programs cannot be run from that file system, the driver does as always.
 */
final class NativeLibrary {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final String PATH = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";
  private static final Pattern FOLDER = Pattern.compile("[a-z0-9_-]+-[0-9a-f]{1,8}");
  private static final Duration KEPT_UNUSED = Duration.ofDays(30);
  private static final AtomicBoolean LOADED = new AtomicBoolean();

  private NativeLibrary() {}

  /** Loads the library from a directory, where it is extracted if it is missing; once in a JVM. */
  static void load(Path directory) {
    if (LOADED.compareAndSet(false, true) && System.getProperty(PATH) == null) {
      try {
        String name = LibraryLoaderUtil.getNativeLibName();
        Path folder = Platform.uninterrupted(() -> extracted(directory, name));
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
    String system = DriverSystem.ofThisProcess();
    URL resource = SQLiteJDBCLoader.class.getResource("native/" + system + "/" + name);
    URLConnection connection = resource == null ? null : resource.openConnection();
    if (!(connection instanceof JarURLConnection jar) || jar.getJarEntry().getCrc() < 0) {
      return null;
    }
    Platform.createDirectory(directory);
    Path folder = directory.resolve(folderFor(system, jar.getJarEntry().getCrc()));
    Platform.createDirectory(folder);
    Path store = Objects.requireNonNull(directory.getParent());
    if (!Platform.isPrivate(store, store)
        || !Platform.isPrivate(directory, store)
        || !Platform.isPrivate(folder, store)) {
      return null; // others could put something else in its place right before it is loaded
    }
    complete(folder.resolve(name), jar, store);
    noteUse(folder);
    return folder;
  }

  private static String folderFor(String system, long checksum) {
    String plain = system.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-");
    return plain + "-" + Long.toHexString(checksum);
  }

  private static void complete(Path library, JarURLConnection jar, Path store) throws IOException {
    byte[] content;
    try (InputStream in = jar.getInputStream()) {
      content = in.readAllBytes();
    }
    boolean whole = Files.isRegularFile(library, LinkOption.NOFOLLOW_LINKS)
        && Platform.isPrivate(library, store)
        && Files.size(library) == content.length
        && Arrays.equals(Files.readAllBytes(library), content);
    if (!whole) {
      Platform.writeAtomically(library, content);
    }
  }

  /** For {@link #sweep}; at most once a day. */
  private static void noteUse(Path folder) throws IOException {
    Instant now = Instant.now();
    if (Files.getLastModifiedTime(folder).toInstant().isBefore(now.minus(Duration.ofDays(1)))) {
      Files.setLastModifiedTime(folder, FileTime.from(now));
    }
  }

  /**
   * Deletes the copies that nobody loaded for a month, of other versions or systems. A process that has
   * one loaded keeps it, and another extracts it again.
   *
   * @return how many
   */
  static int sweep(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return 0;
    }
    Instant oldest = Instant.now().minus(KEPT_UNUSED);
    int swept = 0;
    for (Path folder : contentOf(directory)) {
      if (FOLDER.matcher(folder.getFileName().toString()).matches()
          && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          && Files.getLastModifiedTime(folder).toInstant().isBefore(oldest)) {
        swept += deleted(folder);
      }
    }
    return swept;
  }

  private static int deleted(Path folder) throws IOException {
    int deleted = 0;
    for (Path file : contentOf(folder)) {
      deleted += Platform.deleteIfPossible(file) ? 1 : 0;
    }
    Platform.deleteIfPossible(folder);
    return deleted;
  }

  private static List<Path> contentOf(Path directory) throws IOException {
    try (Stream<Path> content = Files.list(directory)) {
      return content.toList();
    }
  }
}
