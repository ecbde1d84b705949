package io.diskmemo.internal.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backups of one kind, in {@code backup/<time>-<n>/}. Made while others read and write; restored
 * beneath those who have the kind open. One process at a time makes or restores them, which a lock on
 * {@code backup/kind.lock} sees to, and the system gives that back when the process ends. Thread-safe.
 */
public final class KindBackups {
  static final String DIRECTORY = "backup";

  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private static final Pattern NAME = Pattern.compile("([0-9]{8}T[0-9]{6}Z)-([0-9]{1,9})");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String WORKSHOP = "restoring";

  private final StoreDirectory store;
  private final String kind;
  private final StoreLimits limits;
  private final InstantSource clock;
  private final Path directory;

  /**
   * Backups of a kind.
   *
   * @param store that holds the kind
   * @param kind its name
   * @param limits that this process holds it to
   * @param clock for expiry, and for the names of backups
   */
  public KindBackups(StoreDirectory store, String kind, StoreLimits limits, InstantSource clock) {
    this.store = store;
    this.kind = kind;
    this.limits = limits;
    this.clock = clock;
    this.directory = store.directoryOf(kind).resolve(DIRECTORY);
  }

  /**
   * A whole backup.
   *
   * @param name of its directory
   * @param entries in it
   * @param sizeBytes of these, as they count against the size limit
   */
  public record Saved(String name, long entries, long sizeBytes) {}

  /**
   * What a restoration brought back.
   *
   * @param backup that it was from, null if only value files were left
   * @param fromBackup entries of the backup
   * @param fromFiles entries made again from their value files
   * @param damaged entries that were refused because they were damaged
   * @param evicted entries that were refused because they were evicted since
   * @param expired entries whose time was over
   * @param evictionsKnown whether the database could still say what was evicted since
   */
  public record Restored(
      @Nullable String backup,
      long fromBackup,
      long fromFiles,
      long damaged,
      long evicted,
      long expired,
      boolean evictionsKnown) {}

  interface Work<T> {
    T run() throws IOException, SQLException;
  }

  <T> T locked(String operation, Work<T> work) {
    try {
      Platform.createDirectory(directory);
      Optional<WriterLock> lock = WriterLock.named(directory, "kind");
      if (lock.isEmpty()) {
        throw new DiskException(
            operation, true, "a backup of kind " + kind + " is being made or restored");
      }
      try {
        NativeLibrary.load(store.nativeLibraries());
        deleteAll(directory.resolve(WORKSHOP));
        deleteUnfinished();
        return work.run();
      } finally {
        lock.get().close();
      }
    } catch (IOException e) {
      throw new DiskException(operation, e);
    } catch (UncheckedIOException e) {
      throw new DiskException(operation, new IOException(e));
    } catch (SQLException e) {
      throw new DiskException(operation, e);
    }
  }

  /** Deletes what somebody left who died while he restored, unless somebody is restoring now. */
  void sweep() {
    if (Files.exists(directory.resolve(WORKSHOP), LinkOption.NOFOLLOW_LINKS)) {
      try {
        locked("sweep", () -> true); // which deletes it
      } catch (DiskException e) {
        if (!e.isTransient()) {
          throw e;
        }
        LOG.debug("somebody restores {}", directory, e);
      }
    }
  }

  /** An empty directory, under the lock. */
  Path newWorkshop() throws IOException {
    Path workshop = directory.resolve(WORKSHOP);
    Platform.createDirectory(workshop);
    return workshop;
  }

  /** Under the lock, nobody is making one. */
  private void deleteUnfinished() throws IOException {
    for (Path one : directories()) {
      if (!Files.exists(one.resolve(Backup.MANIFEST))) {
        deleteAll(one);
      }
    }
  }

  private List<Path> directories() throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(directory)) {
      return content
          .filter(one -> NAME.matcher(one.getFileName().toString()).matches())
          .filter(one -> Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS))
          .sorted(Comparator.comparing(KindBackups::order))
          .toList();
    }
  }

  /** The time, and among those of one second the number. */
  private static String order(Path one) {
    Matcher parts = NAME.matcher(one.getFileName().toString());
    return parts.matches()
        ? parts.group(1) + "0".repeat(9 - parts.group(2).length()) + parts.group(2)
        : "";
  }

  static void deleteAll(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(path)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : deepestFirst) {
      Files.deleteIfExists(one);
    }
  }

  /**
   * The whole backups, the newest first.
   *
   * @return as their manifests say
   */
  public List<Saved> list() {
    try {
      return backups().stream().map(KindBackups::saved).toList();
    } catch (IOException e) {
      throw new DiskException("list backups", e);
    }
  }

  /**
   * The backup that {@link #restore} would take, of which nothing is restored.
   *
   * @param name of the backup, or null for the newest whose databases are sound
   * @return empty if there is no sound one, and none was named
   * @throws DiskException if the one that was named is not there, or damaged
   */
  public Optional<Saved> toBeRestored(@Nullable String name) {
    try {
      return chosen(name).map(KindBackups::saved);
    } catch (IOException e) {
      throw new DiskException("look for a backup", e);
    }
  }

  private Optional<Backup> chosen(@Nullable String name) throws IOException {
    return name == null ? newestSound() : Optional.of(sound(name));
  }

  private static Saved saved(Backup backup) {
    return new Saved(backup.name(), backup.entries(), backup.bytes());
  }

  private List<Backup> backups() throws IOException {
    List<Backup> whole = new ArrayList<>();
    for (Path one : directories()) {
      Backup.in(one).ifPresent(backup -> whole.add(0, backup));
    }
    return whole;
  }

  /**
   * Makes a backup, while others read and write, and deletes old ones once it is whole.
   *
   * @param kept how many are kept
   * @param pace says how long it goes on
   * @return empty if it was told to end early; then there is none
   */
  public Optional<Saved> make(int kept, Pace pace) {
    return locked("back up", () -> {
      Path made = newDirectory();
      boolean whole = false;
      try {
        Optional<Backup> backup = made(made, pace);
        whole = backup.isPresent();
        if (whole) {
          deleteAllBut(kept);
        }
        return backup.map(one -> new Saved(one.name(), one.entries(), one.bytes()));
      } finally {
        if (!whole) {
          deleteAll(made);
        }
      }
    });
  }

  private Path newDirectory() throws IOException {
    String time = TIME.format(Instant.ofEpochMilli(clock.millis()));
    int number = 1;
    while (Files.exists(directory.resolve(time + "-" + number), LinkOption.NOFOLLOW_LINKS)) {
      number++;
    }
    Path made = directory.resolve(time + "-" + number);
    Platform.createDirectory(made);
    return made;
  }

  private Optional<Backup> made(Path made, Pace pace) throws IOException, SQLException {
    List<KindFiles> databases = store.createKind(kind, StoreDirectory.AS_IT_IS);
    List<Backup.Part> parts = new ArrayList<>();
    for (int i = 0; i < databases.size(); i++) {
      Path part = Backup.partOf(made, i, databases.size());
      Platform.createDirectory(part);
      parts.add(new Snapshot(databases.get(i), limits, part, pace).take());
      if (!pace.goOn(0)) {
        return Optional.empty();
      }
    }
    Backup backup = new Backup(made, parts);
    if (!backup.isAsItWas()) {
      throw new DiskException("back up", false, "what was written to " + made + " is not there");
    }
    backup.complete();
    return Optional.of(backup);
  }

  private void deleteAllBut(int kept) throws IOException {
    List<Backup> whole = backups();
    for (Backup old : whole.subList(Math.min(kept, whole.size()), whole.size())) {
      Files.delete(old.directory().resolve(Backup.MANIFEST)); // first, so that it is never half one
      deleteAll(old.directory());
    }
  }

  /**
   * Puts a backup in the place of what is live, in all processes at once: what was stored since is
   * gone, and what was evicted since stays evicted, as far as the database can still say. If the
   * database is missing or cannot be read, what value files hold comes back too.
   *
   * @param name of the backup, or null for the newest whose databases are sound
   * @param pace says how long it goes on
   * @return empty if it was told to end early; then nothing has changed
   */
  public Optional<Restored> restore(@Nullable String name, Pace pace) {
    return locked("restore", () -> {
      Optional<Backup> backup = chosen(name);
      List<KindFiles> databases = store.createKind(
          kind, backup.map(one -> one.parts().size()).orElse(StoreDirectory.AS_IT_IS));
      requireSameNumber(backup, databases.size());
      return revived(backup.orElse(null), databases, pace);
    });
  }

  Optional<Backup> newestSound() throws IOException {
    for (Backup backup : backups()) {
      if (backup.isAsItWas()) {
        return Optional.of(backup);
      }
    }
    return Optional.empty();
  }

  private Backup sound(String name) throws IOException {
    List<Backup> whole = backups();
    Backup named = whole.stream()
        .filter(backup -> backup.name().equals(name))
        .findFirst()
        .orElseThrow(() -> refusal("there is no backup " + name + " of kind " + kind + "; there "
            + (whole.isEmpty()
                ? "is none"
                : "are " + String.join(", ", whole.stream().map(Backup::name).toList()))));
    if (!named.isAsItWas()) {
      throw refusal("the backup " + name + " of kind " + kind + " is damaged; name another");
    }
    return named;
  }

  private void requireSameNumber(Optional<Backup> backup, int databases) {
    if (backup.isPresent() && backup.get().parts().size() != databases) {
      throw refusal("the backup " + backup.get().name() + " is of "
          + backup.get().parts().size() + " databases, and kind " + kind + " has " + databases);
    }
  }

  private static DiskException refusal(String message) {
    return new DiskException("restore", false, message);
  }

  private Optional<Restored> revived(@Nullable Backup backup, List<KindFiles> databases, Pace pace)
      throws IOException, SQLException {
    Restored all = new Restored(backup == null ? null : backup.name(), 0, 0, 0, 0, 0, true);
    int revived = 0;
    for (int i = 0; i < databases.size(); i++) {
      databases.get(i).isPointerMended();
      Path workshop = newWorkshop();
      try {
        Revival revival = new Revival(
            databases.get(i),
            limits.dividedBy(databases.size()),
            clock,
            workshop,
            revived == 0 ? pace : toTheEnd(pace));
        if (backup == null && revival.isNeedless()) {
          continue;
        }
        revived++;
        Optional<Revival.Revived> one = revival.run(backup == null ? null : backup.part(i));
        if (one.isEmpty()) {
          return Optional.empty();
        }
        all = plus(all, one.get());
      } finally {
        deleteAll(workshop);
      }
    }
    if (revived == 0) {
      throw refusal("kind " + kind + " has no sound backup, and its database is sound");
    }
    return Optional.of(all);
  }

  /** Of a kind with several databases, nobody may find half of one state and half of another. */
  private static Pace toTheEnd(Pace pace) {
    return done -> {
      pace.goOn(done); // which tells how far it is
      return true;
    };
  }

  private static Restored plus(Restored all, Revival.Revived one) {
    return new Restored(
        all.backup,
        all.fromBackup + one.fromBackup(),
        all.fromFiles + one.fromFiles(),
        all.damaged + one.damaged(),
        all.evicted + one.evicted(),
        all.expired + one.expired(),
        all.evictionsKnown && one.evictionsKnown());
  }
}
