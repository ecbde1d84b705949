package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.CheckReport;
import io.diskmemo.DiskMemo;
import io.diskmemo.multiprocess.Patience;
import io.diskmemo.testkit.FileTree;
import io.diskmemo.testkit.ValueFilesOf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a store of {@link SoakProcess}es that rest. */
record StoreFiles(Path store) {
  /** Those of values, but for what is set aside. */
  static List<Path> values(Path store) throws IOException {
    try (Stream<Path> all = Files.list(store.resolve("kinds"))) {
      return all.flatMap(kind -> new ValueFilesOf(kind).paths().stream()).toList();
    }
  }

  /**
   * Maintains the store, and requires that it is sound and that each value file has a row. How many
   * files there are besides those of values and those that were set aside.
   */
  long sweepAndCountOthers() throws IOException {
    try (DiskMemo memo = DiskMemo.open(SoakProcess.settings(store))) {
      Patience.until("no value file without a row", () -> isSwept(memo));
      for (CheckReport report : memo.maintenance().dryRun().check()) {
        assertThat(report.problems()).isEmpty();
      }
    }
    for (String kind : List.of("soaked", "many")) {
      Path home = store.resolve("kinds").resolve(kind);
      try (Stream<Path> all = Files.list(home)) {
        assertThat(all.filter(file -> file.toString().endsWith(".db")))
            .containsExactly(
                home.resolve(Files.readString(home.resolve("current")).strip()));
      }
    }
    return FileTree.files(store).stream()
        .filter(file -> !file.toString().endsWith(".value"))
        .filter(file -> !file.getParent().endsWith("quarantine"))
        .count();
  }

  /** Other processes may be about to delete what they have hidden. */
  private boolean isSwept(DiskMemo memo) {
    memo.maintenance().run();
    try (Stream<Path> all = Files.list(store.resolve("kinds"))) {
      return all.filter(kind -> Files.exists(kind.resolve("current")))
          .map(ValueFilesOf::new)
          .allMatch(files -> files.inRows().containsAll(files.onDisk()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
