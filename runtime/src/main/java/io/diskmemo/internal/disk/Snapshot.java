package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * Copies one database while others write to it, and links the value files that its rows name. An entry
 * that is damaged, or whose file is gone because it was evicted meanwhile, is left out; all others are
 * sound when this ends.
 */
final class Snapshot {
  private final KindFiles files;
  private final Database database;
  private final Coherence coherence;
  private final Path directory;
  private final Pace pace;

  /** A snapshot into a directory that is there and empty. */
  Snapshot(KindFiles files, StoreLimits limits, Path directory, Pace pace) throws IOException {
    this.files = files;
    this.database = new Database(files::database, limits);
    this.coherence = Coherence.open(files.directory());
    this.directory = directory;
    this.pace = pace;
  }

  /** Returns what it holds; it may be less than all if it was told to end early. */
  Backup.Part take() throws IOException, SQLException {
    Path copy = directory.resolve(Backup.DATABASE);
    Platform.createFile(copy); // SQLite would let others read it
    copyTo(copy);
    KindStore.Size size;
    try (Statements copied = database.openPlain(copy)) {
      // one file, whoever reads it
      copied.first("PRAGMA journal_mode = DELETE", row -> row.requiredText(1));
      linkFiles(copied);
      size = mended(copied);
      List<String> problems = StoreCheck.quickCheck(copied);
      if (!problems.isEmpty()) {
        throw new DiskException(
            "back up", false, "the database is damaged: " + String.join(", ", problems));
      }
    }
    Platform.force(copy);
    return new Backup.Part(size.entries(), size.bytes(), Backup.digestOf(copy));
  }

  private void copyTo(Path copy) throws SQLException, IOException {
    long generation = generation();
    while (true) {
      try (Statements live = database.openPlain(generation)) {
        live.update("VACUUM INTO ?", copy.toString());
      } catch (SQLException e) {
        if (generation == generation()) {
          throw e;
        } // else it was superseded and deleted meanwhile
        generation = generation();
        continue;
      }
      long successor = successorIn(copy);
      if (successor == 0) {
        return;
      }
      if (successor <= generation) { // generations only grow; this would go in a circle
        throw DiskException.damaged(
            "back up", "the database says that an older one took its place: " + successor);
      }
      Files.delete(copy); // it may hold what the successor was made without
      Platform.createFile(copy); // SQLite would let others read it
      generation = Math.max(successor, generation());
    }
  }

  private long successorIn(Path copy) throws SQLException {
    try (Statements copied = database.openPlain(copy)) {
      return State.read(copied).supersededBy();
    }
  }

  private long generation() throws IOException {
    return Math.max(coherence.generation(), files.currentGeneration());
  }

  private void linkFiles(Statements copied) throws SQLException, IOException {
    ValueFiles live = new ValueFiles(files.directory());
    ValueFiles linked = new ValueFiles(directory);
    copied.execute("DELETE FROM doomed_file");
    List<CheckedRow> page = CheckedRow.pageAfter(Long.MIN_VALUE, copied);
    while (!page.isEmpty() && pace.goOn(page.size())) {
      copied.execute("BEGIN");
      for (CheckedRow row : page) {
        String file = row.file();
        if ((file != null && !live.isLinkedTo(linked, file)) || !row.isSound(linked)) {
          copied.update("DELETE FROM entry_tag WHERE entry = ?", row.id());
          copied.update("DELETE FROM entry WHERE id = ?", row.id());
          if (file != null) {
            linked.discard(file);
          }
        }
      }
      copied.execute("COMMIT");
      page = CheckedRow.pageAfter(page.get(page.size() - 1).id(), copied);
    }
  }

  private static KindStore.Size mended(Statements copied) throws SQLException {
    KindStore.Size size = copied
        .first(
            "SELECT count(*), coalesce(sum(size), 0) FROM entry",
            row -> new KindStore.Size(row.number(1), row.number(2)))
        .orElseThrow();
    copied.update(
        "UPDATE state SET entries = ?, size = ?, evicting = (SELECT count(*) FROM evicting)",
        size.entries(),
        size.bytes());
    return size;
  }
}
