package io.diskmemo.internal.coordinate;

import io.diskmemo.internal.flight.Exclusion;
import java.util.Optional;

/** What waits for leases came to. */
final class Grants {
  private Grants() {}

  /** Empty if it was not granted in time; throws if it is not known who has it. */
  static Optional<Exclusion.Granted> of(Exclusion.Outcome outcome, String operation) {
    if (outcome instanceof Exclusion.Impossible impossible) {
      throw new CoordinationException(operation, impossible.reason(), impossible.isTransient());
    }
    return outcome instanceof Exclusion.Granted granted ? Optional.of(granted) : Optional.empty();
  }
}
