package io.diskmemo.internal.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the store demands of its directories and files before it opens them. It makes no symbolic links,
 * so that one in its place was put there by somebody who would have something else written or deleted;
 * and a pipe would be waited for without end. Where nobody else can write to a directory, nobody can
 * change what was found there.
 */
final class OwnPaths {
  /** More than any file has that is read whole when a store is opened. */
  private static final int MOST_TEXT_BYTES = 4096;

  private OwnPaths() {}

  /** Refuses a path that is neither a file nor a directory; one that is missing is fine. */
  static void require(Path path) throws IOException {
    attributesOf(path);
  }

  /** As {@link #require}; returns null for one that is missing. */
  static @Nullable BasicFileAttributes attributesOf(Path path) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
    if (attributes.isSymbolicLink()) {
      throw refusal(path + " is a symbolic link, which a store has none of and follows none of;"
          + " remove it");
    }
    if (attributes.isOther()) {
      throw refusal(path + " is neither a file nor a directory; remove it");
    }
    return attributes;
  }

  /** As {@link #require}, and refuses one of another user than a directory's. */
  static void requireOwned(Path path, Path directory) throws IOException {
    require(path);
    if (!Platform.isOwnedAs(path, directory)) {
      throw refusal(path + " belongs to another user than " + directory + ", who may have put it"
          + " there; remove it, or give it to the owner of the directory (chown)");
    }
  }

  /** Keeps others out of a directory below another; refuses what is not of the same owner in it. */
  static void requireAll(Path directory) throws IOException {
    keepOthersOut(directory);
    try (Stream<Path> content = Files.list(directory)) {
      for (Path path : content.toList()) {
        requireOwned(path, directory);
      }
    }
  }

  /** Keeps others out of a directory below another, which has the same owner. */
  static void keepOthersOut(Path directory) throws IOException {
    requireOwned(directory, Objects.requireNonNull(directory.getParent()));
    PrivateDirectory.keepOthersOut(directory);
  }

  /** What a small file holds; the beginning of one that is not small. */
  static String text(Path file) throws IOException {
    require(file);
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return new String(in.readNBytes(MOST_TEXT_BYTES), StandardCharsets.UTF_8);
    }
  }

  static DiskException refusal(String message) {
    return new DiskException("open the directory", false, message);
  }
}
