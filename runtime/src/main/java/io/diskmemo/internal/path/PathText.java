package io.diskmemo.internal.path;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A path as text. On Unix a name is bytes, and those that are no characters in the encoding of the
 * process all become the same one in the path's string, so that two paths can have one string.
 */
public final class PathText {
  private static final char REPLACEMENT = '\uFFFD';

  private PathText() {}

  /**
   * Whether a path is all that its string says: one of the default file system, whose string gives it
   * back.
   *
   * @param path whatever it points to
   * @return false if another path may have the same string
   */
  public static boolean isWhole(Path path) {
    return isOfDefault(path) && (path.toString().indexOf(REPLACEMENT) < 0 || isReadBack(path));
  }

  private static boolean isOfDefault(Path path) {
    return path.getFileSystem().equals(FileSystems.getDefault());
  }

  private static boolean isReadBack(Path path) {
    try {
      return Path.of(path.toString()).equals(path);
    } catch (InvalidPathException e) {
      return false; // the encoding has no such character
    }
  }

  /**
   * The URI of a path that is not whole, which has every byte of it.
   *
   * @param path whatever it points to
   * @return of the default file system the same whether there is a directory or not
   */
  public static String uri(Path path) {
    String uri = path.toUri().toString();
    return isOfDefault(path) && uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }
}
