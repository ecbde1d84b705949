package io.diskmemo.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The value files of a kind, as they are on disk and as the rows of its live databases name them.
 * Names are relative to the directory of the kind.
 */
public record ValueFilesOf(Path kind) {
  /** Of the kind {@code default}. */
  public static ValueFilesOf defaultIn(Path directory) {
    return new ValueFilesOf(directory.resolve("kinds/default"));
  }

  /** Paths of the files. */
  public List<Path> paths() {
    return FileTree.files(kind).stream()
        .filter(file -> file.toString().endsWith(".value"))
        .filter(file -> !file.getParent().endsWith("quarantine"))
        .toList();
  }

  /** The one file that there is. */
  public Path only() {
    List<Path> paths = paths();
    if (paths.size() != 1) {
      throw new AssertionError("not one file: " + paths);
    }
    return paths.get(0);
  }

  /** Names of the files. */
  public Set<String> onDisk() {
    return paths().stream()
        .map(file -> kind.relativize(file).toString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Names that rows have. */
  public Set<String> inRows() {
    Set<String> names = new TreeSet<>();
    for (Path home : homes()) {
      for (String name : read(home, "SELECT file FROM entry WHERE file IS NOT NULL")) {
        names.add(kind.relativize(home.resolve("values").resolve(name)).toString());
      }
    }
    return names;
  }

  /** Names of files that are still to be deleted. */
  public List<String> doomed() {
    List<String> names = new ArrayList<>();
    homes().forEach(home -> names.addAll(read(home, "SELECT name FROM doomed_file")));
    return names;
  }

  /** Where the databases are. */
  private List<Path> homes() {
    return FileTree.files(kind).stream()
        .filter(file -> file.endsWith("current"))
        .map(Path::getParent)
        .toList();
  }

  private static List<String> read(Path home, String sql) {
    try {
      Path live = home.resolve(Files.readString(home.resolve("current")).strip());
      List<String> found = new ArrayList<>();
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + live);
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
