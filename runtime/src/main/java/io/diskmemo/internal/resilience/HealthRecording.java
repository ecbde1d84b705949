package io.diskmemo.internal.resilience;

/** The flight recorder's part of a change, where there is a flight recorder. */
final class HealthRecording {
  private static final boolean IS_POSSIBLE =
      ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private HealthRecording() {}

  static void changed(String kind, Condition now) {
    if (IS_POSSIBLE) {
      HealthEvent.write(kind, now);
    }
  }
}
