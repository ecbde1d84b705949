package io.diskmemo.internal.flight;

/** What a flight brings back, for the thread that made it and for those that waited. */
public interface Answer {

  /** What a thread that waited may do with an answer. */
  enum Sharing {
    /** Take it. */
    FOR_ALL,
    /** Ask again: something was evicted since, perhaps this. */
    OUTDATED,
    /** Compute too, at once: two callers cannot share an answer like this. */
    PRIVATE
  }

  /**
   * What a thread that waited may do with it now.
   *
   * @return may change from {@code FOR_ALL} to {@code OUTDATED} with time
   */
  Sharing sharing();
}
