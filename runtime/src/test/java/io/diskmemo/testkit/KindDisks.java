package io.diskmemo.testkit;

import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.resilience.BreakerSettings;
import io.diskmemo.internal.resilience.KindDisk;
import java.time.InstantSource;

/** Disks of one store, opened already, that nobody looks after. */
public final class KindDisks {
  private KindDisks() {}

  public static KindDisk of(KindStore store, InstantSource clock) {
    KindDisk disk = new KindDisk(
        () -> store, BreakerSettings.DEFAULT, Runnable::run, clock, System::nanoTime, () -> {});
    disk.require();
    return disk;
  }
}
