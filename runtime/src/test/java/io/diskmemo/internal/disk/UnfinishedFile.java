package io.diskmemo.internal.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A file that is being written. */
public final class UnfinishedFile implements Closeable {
  private final TemporaryFile file;

  private UnfinishedFile(TemporaryFile file) {
    this.file = file;
  }

  /** Beside the file that it will never become. */
  public static UnfinishedFile beside(Path target) throws IOException {
    TemporaryFile file = TemporaryFile.beside(target);
    file.write(new byte[10]);
    return new UnfinishedFile(file);
  }

  /** Where it is. */
  public Path path() {
    return file.path();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
