package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renames that somebody disturbs: here by a directory in the way. */
class RetriesTest {
  @TempDir
  Path directory;

  private final List<Duration> pauses = new ArrayList<>();

  private Path disturbed() throws IOException {
    Path target = Files.createDirectory(directory.resolve("current"));
    Files.createFile(target.resolve("in-the-way"));
    return target;
  }

  private static byte[] content() {
    return "new".getBytes(StandardCharsets.UTF_8);
  }

  private static List<Duration> millis(long... all) {
    List<Duration> durations = new ArrayList<>();
    for (long one : all) {
      durations.add(Duration.ofMillis(one));
    }
    return durations;
  }

  @Test
  void renameIsDoneWhenTheDisturbanceEnds() throws Exception {
    Path target = disturbed();
    Platform.writeAtomically(target, content(), new Retries(Duration.ofSeconds(10), pause -> {
      pauses.add(pause);
      if (pauses.size() == 3) {
        remove(target);
      }
    }));

    assertThat(target).hasContent("new");
    assertThat(pauses).isEqualTo(millis(50, 100, 200));
    assertThat(directory).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
  }

  private static void remove(Path target) {
    try {
      Files.delete(target.resolve("in-the-way"));
      Files.delete(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void pausesAreNotLongerThanASecondNorTogetherThanTheTimeout() throws Exception {
    Path target = disturbed();
    assertThatThrownBy(() -> Platform.writeAtomically(
            target, content(), new Retries(Duration.ofSeconds(4), pauses::add)))
        .isInstanceOf(FileSystemException.class);

    assertThat(pauses).isEqualTo(millis(50, 100, 200, 400, 800, 1000, 1000));
    assertThat(directory).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
  }

  @Test
  void whatIsMissingIsNotWaitedFor() {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> new Retries(Duration.ofSeconds(4), pauses::add)
            .run(() -> Files.move(missing, directory.resolve("name"))))
        .isInstanceOf(NoSuchFileException.class);

    assertThat(pauses).isEmpty();
  }

  @Test
  void aNameThatIsTakenIsNotWaitedFor() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Path taken = Files.createFile(directory.resolve("taken"));
    assertThatThrownBy(() ->
            new Retries(Duration.ofSeconds(4), pauses::add).run(() -> Files.move(file, taken)))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(pauses).isEmpty();
  }
}
