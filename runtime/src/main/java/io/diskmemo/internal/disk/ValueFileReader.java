package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads value files, and finds out whether they are what they should be. Thread-safe. */
final class ValueFileReader {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final int BUFFER_BYTES = 256 * 1024;

  private final ValueFiles files;

  ValueFileReader(ValueFiles files) {
    this.files = files;
  }

  /** What a file says of its entry; empty if it is damaged, or cannot be read. */
  Optional<ValueFile> headerOf(String name) throws IOException {
    return Platform.uninterrupted(() -> {
      Path file = files.path(name);
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
        return header(channel);
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    });
  }

  /** A value file whose header is sound. */
  record Opened(FileChannel channel, long offset, long sizeBytes, boolean isSealed) {
    Opened sealed(boolean sealed) {
      return new Opened(channel, offset, sizeBytes, sealed);
    }
  }

  /**
   * Opens a value whose checksum holds.
   *
   * @param name from the row
   * @param mostBytes that the row says it has
   * @param begin makes a checksum that takes the bytes
   * @param checksum that it must have then
   * @return null if the file is missing or is not what it should be
   */
  @Nullable
  Opened open(String name, long mostBytes, Supplier<EntryChecksum> begin, long checksum) {
    try {
      return Platform.uninterrupted(() -> {
        Opened value = open(name, mostBytes);
        boolean sound = false;
        try {
          EntryChecksum sum = begin.get();
          sound = value != null && isRead(value, sum) && sum.holds(checksum);
          return value != null && sound ? value.sealed(sum.isSealed(checksum)) : null;
        } finally {
          if (!sound && value != null) {
            close(value.channel());
          }
        }
      });
    } catch (IOException e) {
      throw new DiskException("read a value file", e);
    }
  }

  /** Where in its file a value is. */
  record Place(long offset, long sizeBytes, boolean isSealed) {}

  /** As {@link #open}, and closes the file; empty where that is null. */
  Optional<Place> find(String name, long mostBytes, Supplier<EntryChecksum> begin, long checksum) {
    Opened opened = open(name, mostBytes, begin, checksum);
    if (opened == null) {
      return Optional.empty();
    }
    close(opened.channel());
    return Optional.of(new Place(opened.offset(), opened.sizeBytes(), opened.isSealed()));
  }

  /** Adds the bytes of a value to a checksum; empty if the file is missing or not what it should be. */
  Optional<EntryChecksum> checksum(String name, long mostBytes, Supplier<EntryChecksum> begin) {
    try {
      return Platform.uninterrupted(() -> {
        Opened value = open(name, mostBytes);
        if (value == null) {
          return Optional.empty();
        }
        EntryChecksum sum = begin.get();
        try {
          return isRead(value, sum) ? Optional.of(sum) : Optional.empty();
        } finally {
          close(value.channel());
        }
      });
    } catch (IOException e) {
      throw new DiskException("read a value file", e);
    }
  }

  /** False if the file ends before the value does. */
  private static boolean isRead(Opened value, EntryChecksum sum) throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, value.sizeBytes() + 1)];
    long position = value.offset();
    long end = position + value.sizeBytes();
    while (position < end) {
      int length = value.channel().read(ByteBuffer.wrap(buffer), position);
      if (length < 0) {
        return false;
      }
      sum.add(buffer, length);
      position += length;
      ReadProgress.note();
    }
    return true;
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("a value file cannot be closed", e);
    }
  }

  /** Opens a value, at its first byte. */
  private @Nullable Opened open(String name, long mostBytes) throws IOException {
    if (!files.isName(name)) {
      return null;
    }
    Path file = files.path(name);
    if (!files.isOwnFolder(file.getParent())
        || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null; // a directory would fail in a way of its own, and a pipe never end
    }
    FileChannel channel = null;
    Opened opened = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      Optional<ValueFile> header = header(channel);
      long length = header.map(ValueFile::valueBytes).orElse(-1L);
      long offset = channel.position();
      if (length >= 0 && length <= mostBytes && channel.size() - offset == length) {
        opened = new Opened(channel, offset, length, false);
      }
      return opened;
    } catch (NoSuchFileException e) {
      return null;
    } finally {
      if (opened == null && channel != null) {
        close(channel);
      }
    }
  }

  /**
   * Reads a value.
   *
   * @param name from the row
   * @param mostBytes that the row says it has
   * @return null if the file is missing or is not what it should be
   */
  byte @Nullable [] read(String name, long mostBytes) {
    try {
      return Platform.uninterrupted(
          () -> bytesOf(name, Math.min(mostBytes, ValueFiles.MOST_BYTES_IN_MEMORY)));
    } catch (IOException e) {
      throw new DiskException("read a value file", e);
    }
  }

  private byte @Nullable [] bytesOf(String name, long mostBytes) throws IOException {
    Opened value = open(name, mostBytes);
    if (value == null) {
      return null;
    }
    try (FileChannel channel = value.channel()) {
      byte[] bytes = bytes(channel, (int) value.sizeBytes());
      return bytes.length < value.sizeBytes() ? null : bytes;
    }
  }

  private static Optional<ValueFile> header(FileChannel channel) throws IOException {
    byte[] prefix = bytes(channel, ValueFile.PREFIX_BYTES);
    Optional<Integer> length = ValueFile.lengthIn(ByteBuffer.wrap(prefix));
    if (length.isEmpty() || length.get() > channel.size()) {
      return Optional.empty();
    }
    channel.position(0);
    return ValueFile.of(bytes(channel, length.get()));
  }

  /** So many bytes, or as many as there are. */
  private static byte[] bytes(FileChannel channel, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    int read = 0;
    while (read >= 0 && buffer.position() < length) {
      buffer.limit(Math.min(length, buffer.position() + ReadProgress.PIECE_BYTES));
      read = channel.read(buffer);
      ReadProgress.note();
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
