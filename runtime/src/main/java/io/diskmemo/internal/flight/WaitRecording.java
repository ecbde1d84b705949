package io.diskmemo.internal.flight;

import java.util.function.Supplier;

/** The flight recorder's part of a wait, where there is a flight recorder. */
interface WaitRecording {
  boolean IS_POSSIBLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  /** Begins to measure. */
  static WaitRecording begin() {
    return IS_POSSIBLE ? new WaitEvent() : (terms, holder, outcome) -> {};
  }

  /** Writes the event, if anybody records such. */
  void end(WaitTerms terms, Supplier<Holder> holder, String outcome);
}
