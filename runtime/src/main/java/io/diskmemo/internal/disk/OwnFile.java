package io.diskmemo.internal.disk;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files outside the store that only their owner can read. */
public final class OwnFile {
  private static final int BUFFER_BYTES = 64 * 1024;

  private OwnFile() {}

  /** Writes a file. */
  public interface Content {
    /**
     * Writes all of it.
     *
     * @param out takes the bytes
     * @return false to have no file
     * @throws IOException if it cannot be written; then there is no file
     */
    boolean isWrittenTo(OutputStream out) throws IOException;
  }

  /**
   * Makes a file that was not there, so that others see all of it or none.
   *
   * @param file in a directory that is there
   * @param content written once
   * @throws IOException if it cannot be written, or is there already
   */
  public static void create(Path file, Content content) throws IOException {
    requireOfThisSystem(file);
    try (TemporaryFile temporary = TemporaryFile.beside(file)) {
      if (isWritten(temporary.path(), content)) {
        Retries.BRIEF.run(() -> Files.move(temporary.path(), file));
      }
    }
  }

  /** An interrupt would close a channel. */
  private static boolean isWritten(Path file, Content content) throws IOException {
    try (FileOutputStream opened = new FileOutputStream(file.toFile())) {
      OutputStream out = new BufferedOutputStream(opened, BUFFER_BYTES);
      if (!content.isWrittenTo(out)) {
        return false;
      }
      out.flush();
      opened.getFD().sync();
      return true;
    }
  }

  /**
   * Fails for a file in an archive, or of another file system that only this JVM knows.
   *
   * @param file to be read or made
   * @throws IOException that says so
   */
  public static void requireOfThisSystem(Path file) throws IOException {
    if (!file.getFileSystem().equals(FileSystems.getDefault())) {
      throw new IOException("it is of no file system of the machine; name a file that is");
    }
  }
}
