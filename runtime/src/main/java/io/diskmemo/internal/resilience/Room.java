package io.diskmemo.internal.resilience;

import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.KindStore;
import java.util.List;

/** Makes room on a disk that is full, as far as a kind holds what it need not. */
final class Room {
  private Room() {}

  /** Each step by itself: one that needs space itself must not keep the next from giving some back. */
  static void make(KindStore store) {
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
