package io.diskmemo.examples.census;

import java.util.Locale;
import java.util.Optional;

/** The runs of the demo, in order. Each is a JVM of its own over the same store. */
enum Stage {
  /** The store is empty. */
  COLD,
  /** Nothing has changed since. */
  WARM,
  /** One file has changed. */
  CHANGED,
  /** The entries of one library were evicted by its tag. */
  EVICTED;

  static Stage named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The stage that made the store what this one finds. */
  Optional<Stage> before() {
    return switch (this) {
      case COLD -> Optional.empty();
      case WARM -> Optional.of(COLD);
      case CHANGED -> Optional.of(WARM);
      case EVICTED -> Optional.of(CHANGED);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
