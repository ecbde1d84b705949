package io.diskmemo.internal.flight;

import io.diskmemo.internal.disk.JvmRegistry;
import io.diskmemo.internal.disk.LeaseFile;
import io.diskmemo.internal.disk.StoreDirectory;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A use of a lease file that this process has open, once for all of them: to close one of several
 * channels would give back the numbers of the others. Thread-safe.
 */
final class OpenLeaseFile implements AutoCloseable {
  private static final Map<Object, OpenLeaseFile.Shared> OPEN =
      new HashMap<>(); // guarded by itself

  private final Shared shared;
  private final String entered;
  private int number; // guarded by OPEN; 0 if it has none, or is closed
  private boolean closed; // guarded by OPEN

  private OpenLeaseFile(Shared shared, String entered) {
    this.shared = shared;
    this.entered = entered;
  }

  /** A file, and how many use it. */
  private static final class Shared {
    private final LeaseFile file;
    private int users; // guarded by OPEN

    Shared(LeaseFile file) {
      this.file = file;
    }
  }

  /**
   * Opens the file, unless somebody of this process has; and makes it if it is missing or damaged.
   *
   * @throws io.diskmemo.internal.disk.DiskException if it cannot be made, or a newer release made it, or
   *     another class loader has the directory open
   */
  static OpenLeaseFile of(StoreDirectory directory) {
    String entered = JvmRegistry.enter(directory);
    OpenLeaseFile opened = null;
    try {
      opened = opened(directory, entered);
      return opened;
    } finally {
      if (opened == null) {
        JvmRegistry.leave(entered);
      }
    }
  }

  private static OpenLeaseFile opened(StoreDirectory directory, String entered) {
    LeaseFile.makeIfMissing(directory); // other directories need not wait until the disk has it
    synchronized (OPEN) {
      Shared shared = present(directory);
      if (shared == null) {
        shared = new Shared(LeaseFile.open(directory));
        OPEN.put(shared.file.key(), shared);
      }
      shared.users++;
      return new OpenLeaseFile(shared, entered);
    }
  }

  private static @Nullable Shared present(StoreDirectory directory) {
    Object key = LeaseFile.presentKey(directory);
    Shared shared = key == null ? null : OPEN.get(key);
    return shared == null || shared.file.isReplaced() ? null : shared;
  }

  LeaseFile file() {
    return shared.file;
  }

  /** As {@link LeaseFile#takeNumber}, to be given back when this is closed. */
  int takeNumber() {
    int taken = shared.file.takeNumber(SlotTable.MOST_OWNERS);
    synchronized (OPEN) {
      number = taken;
    }
    return taken;
  }

  /** Waits until whoever opens it has; the last who closes it gives back all that is left. */
  @Override
  public void close() {
    synchronized (OPEN) {
      if (closed) {
        return;
      }
      closed = true;
      try {
        giveBack();
      } finally {
        JvmRegistry.leave(entered);
      }
    }
  }

  private void giveBack() {
    if (--shared.users == 0) {
      OPEN.values().remove(shared);
      shared.file.close();
    } else if (number != 0) {
      shared.file.giveBack(number);
    }
  }
}
