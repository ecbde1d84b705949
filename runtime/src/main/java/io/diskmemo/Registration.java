package io.diskmemo;

import io.diskmemo.internal.disk.JvmRegistry;
import io.diskmemo.internal.disk.StoreDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The note for other class loaders of this JVM that a directory is open. A directory that somebody
 * removed and made again is another one. Thread-safe.
 */
final class Registration {
  private final StoreDirectory directory;
  private @Nullable String identity; // guarded by this
  private @Nullable String entered; // guarded by this
  private boolean left; // guarded by this

  Registration(StoreDirectory directory) {
    this.directory = directory;
  }

  /**
   * Notes it, unless it is noted.
   *
   * @throws io.diskmemo.internal.disk.DiskException if another class loader has it open
   */
  synchronized void enter() {
    String present = directory.identity();
    if (!present.equals(identity) && !left) {
      String fresh = JvmRegistry.enter(directory);
      takeBack();
      entered = fresh;
      identity = present;
    }
  }

  /** For good: nobody would take back a note that is made later. */
  synchronized void leave() {
    left = true;
    takeBack();
  }

  private synchronized void takeBack() {
    if (entered != null) {
      JvmRegistry.leave(entered);
      entered = null;
      identity = null;
    }
  }
}
