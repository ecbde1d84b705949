package io.diskmemo.internal.coordinate;

import io.diskmemo.internal.flight.Exclusion.Granted;

/** A permit of a semaphore, which any thread can give back. */
final class PermitHold extends Hold {
  PermitHold(Granted granted) {
    super(granted);
  }

  @Override
  void checkEnd() {}

  @Override
  void end(Granted lease) {
    lease.close();
  }
}
