package io.diskmemo.codec;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An open file that blobs read. Thread-safe.
 *
 * <p>Not a channel, which closes for all threads when one of them is interrupted while it reads. On
 * Windows nobody can delete the file while it is open; a sweep does later.
 *
 * <p>A process has at most {@value #MOST_OPEN} of them, so that blobs that nobody closes cannot use up
 * its file descriptors. At the limit the garbage collector is asked for those that are not reachable.
 */
final class BlobFile implements Closeable {
  /** Below what systems allow a process by default, which is 1024 at least. */
  static final int MOST_OPEN = 500;

  private static final int PATIENCE = 50;
  private static final long PAUSE_MILLIS = 10;
  private static final AtomicInteger OPEN = new AtomicInteger();

  private final RandomAccessFile file; // guarded by this
  private final @Nullable Path deletedAtClose;

  private BlobFile(RandomAccessFile file, @Nullable Path deletedAtClose) {
    this.file = file;
    this.deletedAtClose = deletedAtClose;
  }

  /** Opens a file of the default file system to read it. */
  static BlobFile open(Path path) throws IOException {
    return open(path, "r", null);
  }

  /** Makes a temporary file, which is deleted at once, or else when it is closed. */
  static BlobFile temporary() throws IOException {
    Path path = Files.createTempFile("diskmemo", ".blob");
    BlobFile opened = null;
    try {
      opened = open(path, "rw", path);
      return opened;
    } finally {
      deleteIfPossible(path);
    }
  }

  private static BlobFile open(Path path, String mode, @Nullable Path deletedAtClose)
      throws IOException {
    reserve();
    BlobFile opened = null;
    try {
      opened = new BlobFile(new RandomAccessFile(path.toFile(), mode), deletedAtClose);
      return opened;
    } finally {
      if (opened == null) {
        OPEN.decrementAndGet();
      }
    }
  }

  /** At the limit it waits a moment for the garbage collector, as the JDK does for direct memory. */
  private static void reserve() throws IOException {
    boolean interrupted = false;
    try {
      for (int i = 0; !isReserved(); i++) {
        if (i == PATIENCE) {
          throw new IOException("there are " + MOST_OPEN
              + " blobs with an open file, which is the most that a process may have;"
              + " keep fewer of them, or copy what they hold");
        }
        if (i == 0) {
          System.gc();
        }
        interrupted |= isInterruptedIn(PAUSE_MILLIS);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean isReserved() {
    boolean reserved = OPEN.incrementAndGet() <= MOST_OPEN;
    if (!reserved) {
      OPEN.decrementAndGet();
    }
    return reserved;
  }

  private static boolean isInterruptedIn(long millis) {
    try {
      Thread.sleep(millis);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  private static void deleteIfPossible(Path path) throws IOException {
    try {
      Files.deleteIfExists(path);
    } catch (FileSystemException e) {
      if (!Files.exists(path)) {
        throw e;
      } // else the system keeps what is open
    }
  }

  synchronized long sizeBytes() throws IOException {
    return file.length();
  }

  /** Writes at the end of what was written. To close it closes nothing, as the file is still read. */
  OutputStream newOutputStream() throws IOException {
    return new FileOutputStream(file.getFD()) {
      @Override
      public void close() {}
    };
  }

  /** Reads some bytes; -1 at the end of the file. */
  synchronized int read(long position, byte[] bytes, int offset, int length) throws IOException {
    file.seek(position);
    return file.read(bytes, offset, length);
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      file.close();
    } finally {
      OPEN.decrementAndGet();
      if (deletedAtClose != null) {
        Files.deleteIfExists(deletedAtClose);
      }
    }
  }
}
