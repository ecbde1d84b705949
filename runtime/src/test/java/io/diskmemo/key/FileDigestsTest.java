package io.diskmemo.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.testkit.TestClock;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A digest is remembered only as long as the file cannot have changed. */
class FileDigestsTest {
  @TempDir
  Path directory;

  private final TestClock clock = new TestClock(); // long after the files are written
  private final AtomicInteger reads = new AtomicInteger();
  private final FileDigests digests = new FileDigests(this::newDigest, clock);
  private Path file;

  private MessageDigest newDigest() {
    reads.incrementAndGet();
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void write() throws IOException {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("unix"),
        "this system has no time of change, so that nothing is remembered");
    file = Files.writeString(directory.resolve("f"), "abc");
  }

  private String digest() throws IOException {
    FileDigests.Digest digest = digests.of(file);
    return digest.sizeBytes() + " " + HexFormat.of().formatHex(digest.sha256(), 0, 4);
  }

  @Test
  void digestIsSha256OfTheBytes() throws IOException {
    assertThat(digest()).isEqualTo("3 ba7816bf");
  }

  @Test
  void settledFileIsReadOnce() throws IOException {
    digest();
    assertThat(digest()).isEqualTo("3 ba7816bf");
    assertThat(reads).hasValue(1);
  }

  @Test
  void sameFileUnderAnotherNameIsReadOnce() throws IOException {
    digest();
    digests.of(Files.createLink(directory.resolve("g"), file));
    digests.of(directory.resolve("g"));
    assertThat(reads).hasValue(2); // the link changed the file's time of change
  }

  @Test
  void changedFileIsReadAgain() throws IOException {
    digest();
    Files.writeString(file, "abcd");
    assertThat(digest()).startsWith("4 ");
  }

  @Test
  void changeThatKeepsSizeAndTimeOfModificationIsSeen() throws IOException {
    FileTime modified = Files.getLastModifiedTime(file);
    digest();
    Files.writeString(file, "xyz");
    Files.setLastModifiedTime(file, modified);
    assertThat(digest()).isNotEqualTo("3 ba7816bf");
  }

  @Test
  void fileThatChangedJustNowIsReadEachTime() throws IOException {
    clock.advance(Duration.between(clock.instant(), Instant.now()));
    digest();
    digest();
    assertThat(reads).hasValue(2);
  }

  @Test
  void fileFromTheFutureIsReadEachTime() throws IOException {
    clock.advance(Duration.ofDays(-36500));
    digest();
    digest();
    assertThat(reads).hasValue(2);
  }

  @Test
  void replacedFileIsReadAgain() throws IOException {
    digest();
    Files.move(
        Files.writeString(directory.resolve("new"), "xyz"),
        file,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(digest()).isNotEqualTo("3 ba7816bf");
  }
}
