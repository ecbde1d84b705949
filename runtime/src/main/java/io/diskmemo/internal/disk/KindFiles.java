package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
  private static final Pattern DATABASE_NAME =
      Pattern.compile("cache-([0-9]{1,6})-([0-9]{1,12})\\.db");
  private static final Pattern DATABASE_FILE =
      Pattern.compile("cache-[0-9]{1,6}-([0-9]{1,12})\\.db(-wal|-shm|-journal)?");

  private final Path directory;

  KindFiles(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /** The generation of the live database; an empty file is made for it if the kind is new. */
  long currentGeneration() throws IOException {
    Path current = directory.resolve(CURRENT);
    if (!Files.exists(current)) {
      // of several processes one makes it; a late one must not undo what a clear made of it since
      Platform.createAtomically(current, lineFor(FIRST_GENERATION));
    }
    String name = OwnPaths.text(current).strip();
    Matcher parts = DATABASE_NAME.matcher(name);
    if (!parts.matches()) {
      throw new DiskException(
          "open the kind",
          false,
          current + " does not name a database; remove " + directory + " to begin anew");
    }
    if (Integer.parseInt(parts.group(1)) > Schema.FORMAT) {
      throw new NewerFormatException("open the kind", directory.resolve(name));
    }
    Path database = directory.resolve(name);
    if (!Files.exists(database)) {
      Platform.createFile(database); // SQLite would let others read it
    }
    return Long.parseLong(parts.group(2));
  }

  /** Makes the latest database the live one if nothing says which is. */
  void mendCurrent() throws IOException {
    Path current = directory.resolve(CURRENT);
    if (Files.exists(current)
        && !DATABASE_NAME.matcher(OwnPaths.text(current).strip()).matches()) {
      pointTo(generations().stream().max(Long::compare).orElse(FIRST_GENERATION), Retries.BRIEF);
    }
  }

  /** Whether there is a database that is not empty. */
  boolean isThere() throws IOException {
    Path current = directory.resolve(CURRENT);
    if (!Files.exists(current)) {
      return false;
    }
    String name = OwnPaths.text(current).strip();
    Path database = directory.resolve(name);
    return DATABASE_NAME.matcher(name).matches()
        && Files.exists(database)
        && (Files.size(database) > 0 || Files.exists(directory.resolve(name + "-wal")));
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
    try (Stream<Path> content = Files.list(directory)) {
      Optional<Path> present = content
          .filter(file -> {
            Matcher parts = DATABASE_NAME.matcher(file.getFileName().toString());
            return parts.matches() && Long.parseLong(parts.group(2)) == generation;
          })
          .max(Comparator.naturalOrder());
      return present.orElse(directory.resolve("cache-" + Schema.FORMAT + "-" + generation + ".db"));
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
    try (Stream<Path> content = Files.list(directory)) {
      return content
          .filter(file -> DATABASE_FILE.matcher(file.getFileName().toString()).matches())
          .toList();
    }
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
