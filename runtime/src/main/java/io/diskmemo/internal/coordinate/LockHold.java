package io.diskmemo.internal.coordinate;

import io.diskmemo.internal.flight.Exclusion.Granted;

/** A lock of one thread, once for each time that it took it. */
final class LockHold extends Hold {
  private final Name name;
  private final InProcess shared;
  private final Granted granted;

  LockHold(Name name, InProcess shared, Granted granted) {
    super(granted);
    this.name = name;
    this.shared = shared;
    this.granted = granted;
  }

  @Override
  void checkEnd() {
    if (shared.isOf(granted) && !shared.turn().isOwn()) {
      throw new IllegalStateException("the " + name.type() + " " + name.text()
          + " is closed by a thread that did not take it; close it where it was taken");
    }
  }

  @Override
  void end(Granted lease) {
    shared.end(lease, name);
  }
}
