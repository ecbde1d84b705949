package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was found damaged, set aside in {@code quarantine/} beside the database for whoever wants to know
 * what happened. Nothing is ever read from it. Thread-safe; several processes may use it at once.
 *
 * <pre>
 * quarantine/
 *   &lt;key in hex&gt;.row                     value of a row
 *   &lt;key in hex&gt;.value                   value file
 *   20261121T060000Z-cache-2-1.db (-wal)  database
 *   20261121T060000Z-cache-2-1.txt        why, and how much came back
 * </pre>
 *
 * <p>Of values, the latest 100 and 16 MiB are kept, of files of databases the latest 9 and 256 MiB;
 * maintenance deletes what is older than 30 days. Failures are logged: what is damaged is useless.
 */
final class Quarantine {
  static final String DIRECTORY = "quarantine";

  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final Pattern VALUE = Pattern.compile("[0-9a-f]{64}\\.(row|value)");
  private static final Pattern DATABASE =
      Pattern.compile("[0-9]{8}T[0-9]{6}Z-cache-[0-9]{1,6}-[0-9]{1,18}\\.(db|db-wal|txt)");
  private static final Limit VALUES = new Limit(VALUE, 100, 16 << 20);
  private static final Limit DATABASES = new Limit(DATABASE, 9, 256 << 20);
  private static final Duration KEPT = Duration.ofDays(30);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path directory;
  private final InstantSource clock;

  private record Limit(Pattern names, int most, long mostBytes) {}

  private record Item(Path path, long bytes, Instant since) {}

  private interface Work {
    void run() throws IOException;
  }

  Quarantine(Path kindDirectory, InstantSource clock) {
    this.directory = kindDirectory.resolve(DIRECTORY);
    this.clock = clock;
  }

  /** Sets the value of a row aside that is found now. */
  void takeRow(Key key, byte[] value) {
    takeRow(key, value, clock.instant());
  }

  /** Sets the value of a row aside that was found then. */
  void takeRow(Key key, byte[] value, Instant found) {
    if (value.length <= VALUES.mostBytes()) {
      quietly(VALUES, () -> {
        Path file = directory.resolve(nameOf(key) + ".row");
        Platform.writeAtomically(file, value);
        noteTime(file, found);
      });
    }
  }

  /** Gives a value file another name here, as long as it still has its own. */
  void takeFile(Key key, Path file) {
    quietly(VALUES, () -> {
      if (isKeepable(file)) {
        Path link = directory.resolve(nameOf(key) + ".value");
        Files.deleteIfExists(link);
        Platform.linkOrCopy(file, link);
        noteTime(link, clock.instant());
      }
    });
  }

  /** A link to a link or to a pipe is of no use, and copying what is large would take long. */
  private static boolean isKeepable(Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) <= VALUES.mostBytes();
  }

  private static String nameOf(Key key) {
    return HexFormat.of().formatHex(key.toBytes());
  }

  /** Moves a database here that is not the live one any more; others may have it open for a while. */
  void takeDatabase(Path database, String report) {
    quietly(DATABASES, () -> {
      String name = database.getFileName().toString();
      String prefix = TIME.format(clock.instant()) + "-";
      Path text = directory.resolve(prefix + name.replace(".db", ".txt"));
      Platform.writeAtomically(text, report.getBytes(StandardCharsets.UTF_8));
      noteTime(text, clock.instant());
      for (String suffix : List.of("", "-wal")) { // without its log it would be an older one
        move(database.resolveSibling(name + suffix), directory.resolve(prefix + name + suffix));
      }
      Files.deleteIfExists(database.resolveSibling(name + "-shm"));
    });
  }

  private void move(Path file, Path aside) throws IOException {
    try {
      Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
      noteTime(aside, clock.instant());
    } catch (NoSuchFileException e) {
      LOG.debug("there is no {}", file);
    }
  }

  private static void noteTime(Path file, Instant found) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(found));
  }

  private void quietly(Limit limit, Work work) {
    try {
      Platform.uninterrupted(() -> {
        Platform.createDirectory(directory);
        work.run();
        delete(beyond(limit));
        return true;
      });
    } catch (IOException e) {
      LOG.debug("what is damaged cannot be set aside", e);
    }
  }

  /** Those that are too many, the oldest. */
  private List<Item> beyond(Limit limit) throws IOException {
    List<Item> newestFirst = items(limit);
    long bytes = 0;
    for (int i = 0; i < newestFirst.size(); i++) {
      bytes += newestFirst.get(i).bytes();
      if (i >= limit.most() || bytes > limit.mostBytes()) {
        return newestFirst.subList(i, newestFirst.size());
      }
    }
    return List.of();
  }

  private List<Item> items(Limit limit) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    List<Path> files;
    try (Stream<Path> content = Files.list(directory)) {
      files = content
          .filter(file -> limit.names().matcher(file.getFileName().toString()).matches())
          .toList();
    }
    List<Item> items = new ArrayList<>();
    for (Path file : files) {
      try {
        BasicFileAttributes attributes =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        items.add(
            new Item(file, attributes.size(), attributes.lastModifiedTime().toInstant()));
      } catch (NoSuchFileException e) {
        LOG.debug("another process deleted {}", file);
      }
    }
    items.sort(Comparator.comparing(Item::since).thenComparing(Item::path).reversed());
    return items;
  }

  private static long delete(List<Item> items) throws IOException {
    long deleted = 0;
    for (Item item : items) {
      deleted += Platform.deleteIfPossible(item.path()) ? 1 : 0;
    }
    return deleted;
  }

  /**
   * Deletes what is old, and what the dead left half-written.
   *
   * @return how many files
   */
  long sweep() throws IOException {
    Instant oldest = clock.instant().minus(KEPT);
    long swept = TemporaryFile.sweep(directory);
    for (Limit limit : List.of(VALUES, DATABASES)) {
      swept += delete(beyond(limit))
          + delete(items(limit).stream()
              .filter(item -> item.since().isBefore(oldest))
              .toList());
    }
    return swept;
  }

  /** The names of what is kept: of values and of databases, each the latest first. */
  List<String> names() throws IOException {
    return Stream.concat(items(DATABASES).stream(), items(VALUES).stream())
        .map(item -> item.path().getFileName().toString())
        .toList();
  }
}
