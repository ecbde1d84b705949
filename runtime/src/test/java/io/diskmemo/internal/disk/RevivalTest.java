package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is made again from value files, which others may change meanwhile. */
class RevivalTest {
  private static final int ENTRIES = 3;
  private static final TestLimits LIMITS = TestLimits.ample();

  @TempDir
  private Path directory;

  @TempDir
  private Path workshop;

  private KindFiles filled() throws IOException {
    try (KindStore store = LIMITS.open(directory, new TestClock())) {
      for (int i = 0; i < ENTRIES; i++) {
        store.store(NewEntries.entry("k" + i, i, 5000));
      }
    }
    return StoreDirectory.openOrCreate(directory).createKind("default", 1).get(0);
  }

  /** In the order in which a revival looks at them. */
  private static List<Path> valuesOf(KindFiles files) throws IOException {
    ValueFiles values = new ValueFiles(files.directory());
    List<Path> paths = new ArrayList<>();
    values.forEach(names -> names.forEach(name -> paths.add(values.path(name))));
    return paths;
  }

  /** Whoever asked for it had found it damaged twice; it was exchanged for next to nothing. */
  @Test
  void soundDatabaseIsLeftAloneUnlessSomebodyAsks() throws Exception {
    KindFiles files = filled();
    Revival revival =
        new Revival(files, LIMITS.limits(), new TestClock(), workshop, Pace.TO_THE_END);

    assertThat(revival.runUnasked(null)).isEmpty();
    try (KindStore store = LIMITS.open(directory, new TestClock())) {
      assertThat(store.size().entries()).isEqualTo(ENTRIES);
    }
  }

  /** All else was lost with it. */
  @Test
  void fileThatIsRemovedAfterItWasCheckedIsLeftOut() throws Exception {
    KindFiles files = filled();
    Path first = valuesOf(files).get(0);
    Files.delete(files.database(1));
    InstantSource askedAfterTheCheck = () -> {
      delete(first);
      return new TestClock().instant();
    };
    Revival revival =
        new Revival(files, LIMITS.limits(), askedAfterTheCheck, workshop, Pace.TO_THE_END);

    assertThat(revival.run(null)).contains(new Revival.Revived(0, ENTRIES - 1, 0, 0, 0, false));

    try (KindStore store = LIMITS.open(directory, new TestClock())) {
      assertThat(store.size().entries()).isEqualTo(ENTRIES - 1);
      assertThat(store.check(false).problems()).isEmpty();
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
