package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory that everything is kept in.
 *
 * <pre>
 * .diskmemo/
 *   .gitignore  CACHEDIR.TAG  format
 *   leases                        who computes what: {@link LeaseFile}
 *   native/                       SQLite's library
 *   kinds/&lt;kind&gt;/
 *     current                     names the live database
 *     cache-2-1.db (-wal, -shm)
 *     coordination                the counters of {@link Coherence}
 *     values/ab/cd/               the files of {@link ValueFiles}
 *     shards                      how many databases there are; if several, all of the above is in
 *     shard-0/ shard-1/ ...       these
 *   collections/&lt;name&gt;/
 *     collection.db (-wal, -shm)  a persistent deque or map
 * </pre>
 *
 * <p>Every step of making it can be repeated, so that a process that died half-way is no hindrance to
 * the next. A directory that holds something else is never touched.
 */
public final class StoreDirectory {
  /** What the directories of a kind with several databases are called, before their numbers. */
  static final String SHARD = "shard-";

  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  /** For those who do not know how many databases a kind has. */
  public static final int AS_IT_IS = 0;

  /** What the names of kinds begin with that are the store's own, and no user's. */
  private static final String OWN_KIND = "_";

  private static final String SHARDS = "shards";
  private static final String FORMAT_FILE = "format";
  private static final String CACHEDIR = "CACHEDIR.TAG";
  private static final String FORMAT = "diskmemo 1\n";
  private static final Set<String> OWN_NAMES =
      Set.of(".gitignore", CACHEDIR, FORMAT_FILE, LeaseFile.NAME, "kinds", "native", "collections");
  private static final String CACHEDIR_TAG = """
      Signature: 8a477f597d28d172789f06886806bc55
      # This directory holds results that can be computed again; backups may leave it out.
      """;

  private final Path root;
  private final boolean isMade;
  private final @Nullable DiskException refusal;
  private final boolean revives;
  private volatile boolean isChecked;

  private StoreDirectory(
      Path root, boolean isMade, @Nullable DiskException refusal, boolean isChecked) {
    this(root, isMade, refusal, isChecked, true);
  }

  private StoreDirectory(
      Path root,
      boolean isMade,
      @Nullable DiskException refusal,
      boolean isChecked,
      boolean revives) {
    this.root = root;
    this.isMade = isMade;
    this.refusal = refusal;
    this.isChecked = isChecked;
    this.revives = revives;
  }

  /**
   * The same directory, for somebody who leaves databases that he finds damaged as they are.
   *
   * @return a directory beside this one
   */
  public StoreDirectory withoutRevival() {
    return new StoreDirectory(root, isMade, refusal, isChecked, false);
  }

  /** Whether databases that are found damaged are revived. */
  boolean revives() {
    return revives;
  }

  /**
   * A directory that cannot be used now. Whatever is asked of it tries it again, as {@link
   * #openOrCreate} would.
   *
   * @param directory that may be usable later
   * @return the directory
   */
  public static StoreDirectory openLater(Path directory) {
    return new StoreDirectory(directory.toAbsolutePath().normalize(), true, null, false);
  }

  /**
   * A directory that will not be used, whatever is asked of it.
   *
   * @param directory where it would be
   * @param reason why, and the way out
   * @return the directory
   */
  public static StoreDirectory refused(Path directory, String reason) {
    return new StoreDirectory(directory.toAbsolutePath().normalize(), true, refusal(reason), false);
  }

  /**
   * Makes what is missing of it, also if somebody removed all of it.
   *
   * @throws DiskException if it cannot be used, with the reason and the way out
   */
  public void require() {
    if (refusal != null) {
      throw new DiskException(refusal.operation(), false, String.valueOf(refusal.getMessage()));
    }
    if (isMade && !isPresent()) {
      openOrCreate(root);
      isChecked = true;
    }
  }

  /**
   * Whether it was found to be a store that can be used, and is there.
   *
   * @return false also where it was not looked at yet
   */
  public boolean isPresent() {
    return isChecked && Files.exists(root.resolve(FORMAT_FILE));
  }

  /**
   * Opens a directory, and makes it if it is missing or empty.
   *
   * @param directory anywhere on a local file system; its parent directories are made too
   * @return the directory
   * @throws DiskException if it cannot be used, with the reason and the way out
   */
  public static StoreDirectory openOrCreate(Path directory) {
    try {
      Path absolute = directory.toAbsolutePath().normalize();
      checkPath(absolute);
      if (!Files.isDirectory(absolute)) {
        createParents(absolute);
        Platform.createDirectory(absolute);
      }
      StoreDirectory opened = validated(absolute, true);
      opened.complete();
      return opened;
    } catch (IOException e) {
      throw failure(directory, e);
    }
  }

  /**
   * Opens a directory that is there, and makes nothing.
   *
   * @param directory to open
   * @return the directory
   * @throws DiskException if it is missing or holds no store
   */
  public static StoreDirectory openExisting(Path directory) {
    Path absolute = directory.toAbsolutePath().normalize();
    if (!Files.isDirectory(absolute)) {
      throw refusal(
          "there is no directory " + absolute + "; name one that an application has opened");
    }
    checkPath(absolute);
    try {
      StoreDirectory opened = validated(absolute, false);
      if (!Files.exists(absolute.resolve(FORMAT_FILE))) {
        throw refusal(
            absolute + " holds no store; name the directory that an application has opened");
      }
      return opened;
    } catch (IOException e) {
      throw failure(absolute, e);
    }
  }

  private static void createParents(Path absolute) throws IOException {
    Path parent = absolute.getParent();
    if (parent != null) {
      Platform.createParents(parent);
    }
  }

  private static void checkPath(Path absolute) {
    if (Files.isSymbolicLink(absolute)) {
      throw refusal(absolute + " is a symbolic link; name the directory that it points to");
    }
    if (Files.isRegularFile(absolute)) {
      throw refusal(absolute + " is a file; name a directory");
    }
    if (absolute.toString().indexOf('?') >= 0) {
      throw refusal(absolute + " has a '?' in its path, which SQLite cannot open; use another");
    }
  }

  private static StoreDirectory validated(Path absolute, boolean isMade) throws IOException {
    for (String name : OWN_NAMES) {
      OwnPaths.require(absolute.resolve(name));
    }
    checkContent(absolute);
    if (!Platform.isOwn(absolute)) {
      throw refusal(
          absolute + " belongs to another user; use a directory of your own, such as one below "
              + System.getProperty("user.home"));
    }
    PrivateDirectory.keepOthersOut(absolute);
    for (String name : OWN_NAMES) {
      OwnPaths.requireOwned(absolute.resolve(name), absolute);
    }
    return new StoreDirectory(absolute, isMade, null, true);
  }

  private static void checkContent(Path absolute) throws IOException {
    Path format = absolute.resolve(FORMAT_FILE);
    if (isUnfinished(format)) {
      refuseStrangers(absolute);
    } else {
      String found = OwnPaths.text(format);
      if (!found.equals(FORMAT)) {
        throw refusal(
            absolute + " has the format \"" + found.strip() + "\", and this release reads \""
                + FORMAT.strip() + "\"; use the release that made it, or another directory");
      }
    }
  }

  /** Whether the format is missing, or has only its beginning or zeros, as disks leave files at times. */
  private static boolean isUnfinished(Path format) throws IOException {
    if (!Files.exists(format)) {
      return true;
    }
    String found = OwnPaths.text(format);
    return !found.equals(FORMAT)
        && (FORMAT.startsWith(found) || found.chars().allMatch(one -> one == 0));
  }

  private static void refuseStrangers(Path absolute) throws IOException {
    try (Stream<Path> content = Files.list(absolute)) {
      content
          .map(file -> file.getFileName().toString())
          .filter(name -> !OWN_NAMES.contains(name) && !name.endsWith(".tmp"))
          .findFirst()
          .ifPresent(name -> {
            throw refusal(absolute + " holds " + name + " and is no store; use an empty directory");
          });
    }
  }

  private void complete() throws IOException {
    if (!isUnfinished(root.resolve(FORMAT_FILE))) {
      return;
    }
    write(".gitignore", "*\n");
    write(CACHEDIR, CACHEDIR_TAG);
    Platform.createDirectory(kinds());
    write(FORMAT_FILE, FORMAT); // last: it says that the rest is there
  }

  private void write(String name, String content) throws IOException {
    Platform.writeAtomically(root.resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Where it is.
   *
   * @return the absolute path
   */
  public Path root() {
    return root;
  }

  /**
   * What is the same for all paths of it.
   *
   * @return a name
   * @throws DiskException if it cannot be used
   */
  public String identity() {
    require();
    try {
      return Platform.identityOf(root);
    } catch (IOException e) {
      throw new DiskException("open the directory", e);
    }
  }

  /**
   * Refuses a file system that several machines share.
   *
   * @throws DiskException if it is on one; the message names the way out
   */
  public void requireLocal() {
    require();
    try {
      String type = Files.getFileStore(root).type();
      if (NetworkFileSystems.isOne(type)) {
        throw new NetworkFileSystemException("open the directory", root, type);
      }
    } catch (IOException e) {
      throw new DiskException("open the directory", e);
    }
  }

  /**
   * The users' kinds that have a store, in the order of their names.
   *
   * @return names
   */
  public List<String> kindNames() {
    require();
    try (Stream<Path> content = Files.list(kinds())) {
      return content
          .filter(StoreDirectory::isKind)
          .map(kind -> kind.getFileName().toString())
          .filter(kind -> !kind.startsWith(OWN_KIND))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DiskException("list kinds", e);
    }
  }

  /**
   * Whether a kind has a store, also one that is none of the users'.
   *
   * @param kind name
   * @return whether there is one
   */
  public boolean hasKind(String kind) {
    return isKind(kinds().resolve(kind));
  }

  private static boolean isKind(Path kind) {
    return Stream.of(KindFiles.CURRENT, SHARDS, Coherence.FILE_NAME)
        .anyMatch(name -> Files.isRegularFile(kind.resolve(name)));
  }

  /**
   * The files of a kind's databases, whose directories are made if they are missing. A kind with one
   * database has it in its directory; one with several has a directory for each, and their number in
   * the file {@code shards}, which stays as it was made.
   */
  List<KindFiles> createKind(String kind, int databases) throws IOException {
    require();
    Path directory = kinds().resolve(kind);
    OwnPaths.keepOthersOut(kinds());
    OwnPaths.require(directory);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      Platform.createDirectory(directory);
    }
    OwnPaths.requireAll(directory);
    int present = databasesOf(directory, Math.max(1, databases));
    if (databases != AS_IT_IS && present != databases) {
      LOG.warn(
          "kind {} has {} databases, and keeps them although shards says {}; to change that, clear"
              + " it while nobody uses it, by removing {}",
          kind,
          present,
          databases,
          directory);
    }
    if (present == 1) {
      return List.of(new KindFiles(directory));
    }
    List<KindFiles> files = new ArrayList<>();
    for (int i = 0; i < present; i++) {
      Path shard = directory.resolve(SHARD + i);
      Platform.createDirectory(shard);
      OwnPaths.requireAll(shard);
      files.add(new KindFiles(shard));
    }
    return files;
  }

  /** What was decided when the kind was made; of several processes that make it, one decides. */
  private static int databasesOf(Path directory, int wanted) throws IOException {
    Path shards = directory.resolve(SHARDS);
    if (Files.exists(directory.resolve(KindFiles.CURRENT))
        || (!Files.exists(shards) && KindFiles.areIn(directory))) {
      return 1;
    }
    if (!Files.exists(shards)) {
      Platform.createAtomically(shards, (wanted + "\n").getBytes(StandardCharsets.UTF_8));
    }
    String text = OwnPaths.text(shards).strip();
    if (!text.matches("[1-9][0-9]{0,2}")) {
      throw refusal(shards + " does not hold a number; remove " + directory + " to begin anew");
    }
    return Integer.parseInt(text);
  }

  /**
   * Deletes the temporary files that dead processes left outside the databases' own directories, and
   * copies of SQLite's library that nobody loads any more.
   *
   * @return how many
   */
  public int sweepTemporary() {
    try {
      int swept = TemporaryFile.sweep(root) + NativeLibrary.sweep(nativeLibraries());
      for (Path parent : List.of(kinds(), nativeLibraries())) {
        for (Path folder : foldersIn(parent)) {
          swept += TemporaryFile.sweep(folder);
        }
      }
      return swept;
    } catch (IOException e) {
      throw new DiskException("sweep temporary files", e);
    }
  }

  private static List<Path> foldersIn(Path parent) throws IOException {
    if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(parent)) {
      return content
          .filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
          .toList();
    }
  }

  /**
   * The kinds that have backups, in the order of their names, also where their databases are missing.
   *
   * @return names
   */
  public List<String> kindNamesWithBackups() {
    try {
      return foldersIn(kinds()).stream()
          .filter(kind -> Files.isDirectory(kind.resolve(KindBackups.DIRECTORY)))
          .map(kind -> kind.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DiskException("list kinds", e);
    }
  }

  /**
   * Whether a kind has its databases, so that opening it does not begin anew.
   *
   * @param kind valid name
   * @return false also if one of several is missing
   */
  public boolean hasDatabases(String kind) {
    try {
      Path directory = directoryOf(kind);
      if (!Files.exists(directory.resolve(SHARDS))) {
        return new KindFiles(directory).isThere();
      }
      for (KindFiles files : createKind(kind, AS_IT_IS)) {
        if (!files.isThere()) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new DiskException("look for the kind", e);
    }
  }

  /**
   * The directory of a collection, which is made if it is missing. With the first one, the mark goes
   * that says that backups may leave this directory out: a collection cannot be computed again.
   */
  Path createCollection(String name) throws IOException {
    require();
    Path collections = root.resolve("collections");
    if (!Files.isDirectory(collections, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(root.resolve(CACHEDIR));
      Platform.createDirectory(collections);
    }
    Path directory = collections.resolve(name);
    OwnPaths.keepOthersOut(collections);
    OwnPaths.require(directory);
    Platform.createDirectory(directory);
    OwnPaths.requireAll(directory);
    return directory;
  }

  Path directoryOf(String kind) {
    return kinds().resolve(kind);
  }

  Path nativeLibraries() {
    return root.resolve("native");
  }

  private Path kinds() {
    return root.resolve("kinds");
  }

  private static DiskException refusal(String message) {
    return new DiskException("open the directory", false, message);
  }

  private static DiskException failure(Path directory, IOException cause) {
    String reason = cause instanceof FileSystemException file && file.getReason() != null
        ? file.getReason()
        : cause.getClass().getSimpleName();
    return new DiskException(
        "open the directory",
        false,
        directory + " cannot be used (" + reason + "); make it writable or name another directory");
  }
}
