package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What differs between systems. */
class PlatformTest {
  @TempDir
  Path directory;

  @Test
  void identityOfAFileIsThatOfTheFileAndNotOfItsName() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "a");
    Path other = Files.writeString(directory.resolve("other"), "a");
    Object identity = Platform.identityOfFile(file);
    Files.writeString(file, "longer");
    assertThat(Platform.identityOfFile(file)).isEqualTo(identity);

    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(Platform.identityOfFile(file)).isNotEqualTo(identity);
  }

  /** Windows has none; there each transaction took the file for another. */
  @Test
  void fileWithoutANumberKeepsItsIdentity() throws Exception {
    try (FileSystem archive =
        FileSystems.newFileSystem(directory.resolve("archive.zip"), Map.of("create", "true"))) {
      Path file = Files.writeString(archive.getPath("file"), "a");
      assertThat(Files.readAttributes(file, BasicFileAttributes.class).fileKey())
          .isNull();
      assertThat(Platform.identityOfFile(file))
          .isNotNull()
          .isEqualTo(Platform.identityOfFile(file));
    }
  }

  /** As on exFAT; kinds could not be made there. */
  @Test
  void fileGetsAFreeNameAlsoWhereThereAreNoLinks() throws Exception {
    try (FileSystem archive =
        FileSystems.newFileSystem(directory.resolve("archive.zip"), Map.of("create", "true"))) {
      Path name = archive.getPath("/current");
      Platform.giveFreeName(Files.writeString(archive.getPath("/first"), "first"), name);
      assertThat(Files.readString(name)).isEqualTo("first");

      Path second = Files.writeString(archive.getPath("/second"), "second");
      assertThatThrownBy(() -> Platform.giveFreeName(second, name))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(Files.readString(name)).isEqualTo("first");
    }
  }
}
