package io.diskmemo.security;

import io.diskmemo.DiskMemo;
import io.diskmemo.JournalMode;
import io.diskmemo.PersistentDeque;
import io.diskmemo.PersistentMap;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.codec.Blob;
import io.diskmemo.testkit.FileTree;
import io.diskmemo.testkit.TestMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * Makes one of each file that a store can have, and prints the mode and path of all below a directory
 * at several moments.
 */
final class EveryKindOfFile {
  private static final int LARGE = 200_000;

  private EveryKindOfFile() {}

  public static void main(String[] arguments) throws Exception {
    Path place = Path.of(arguments[0]);
    Path root = place.resolve("a/store");
    Settings settings = Settings.builder()
        .directory(root)
        .kind("rollback", Profile.builder().journalMode(JournalMode.DELETE).build())
        .kind("spread", Profile.builder().shards(2).build())
        .build();
    try (DiskMemo memo = DiskMemo.open(settings)) {
      for (String kind : List.of("default", "rollback", "spread")) {
        store(memo, kind);
      }
      PersistentDeque<String> deque = memo.deque("jobs", String.class);
      deque.add("x".repeat(LARGE));
      PersistentMap<String, String> map = memo.map("map", String.class, String.class);
      map.put("a", "b");
      memo.lock("l").lock().close();
      memo.throttle("t", 1, Duration.ofSeconds(1));
      memo.average("a").add(1);
      printWhileWriting(root.resolve("kinds/rollback/cache-2-1.db"), place);
      memo.maintenance().backup();
      memo.maintenance().exportTo(place.resolve("a/all.export"));
      print(place);
      memo.kind("default").clear();
      memo.maintenance().kind("default").restore();
      memo.maintenance().kind("default").importFrom(place.resolve("a/all.export"));
      store(memo, "default");
      print(place);
    }
    Files.writeString(root.resolve("kinds/default/current"), "cache-2-9.db\n");
    Files.write(root.resolve("kinds/default/cache-2-9.db"), new byte[10_000]);
    try (DiskMemo memo = DiskMemo.open(settings)) {
      memo.maintenance().kind("default").restore();
      print(place);
    }
  }

  private static void store(DiskMemo memo, String kind) throws IOException {
    TestMethod<String> text = TestMethod.text("text").kind(kind).tags("t").in(memo);
    TestMethod<Blob> blob =
        TestMethod.blobs("blob", a -> Blob.of(new byte[LARGE])).kind(kind).in(memo);
    for (String argument : List.of("a", "b", "c", "d")) {
      text.call(argument);
      text.call(argument.repeat(LARGE));
      blob.call(argument);
    }
  }

  /** The journal is there only while somebody writes. */
  private static void printWhileWriting(Path database, Path place) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("UPDATE state SET entries = entries + 1");
      print(place);
      statement.execute("ROLLBACK");
    }
  }

  private static void print(Path place) throws IOException {
    for (Path path : FileTree.all(place)) {
      try {
        System.out.println(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) + " " + path);
      } catch (NoSuchFileException e) {
        System.out.println("gone"); // a file of the background's
      }
    }
  }
}
