package io.diskmemo.internal.resilience;

import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.KindStore;
import java.util.List;

/** A disk without space, on which a kind may hold what it need not. */
final class FullDisk {
  private FullDisk() {}

  /** Makes room, each step by itself: one that needs space itself must not keep the next from giving some back. */
  static void makeRoom(KindStore store) {
    for (Runnable step :
        List.<Runnable>of(store::removeHidden, store::expire, store::cull, store::sweep)) {
      try {
        step.run();
      } catch (DiskException e) {
        ConditionLog.LOG.debug("no room is made in this way", e);
      }
    }
  }
}
