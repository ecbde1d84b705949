package io.diskmemo;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** How maintenance is done. */
record MaintenanceOptions(
    boolean dryRun,
    Consumer<Progress> listener,
    BooleanSupplier cancelled,
    Duration unusedFor,
    int keptBackups) {
  static final MaintenanceOptions DEFAULTS =
      new MaintenanceOptions(false, progress -> {}, () -> false, Duration.ofDays(30), 2);

  MaintenanceOptions dry() {
    return new MaintenanceOptions(true, listener, cancelled, unusedFor, keptBackups);
  }

  MaintenanceOptions telling(Consumer<Progress> newListener) {
    return new MaintenanceOptions(dryRun, newListener, cancelled, unusedFor, keptBackups);
  }

  MaintenanceOptions until(BooleanSupplier newCancelled) {
    return new MaintenanceOptions(dryRun, listener, newCancelled, unusedFor, keptBackups);
  }

  MaintenanceOptions unusedFor(Duration newUnusedFor) {
    return new MaintenanceOptions(dryRun, listener, cancelled, newUnusedFor, keptBackups);
  }

  MaintenanceOptions keeping(int newKeptBackups) {
    return new MaintenanceOptions(dryRun, listener, cancelled, unusedFor, newKeptBackups);
  }
}
