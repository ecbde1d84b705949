package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code leases} of a directory: words that all processes of the machine have mapped, and
 * numbers by which they know each other. Thread-safe.
 *
 * <p>The file is written whole when it is made, so that a full disk cannot turn a later write into a
 * signal. Its first word holds a magic and the format; the others are in the machine's byte order and
 * mean what their users say.
 *
 * <p>A process has a number while it holds a lock on a byte far behind the end of the file. The system
 * gives the lock back when the process ends, however it does, so that anybody can see whether there is
 * still somebody behind a number. Such locks belong to the process, and closing any channel to the file
 * gives them back; so a process opens the file once, and never by another way.
 */
public final class LeaseFile implements SharedWords, AutoCloseable {
  /** Words that there are, the first of which is taken. */
  public static final int WORDS = 12 * 1024;

  static final String NAME = "leases";

  private static final long MAGIC = 0x4449_534B_4C53_4501L; // "DISKLSE", format 1
  private static final int FILE_BYTES = WORDS * Long.BYTES;
  private static final long NUMBERS_OFFSET = 1L << 40;

  private final Path file;
  private final FileChannel channel;
  private final MappedByteBuffer memory;
  private final @Nullable Object fileKey;
  private final Map<Integer, FileLock> numbers = new HashMap<>(); // guarded by this
  private volatile boolean cutShort;

  private LeaseFile(
      Path file, FileChannel channel, MappedByteBuffer memory, @Nullable Object fileKey) {
    this.file = file;
    this.channel = channel;
    this.memory = memory;
    this.fileKey = fileKey;
  }

  /**
   * Maps the file, and makes it if it is missing or damaged.
   *
   * @param directory that it belongs to
   * @return the file
   * @throws DiskException if it cannot be made, or a newer release made it
   */
  public static LeaseFile open(StoreDirectory directory) {
    makeIfMissing(directory);
    Path file = directory.root().resolve(NAME);
    try {
      LeaseFile present = mapped(file);
      if (present != null) {
        return present;
      }
      Platform.writeAtomically(file, content()); // those who have the old one mapped will notice
      LeaseFile mended = mapped(file);
      if (mended != null) {
        return mended;
      }
      throw new DiskException("open " + file, true, file + " is damaged again and again");
    } catch (IOException e) {
      throw new DiskException("open " + file, e);
    }
  }

  /**
   * Makes the file if it is missing, which waits for the disk.
   *
   * @param directory that it belongs to
   * @throws DiskException if it cannot be made
   */
  public static void makeIfMissing(StoreDirectory directory) {
    Path file = directory.root().resolve(NAME);
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        Platform.createAtomically(file, content());
      }
    } catch (IOException e) {
      throw new DiskException("open " + file, e);
    }
  }

  /**
   * What {@link #key} would be of the file that there is.
   *
   * @param directory that it belongs to
   * @return null if there is none, or nobody can tell
   */
  public static @Nullable Object presentKey(StoreDirectory directory) {
    try {
      return fileKeyOf(directory.root().resolve(NAME));
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Tells this file from every other that is open, whatever their names.
   *
   * @return equal for the same file, where the system can tell
   */
  public Object key() {
    return fileKey == null ? this : fileKey;
  }

  private static byte[] content() {
    return ByteBuffer.allocate(FILE_BYTES)
        .order(ByteOrder.nativeOrder())
        .putLong(0, MAGIC)
        .array();
  }

  /** Null if the file is damaged. */
  private static @Nullable LeaseFile mapped(Path file) throws IOException {
    Object fileKey = fileKeyOf(file);
    FileChannel channel = FileChannel.open(
        file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    LeaseFile opened = null;
    try {
      if (isWhole(file, channel)) {
        MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES);
        memory.order(ByteOrder.nativeOrder());
        opened = new LeaseFile(file, channel, memory, fileKey);
      }
      return opened;
    } finally {
      if (opened == null) {
        channel.close();
      }
    }
  }

  private static boolean isWhole(Path file, FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    channel.read(start, 0);
    long magic = start.getLong(0);
    if (magic > MAGIC && magic >>> Byte.SIZE == MAGIC >>> Byte.SIZE) {
      throw new DiskException(
          "open " + file,
          false,
          file + " was made by a newer release; use that, or another directory");
    }
    return magic == MAGIC && channel.size() == FILE_BYTES;
  }

  /** Tells one file of the same name from the next, where the system can; null if there is none. */
  private static @Nullable Object fileKeyOf(Path file) throws IOException {
    BasicFileAttributes attributes = attributesOf(file);
    return attributes == null ? null : attributes.fileKey();
  }

  private static @Nullable BasicFileAttributes attributesOf(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Whether somebody removed the file, put another in its place or cut it short, so that this one is
   * shared with nobody who comes later. Costs a look at the file system. Once it is cut short its words
   * are 0 and cannot be written any more, because to touch them may end the process.
   *
   * @return false also where nobody can tell
   */
  public boolean isReplaced() {
    try {
      BasicFileAttributes present = attributesOf(file);
      if (fileKey == null || present == null || !fileKey.equals(present.fileKey())) {
        return fileKey != null;
      }
      if (present.size() < FILE_BYTES) {
        cutShort = true;
      }
      return cutShort;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public long get(int index) {
    try {
      return cutShort ? 0 : MappedLongs.get(memory, index * Long.BYTES);
    } catch (InternalError e) {
      cutShort = true;
      return 0;
    }
  }

  @Override
  public void set(int index, long value) {
    try {
      if (!cutShort) {
        MappedLongs.set(memory, index * Long.BYTES, value);
      }
    } catch (InternalError e) {
      cutShort = true;
    }
  }

  @Override
  public boolean compareAndSet(int index, long expected, long value) {
    try {
      return !cutShort && MappedLongs.compareAndSet(memory, index * Long.BYTES, expected, value);
    } catch (InternalError e) {
      cutShort = true;
      return false;
    }
  }

  /**
   * Takes a number that no living process has. It is given back when the file is closed or the process
   * ends. Processes look for one from different places on, so that the number of a dead one is not had
   * by the next at once, and his leases do not look like those of somebody who lives.
   *
   * @param most highest number
   * @return from 1
   * @throws DiskException if all are taken, or the system has no locks
   */
  public int takeNumber(int most) {
    try {
      long first = ProcessHandle.current().pid();
      for (int i = 0; i < most; i++) {
        int number = Math.floorMod(first + i, most) + 1;
        if (isTaken(number)) {
          return number;
        }
      }
      throw new DiskException(
          "lock " + file, true, "more than " + most + " processes have " + file + " open");
    } catch (IOException e) {
      throw new DiskException("lock " + file, e);
    }
  }

  private synchronized boolean isTaken(int number) throws IOException {
    FileLock lock = lock(number);
    if (lock != null) {
      numbers.put(number, lock);
    }
    return lock != null;
  }

  /**
   * Gives a number back before the file is closed.
   *
   * @param number that was taken here
   * @throws DiskException if the system says so
   */
  public synchronized void giveBack(int number) {
    FileLock lock = numbers.remove(number);
    try {
      if (lock != null) {
        lock.release();
      }
    } catch (IOException e) {
      throw new DiskException("unlock " + file, e);
    }
  }

  private synchronized @Nullable FileLock lock(int number) throws IOException {
    try {
      return channel.tryLock(NUMBERS_OFFSET + number, 1, false);
    } catch (OverlappingFileLockException e) {
      return null; // this process has it
    }
  }

  /**
   * Whether no living process has a number.
   *
   * @param number from 1
   * @return false also if it cannot be found out
   */
  public synchronized boolean isFree(int number) {
    try (FileLock lock = lock(number)) {
      return lock != null;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * How people know this machine or container.
   *
   * @return its name, or nothing
   */
  public static String hostName() {
    return Platform.hostName();
  }

  /** Gives the numbers back. The words can still be read and written. */
  @Override
  public synchronized void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new DiskException("close " + file, e);
    }
  }
}
