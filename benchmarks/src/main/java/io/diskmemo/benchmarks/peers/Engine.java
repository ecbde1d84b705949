package io.diskmemo.benchmarks.peers;

import java.nio.file.Path;
import java.util.List;

/** The stores that are measured, what they promise, and how they are set. */
public enum Engine {
  /** Ours. */
  DISKMEMO(
      "DiskMemo",
      "many | everything acknowledged, but for a power cut (some of the last) | yes, and eviction"
          + " by them | checksum of each value",
      "`memoryLimit(0)`, `timeout` of 10 s as bare SQLite's, else defaults: WAL, NORMAL",
      List.of(),
      (directory, size, entries) -> new DiskMemoPeer(directory, size)),
  /** What ours stands on. */
  SQLITE(
      "bare SQLite",
      "many | as above | a table of them | –",
      "one connection of sqlite-jdbc, statements prepared once, no query for generated keys"
          + " (`jdbc.get_generated_keys=false`), WAL, NORMAL, key of 32 bytes",
      List.of(),
      (directory, size, entries) -> new SqlitePeer(directory, size)),
  /** Files. */
  FILES(
      "one file per entry",
      "many | everything acknowledged, but for a power cut (files may be empty then) | no | –",
      "temporary file and atomic rename, not forced, 256 directories",
      List.of(),
      (directory, size, entries) -> new FilesPeer(directory, size)),
  /** Files, as people write them. */
  JSON_FILES(
      "one file per entry, JSON",
      "many | everything acknowledged, but for a power cut (files may be empty then) | no | –",
      "the same with JSON by Jackson in place of our codec",
      List.of(),
      (directory, size, entries) -> new JsonFilesPeer(directory, size)),
  /** Ehcache. */
  EHCACHE(
      "Ehcache 3 disk",
      "one | nothing: everything is lost | no | –",
      "disk tier only, of 2 GB or more if its entries need it, persistent; writes are asynchronous",
      List.of(),
      EhcachePeer::new),
  /** MapDB. */
  MAPDB(
      "MapDB",
      "one | what was committed, after a power cut too: each commit is forced to disk | no | –",
      "HTreeMap, mapped file, transactions, one commit each",
      List.of(),
      (directory, size, entries) -> new MapDbPeer(directory, size)),
  /** H2. */
  MVSTORE(
      "H2 MVStore",
      "one | what was committed, but for a power cut | no | checksum of each chunk",
      "defaults, one commit each; its cache of 16 MB holds all of the small ones",
      List.of(),
      (directory, size, entries) -> new MvStorePeer(directory, size)),
  /** RocksDB. */
  ROCKSDB(
      "RocksDB",
      "one | everything acknowledged, but for a power cut | no | checksum of each block",
      "defaults: log not forced; flushed to a file before the hits",
      List.of(),
      (directory, size, entries) -> new RocksPeer(directory, size)),
  /** Chronicle Map. */
  CHRONICLE(
      "Chronicle Map",
      "many | everything acknowledged, but for a power cut; may need recovery by hand | no"
          + " | checksum of each entry, for recovery",
      "persisted; room for its entries is fixed; JVM options `"
          + String.join(" ", ChroniclePeer.OPTIONS) + "`",
      ChroniclePeer.OPTIONS,
      ChroniclePeer::new),
  /** Redis. */
  REDIS(
      "Redis on loopback",
      "many, also others' machines | nothing, as set here | no | –",
      "Lettuce, synchronous; server of Debian with `--save '' --appendonly no`",
      List.of(),
      (directory, size, entries) -> new RedisPeer(directory, size));

  private final String title;
  private final String promise;
  private final String settings;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> options;

  @SuppressWarnings("ImmutableEnumChecker") // a lambda that captures nothing
  private final Opening opening;

  private interface Opening {
    Peer open(Path directory, int size, int entries) throws Exception;
  }

  Engine(String title, String promise, String settings, List<String> options, Opening opening) {
    this.title = title;
    this.promise = promise;
    this.settings = settings;
    this.options = options;
    this.opening = opening;
  }

  /**
   * Its name.
   *
   * @return as tables have it
   */
  public String title() {
    return title;
  }

  /**
   * What it promises and how it is set.
   *
   * @return a row of a table in Markdown: store, processes, after a kill, tags, damage, settings
   */
  public String row() {
    return "| " + title + " | " + promise + " | " + settings + " |\n";
  }

  /**
   * What a JVM needs to run it.
   *
   * @return options of the JVM
   */
  public List<String> options() {
    return options;
  }

  /**
   * Opens a store, or makes it.
   *
   * @param directory of its own
   * @param size of the text of documents
   * @param entries that it is to hold at most
   * @return to be closed
   * @throws Exception if it cannot be opened
   */
  public Peer open(Path directory, int size, int entries) throws Exception {
    return opening.open(directory, size, entries);
  }
}
