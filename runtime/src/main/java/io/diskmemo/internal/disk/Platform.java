package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** Makes a directory and those above it that are missing, which only their owner can change. */
  static void createParents(Path directory) throws IOException {
    Files.createDirectories(directory, ownerOnly("rwxr-xr-x"));
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
    try (TemporaryFile temporary = TemporaryFile.beside(file)) {
      temporary.write(content);
      giveFreeName(temporary.path(), file);
    } catch (FileAlreadyExistsException e) {
      // somebody else's stays
    }
  }

  /**
   * Gives a file a name, which it may have besides its own, unless another has it.
   *
   * <p>Where there are no links, as on exFAT, of two that do this at the same moment the later may take
   * the place of the earlier.
   */
  static void giveFreeName(Path file, Path name) throws IOException {
    try {
      Files.createLink(name, file);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      Retries.BRIEF.run(() -> Files.move(file, name));
    }
  }

  /** As the other of this name, for a second at most. */
  static void writeAtomically(Path file, byte[] content) throws IOException {
    writeAtomically(file, content, Retries.BRIEF);
  }

  /** Writes a file so that others see all of it or none, also if somebody has it open for a moment. */
  static void writeAtomically(Path file, byte[] content, Retries retries) throws IOException {
    uninterrupted(() -> {
      try (TemporaryFile temporary = TemporaryFile.beside(file)) {
        temporary.write(content);
        retries.run(() -> Files.move(
            temporary.path(),
            file,
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING));
        return true;
      }
    });
  }

  /** Gives a file another name as well, or copies it where that cannot be; it is never changed. */
  static void linkOrCopy(Path file, Path link) throws IOException {
    try {
      Files.createLink(link, file);
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException e) {
      copy(file, link);
    }
  }

  /** Forces a file that nobody has open, also as a database. */
  static void force(Path file) throws IOException {
    uninterrupted(() -> {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
        return true;
      }
    });
  }

  /** Copies a file that is no database, and forces the copy. */
  static void copy(Path file, Path copy) throws IOException {
    try (FileChannel from =
            FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        FileChannel to = createNew(copy)) {
      for (long at = 0; at < from.size(); ) {
        at += from.transferTo(at, from.size() - at, to);
      }
      to.force(true);
    }
  }

  /** Work with files that can be done again. */
  interface FileWork<T> {
    T run() throws IOException;
  }

  /** Java's channels close under a thread that is interrupted, which is no trouble of the disk. */
  static <T extends @Nullable Object> T uninterrupted(FileWork<T> work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return work.run();
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
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
   * Tells one file of a name from the next of that name: by the system's number of the file, or, where
   * it has none, by the time of its making.
   */
  static Object identityOfFile(Path file) throws IOException {
    return identityOf(Files.readAttributes(file, BasicFileAttributes.class));
  }

  /** As {@link #identityOfFile}, of a file whose attributes were read. */
  static Object identityOf(BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    return key == null ? attributes.creationTime() : key;
  }

  /**
   * Whether only one user can change a file or directory; where the system has no POSIX permissions,
   * whether it is none of another place.
   *
   * @param owner directory of that user
   */
  static boolean isPrivate(Path path, Path owner) throws IOException {
    if (Files.isSymbolicLink(path) || !POSIX) {
      return !Files.isSymbolicLink(path);
    }
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return attributes.owner().equals(Files.getOwner(owner, LinkOption.NOFOLLOW_LINKS))
        && !attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
        && !attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
  }

  /** Whether a file or directory that may be missing has the owner of a directory. */
  static boolean isOwnedAs(Path path, Path directory) throws IOException {
    if (!POSIX) {
      return true;
    }
    try {
      return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS)
          .equals(Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  /** Leaves a directory to its owner alone; nothing happens where the system has no permissions. */
  static void takeFromOthers(Path directory) throws IOException {
    if (POSIX) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Whether files have the permissions that they are given, other than on FAT or NTFS. */
  static boolean keepsPermissions(Path directory) throws IOException {
    if (!POSIX) {
      return false;
    }
    try (TemporaryFile probe = TemporaryFile.beside(directory.resolve("permissions"))) {
      return Files.getPosixFilePermissions(probe.path())
          .equals(PosixFilePermissions.fromString("rw-------"));
    }
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
    try (TemporaryFile probe = TemporaryFile.beside(directory.resolve("owner"))) {
      UserPrincipal owner = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS);
      return owner.equals(Files.getOwner(probe.path()));
    }
  }

  /** How people know this machine or container; without asking the network, which may take seconds. */
  static String hostName() {
    Path told = Path.of("/proc/sys/kernel/hostname");
    try {
      return Files.isReadable(told)
          ? Files.readString(told).strip()
          : System.getenv()
              .getOrDefault("COMPUTERNAME", System.getenv().getOrDefault("HOSTNAME", ""));
    } catch (IOException e) {
      return "";
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
