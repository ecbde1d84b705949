package io.diskmemo.internal.disk;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
    try (TemporaryFile temporary = TemporaryFile.beside(file)) {
      OutputStream out = new BufferedOutputStream(temporary.newOutputStream(), BUFFER_BYTES);
      if (content.isWrittenTo(out)) {
        out.flush();
        temporary.force();
        Retries.BRIEF.run(() -> Files.move(temporary.path(), file));
      }
    }
  }
}
