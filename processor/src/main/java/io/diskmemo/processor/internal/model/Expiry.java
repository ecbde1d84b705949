package io.diskmemo.processor.internal.model;

import java.time.Duration;

/** How long results may be returned. */
public sealed interface Expiry {

  /** As long as the profile of the kind says. */
  record OfKind() implements Expiry {}

  /** For ever. */
  record Never() implements Expiry {}

  /**
   * For a time.
   *
   * @param timeToLive positive
   */
  record After(Duration timeToLive) implements Expiry {}
}
