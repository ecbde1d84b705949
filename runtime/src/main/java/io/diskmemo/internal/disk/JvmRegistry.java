package io.diskmemo.internal.disk;

import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Refuses a directory that another class loader of this JVM has open.
 *
 * <p>Each class loader has a copy of SQLite of its own, and POSIX locks belong to the process: when
 * one copy closes the database, it drops the locks of the other, and commits are lost. Only the
 * system properties are seen by all class loaders, so that is where the openings are noted: the name
 * of this class loader's copy, and how often it has the directory open.
 */
public final class JvmRegistry {
  private static final String PREFIX = "io.diskmemo.open:";
  private static final String THIS_COPY =
      Long.toHexString(ThreadLocalRandom.current().nextLong());

  private JvmRegistry() {}

  /**
   * Notes that the directory is open.
   *
   * @param directory that is open
   * @return for {@link #leave}
   * @throws DiskException if another class loader has it open
   */
  public static String enter(StoreDirectory directory) {
    String name = PREFIX + directory.identity();
    if (!isChanged(name, 1)) {
      throw new DiskException(
          "open the directory",
          false,
          directory.root()
              + " is open in this JVM through another class loader, whose copy of SQLite would"
              + " lose its locks; put DiskMemo on a class path that both share, or use another"
              + " directory");
    }
    return name;
  }

  /**
   * Notes that the directory is closed.
   *
   * @param entered what {@link #enter} returned
   */
  public static void leave(String entered) {
    isChanged(entered, -1);
  }

  private static boolean isChanged(String name, int by) {
    Properties properties = System.getProperties();
    synchronized (properties) {
      String[] entry = properties.getProperty(name, THIS_COPY + " 0").split(" ", 2);
      if (!entry[0].equals(THIS_COPY)) {
        return false;
      }
      int count = Integer.parseInt(entry[1]) + by;
      if (count == 0) {
        properties.remove(name);
      } else {
        properties.setProperty(name, THIS_COPY + " " + count);
      }
      return true;
    }
  }
}
