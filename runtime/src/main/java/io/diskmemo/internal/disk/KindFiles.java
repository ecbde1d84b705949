package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The files of one kind. The file {@code current} holds the name of the live database, so that
 * another can take its place by one rename; a live database is never opened, copied or renamed here,
 * because that would drop SQLite's locks on it.
 */
final class KindFiles {
  static final String CURRENT = "current";

  private static final String FIRST_DATABASE = "cache-" + Schema.FORMAT + "-1.db";
  private static final Pattern DATABASE_NAME =
      Pattern.compile("cache-([0-9]{1,6})-[0-9]{1,12}\\.db");

  private final Path directory;

  KindFiles(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /** The live database; an empty file is made for it if the kind is new. */
  Path database() throws IOException {
    Path current = directory.resolve(CURRENT);
    if (!Files.exists(current)) {
      Platform.writeAtomically(current, (FIRST_DATABASE + "\n").getBytes(StandardCharsets.UTF_8));
    }
    String name = Files.readString(current, StandardCharsets.UTF_8).strip();
    var parts = DATABASE_NAME.matcher(name);
    if (!parts.matches()) {
      throw new DiskException(
          "open the kind",
          false,
          current + " does not name a database; remove " + directory + " to begin anew");
    }
    if (Integer.parseInt(parts.group(1)) > Schema.FORMAT) {
      throw new DiskException(
          "open the kind",
          false,
          directory.resolve(name) + " was made by a newer release; use that, or another directory");
    }
    Path database = directory.resolve(name);
    if (!Files.exists(database)) {
      Platform.createFile(database); // SQLite would let others read it
    }
    return database;
  }
}
