package io.diskmemo.internal.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

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
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    if (attributes.isSymbolicLink()) {
      throw refusal(path + " is a symbolic link, which a store has none of and follows none of;"
          + " remove it");
    }
    if (attributes.isOther()) {
      throw refusal(path + " is neither a file nor a directory; remove it");
    }
  }

  /** Refuses a directory that others can change, or in which there is a link. */
  static void requireAll(Path directory) throws IOException {
    require(directory);
    requireNobodyElseWrites(directory);
    try (Stream<Path> content = Files.list(directory)) {
      for (Path path : content.toList()) {
        require(path);
      }
    }
  }

  /** Refuses a directory that others than its owner can change. */
  static void requireNobodyElseWrites(Path directory) throws IOException {
    if (!Platform.isPrivate(directory, directory)) {
      throw refusal(directory + " can be written by others than its owner, who could put their own"
          + " files there; take that from them (chmod go-w), or use another directory");
    }
  }

  /** What a small file holds; the beginning of one that is not small. */
  static String text(Path file) throws IOException {
    require(file);
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return new String(in.readNBytes(MOST_TEXT_BYTES), StandardCharsets.UTF_8);
    }
  }

  private static DiskException refusal(String message) {
    return new DiskException("open the directory", false, message);
  }
}
