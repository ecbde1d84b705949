package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one kind. The file {@code current} holds the name of the live database, so that
 * another can take its place by one rename; a live database is never opened, copied or renamed here,
 * because that would drop SQLite's locks on it.
 *
 * <p>Databases are told apart by their generation, a number that is never used again.
 */
final class KindFiles {
  static final String CURRENT = "current";

  private static final long FIRST_GENERATION = 1;
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final Pattern DATABASE_NAME =
      Pattern.compile("cache-([0-9]{1,6})-([0-9]{1,12})\\.db");
  private static final Pattern DATABASE_FILE =
      Pattern.compile("cache-[0-9]{1,6}-([0-9]{1,12})\\.db(-wal|-shm|-journal)?");

  /**
   * Of all databases of this JVM: closing the file that one thread has made gives back the locks that
   * SQLite has on it already for another.
   */
  private static final Object CREATION = new Object();

  /** Another process may make the pointer before the file is closed that was made here. */
  private static volatile boolean creating;

  private final Path directory;

  KindFiles(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /**
   * The generation of the live database; an empty file is made for it if the kind is new. A pointer
   * that is missing or damaged is mended by the counters.
   *
   * @throws DiskException that points to damage if the database is gone
   */
  long currentGeneration() throws IOException {
    OptionalLong named = namedGeneration();
    if (named.isPresent() && Files.exists(database(named.getAsLong())) && !creating) {
      return named.getAsLong();
    }
    synchronized (CREATION) {
      return namedOrMade();
    }
  }

  private long namedOrMade() throws IOException {
    while (true) {
      OptionalLong named = namedGeneration();
      if (named.isPresent() && Files.exists(database(named.getAsLong()))) {
        return named.getAsLong();
      }
      if (named.isEmpty() && isNew()) {
        // the database first, so that a pointer without one is damage; of several processes one
        // makes the pointer; a late one must not undo what a clear made of it since
        create(database(FIRST_GENERATION));
        Platform.createAtomically(directory.resolve(CURRENT), lineFor(FIRST_GENERATION));
      } else if (named.equals(namedGeneration())
          && !isPointerMended()) { // else superseded meanwhile
        throw DiskException.damaged(
            "open the kind", "the database in " + directory + " is missing");
      }
    }
  }

  private static void create(Path database) throws IOException {
    creating = true;
    try {
      Platform.createFile(database); // SQLite would let others read it
    } finally {
      creating = false;
    }
  }

  /**
   * The generation that {@code current} names; empty if that is missing, or names none.
   *
   * @throws DiskException if it names a database of a newer release
   */
  OptionalLong namedGeneration() throws IOException {
    Path current = directory.resolve(CURRENT);
    if (!Files.exists(current)) {
      return OptionalLong.empty();
    }
    String name = OwnPaths.text(current).strip();
    Matcher parts = DATABASE_NAME.matcher(name);
    if (!parts.matches()) {
      return OptionalLong.empty();
    }
    if (Integer.parseInt(parts.group(1)) > Schema.FORMAT) {
      throw new NewerFormatException("open the kind", directory.resolve(name));
    }
    return OptionalLong.of(Long.parseLong(parts.group(2)));
  }

  /** Whether nobody ever opened the kind. */
  private boolean isNew() throws IOException {
    return !Files.exists(directory.resolve(Coherence.FILE_NAME))
        && databaseFiles().isEmpty()
        && !wasUsed();
  }

  /** Whether somebody opened the kind before, so that its database cannot be empty. */
  boolean wasUsed() throws IOException {
    return Coherence.isWhole(directory)
        ? Coherence.open(directory).generation() > 0
        : Files.exists(directory.resolve(ValueFiles.DIRECTORY))
            || Files.exists(directory.resolve(KindBackups.DIRECTORY));
  }

  /**
   * Makes {@code current} name the database that the counters name, or else the oldest that is there,
   * which names those after it, if what it names is not there.
   *
   * @return false if there is no database
   */
  boolean isPointerMended() throws IOException {
    OptionalLong named = namedGeneration();
    if (named.isPresent() && Files.exists(database(named.getAsLong()))) {
      return true;
    }
    OptionalLong likely = likelyGeneration();
    if (likely.isPresent()) {
      LOG.warn(
          "{} names no database that is there; it is set to {}",
          directory.resolve(CURRENT),
          database(likely.getAsLong()).getFileName());
      pointTo(likely.getAsLong(), Retries.BRIEF);
    }
    return likely.isPresent();
  }

  private OptionalLong likelyGeneration() throws IOException {
    if (Coherence.isWhole(directory)) {
      long noted = Coherence.open(directory).generation();
      if (Files.exists(database(noted))) {
        return OptionalLong.of(noted);
      }
    }
    return databaseFiles().stream()
        .filter(KindFiles::isDatabase)
        .mapToLong(KindFiles::generationOf)
        .min();
  }

  /** Whether a directory holds databases of a kind. */
  static boolean areIn(Path directory) throws IOException {
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        && new KindFiles(directory).databaseFiles().stream().anyMatch(KindFiles::isDatabase);
  }

  private static boolean isDatabase(Path file) {
    return DATABASE_NAME.matcher(file.getFileName().toString()).matches();
  }

  /** Whether the database that {@code current} names is there, and not empty. */
  boolean isThere() throws IOException {
    OptionalLong named = namedGeneration();
    return named.isPresent() && isThere(named.getAsLong());
  }

  /** Whether the database of a generation is there, and not empty. */
  boolean isThere(long generation) throws IOException {
    Path database = database(generation);
    return Files.exists(database)
        && (Files.size(database) > 0
            || Files.exists(database.resolveSibling(database.getFileName() + "-wal")));
  }

  /** Makes a database the live one. */
  void pointTo(long generation, Retries retries) throws IOException {
    Platform.writeAtomically(directory.resolve(CURRENT), lineFor(generation), retries);
  }

  private byte[] lineFor(long generation) throws IOException {
    return (database(generation).getFileName() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Where the database of a generation is, or will be. */
  Path database(long generation) throws IOException {
    return names().stream()
        .filter(name -> {
          Matcher parts = DATABASE_NAME.matcher(name);
          return parts.matches() && Long.parseLong(parts.group(2)) == generation;
        })
        .map(directory::resolve)
        .max(Comparator.naturalOrder())
        .orElse(directory.resolve("cache-" + Schema.FORMAT + "-" + generation + ".db"));
  }

  /**
   * By {@link java.io.File}, which has no lock: a stream of {@link Files} keeps its own for ever if the
   * stack ends while it is closed. Where that fails, the stream says why.
   */
  private List<String> names() throws IOException {
    String[] names = directory.toFile().list();
    if (names != null) {
      return List.of(names);
    }
    try (Stream<Path> content = Files.list(directory)) {
      return content.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** A generation that no file has or had; under the live database's write lock. */
  long nextGeneration(long current) throws IOException {
    return Math.max(current, generations().stream().max(Long::compare).orElse(0L)) + 1;
  }

  /** The generations before one, of which there are files. */
  List<Long> generationsBefore(long current) throws IOException {
    return generations().stream().filter(one -> one < current).distinct().toList();
  }

  private List<Long> generations() throws IOException {
    return databaseFiles().stream().map(KindFiles::generationOf).toList();
  }

  private List<Path> databaseFiles() throws IOException {
    return names().stream()
        .filter(name -> DATABASE_FILE.matcher(name).matches())
        .map(directory::resolve)
        .toList();
  }

  private static long generationOf(Path file) {
    Matcher parts = DATABASE_FILE.matcher(file.getFileName().toString());
    return parts.matches() ? Long.parseLong(parts.group(1)) : 0;
  }

  /**
   * Deletes the databases that are not the live one; under its write lock, so that none of them is
   * being made. A process that still has one open finds in it that it was superseded.
   *
   * @param done of those before it, the ones that are not needed any more
   * @return how many files
   */
  int deleteAllBut(long current, Set<Long> done) throws IOException {
    int deleted = 0;
    // the database before its log: without the log it would be an older one
    List<Path> sorted = databaseFiles().stream().sorted().toList();
    for (Path file : sorted) {
      long generation = generationOf(file);
      if ((generation > current || done.contains(generation)) && Platform.deleteIfPossible(file)) {
        deleted++;
      }
    }
    return deleted;
  }
}
