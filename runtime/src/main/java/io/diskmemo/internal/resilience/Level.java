package io.diskmemo.internal.resilience;

/** How much of the disk can be used. */
public enum Level {
  /** All of it. */
  HEALTHY,
  /** What is there is read, and nothing is stored. */
  DEGRADED,
  /** Nothing; the kind works from memory. */
  UNHEALTHY
}
