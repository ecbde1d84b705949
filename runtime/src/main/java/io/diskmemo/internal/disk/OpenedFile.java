package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that SQLite has open, by which it can be seen that somebody removed or replaced it: SQLite goes
 * on in the file that has no name any more, where nobody else looks. It is never opened here.
 *
 * @param path of the file
 * @param identity of the file that had the name
 */
record OpenedFile(Path path, Object identity) {
  static OpenedFile of(Path path) throws IOException {
    try {
      return new OpenedFile(path, Platform.identityOfFile(path));
    } catch (NoSuchFileException e) {
      return new OpenedFile(path, "none");
    }
  }

  /** One look, of a microsecond or two. */
  boolean isStillThere() throws IOException {
    try {
      return Platform.identityOfFile(path).equals(identity);
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
