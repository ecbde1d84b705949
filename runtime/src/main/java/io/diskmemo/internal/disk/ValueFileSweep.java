package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Deletes the value files that are of no use: those that are doomed, and those that dead writers left
 * without a row. For one thread, once.
 */
final class ValueFileSweep {
  private final ValueFiles files;
  private final Readers readers;
  private final Map<String, Optional<WriterLock>> writers = new HashMap<>();

  ValueFileSweep(ValueFiles files, Readers readers) {
    this.files = files;
    this.readers = readers;
  }

  /**
   * Deletes the doomed, and what dead writers left.
   *
   * @return how many files
   */
  long run(Pace pace) {
    if (!Files.isDirectory(files.directory(), LinkOption.NOFOLLOW_LINKS)) {
      return 0;
    }
    try {
      return sweepDoomed() + sweepOrphans(pace);
    } catch (IOException e) {
      throw new DiskException("sweep value files", e);
    }
  }

  private long sweepDoomed() {
    List<String> doomed = readers.read(
        "list doomed files",
        statements -> statements.list("SELECT name FROM doomed_file", row -> row.requiredText(1)));
    long swept = 0;
    for (String name : doomed) {
      swept += files.isDoomedDeleted(name) ? 1 : 0;
    }
    return swept;
  }

  private long sweepOrphans(Pace pace) throws IOException {
    long swept = 0;
    try {
      long before = 0;
      for (Path top : ValueFiles.contentOf(files.directory())) {
        if (!pace.goOn(swept - before)) {
          return swept;
        }
        before = swept;
        String name = files.nameOf(top);
        if (name.endsWith(WriterLock.SUFFIX)) {
          lockOfDead(name.substring(0, name.length() - WriterLock.SUFFIX.length()));
        } else {
          for (Path parent : ValueFiles.contentOf(top)) {
            swept += sweepOrphans(ValueFiles.contentOf(parent));
          }
        }
      }
      for (Optional<WriterLock> writer : writers.values()) {
        if (writer.isPresent()) {
          writer.get().delete();
        }
      }
    } finally {
      for (Optional<WriterLock> writer : writers.values()) {
        if (writer.isPresent()) {
          writer.get().close();
        }
      }
    }
    return swept;
  }

  private long sweepOrphans(List<Path> content) throws IOException {
    List<String> orphans = new ArrayList<>();
    for (Path file : content) {
      if (isOfDeadWriter(files.nameOf(file))) {
        orphans.add(files.nameOf(file));
      }
    }
    return files.deleteWithoutRow(orphans, readers).files();
  }

  /** While its lock is held here, a writer is dead, and none of its files is about to be committed. */
  private boolean isOfDeadWriter(String name) throws IOException {
    Matcher parts = ValueFiles.NAME.matcher(name);
    if (!parts.matches()) {
      return false;
    }
    return lockOfDead(parts.group(1)).isPresent();
  }

  private Optional<WriterLock> lockOfDead(String writer) throws IOException {
    Optional<WriterLock> known = writers.get(writer);
    if (known == null) {
      known = Platform.uninterrupted(() -> WriterLock.ofDead(files.directory(), writer));
      writers.put(writer, known);
    }
    return known;
  }
}
