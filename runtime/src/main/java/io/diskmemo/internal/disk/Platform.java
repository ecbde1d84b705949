package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.UUID;

/** Everything that differs between operating systems. */
final class Platform {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private Platform() {}

  /** Makes a directory that only its owner can enter; one that is there stays as it is. */
  static void createDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, ownerOnly("rwx------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
  }

  /** Makes an empty file that only its owner can read; one that is there stays as it is. */
  static void createFile(Path file) throws IOException {
    try {
      Files.createFile(file, ownerOnly("rw-------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
  }

  /** Makes a file that only its owner can read, and that was not there. */
  static FileChannel createNew(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        ownerOnly("rw-------"));
  }

  /** Makes a file so that others see all of it or none; one that is there stays as it is. */
  static void createAtomically(Path file, byte[] content) throws IOException {
    Path temporary = temporaryFor(file);
    try {
      write(temporary, content);
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      // somebody else's stays
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Path temporaryFor(Path file) {
    return file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel = createNew(file)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /** Writes a file so that others see all of it or none. */
  static void writeAtomically(Path file, byte[] content) throws IOException {
    Path temporary = temporaryFor(file);
    try {
      write(temporary, content);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Deletes a file, unless the system keeps what somebody has open; then another try will. */
  static boolean deleteIfPossible(Path file) throws IOException {
    try {
      return Files.deleteIfExists(file);
    } catch (FileSystemException e) {
      if (POSIX) {
        throw e;
      }
      return false;
    }
  }

  /** What is the same for all paths of a directory. */
  static String identityOf(Path directory) throws IOException {
    Object key = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
    return key == null ? directory.toRealPath().toString() : key.toString();
  }

  /**
   * Whether the directory belongs to the user that this process runs as; true where nobody can tell.
   *
   * @throws IOException if this process cannot write there either
   */
  static boolean isOwn(Path directory) throws IOException {
    if (!POSIX) {
      return true;
    }
    Path probe = Files.createTempFile(directory, "owner", ".tmp");
    try {
      UserPrincipal owner = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS);
      return owner.equals(Files.getOwner(probe));
    } finally {
      Files.delete(probe);
    }
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
