package io.diskmemo;

/** Which entries make room for new ones when a kind has reached its size limit. */
public enum EvictionPolicy {
  /** Those that were stored longest ago. */
  LEAST_RECENTLY_STORED,
  /** None: new results are returned and not stored until there is room. */
  NONE
}
