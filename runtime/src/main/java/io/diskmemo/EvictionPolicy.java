package io.diskmemo;

import io.diskmemo.internal.disk.CullOrder;

/**
 * Which entries make room for new ones when a kind has reached its size limit. Expired ones go first
 * whatever the policy.
 *
 * <p>The policies that depend on reads learn of them late: each process notes its reads in memory and
 * writes them down with other writes, because a hit never writes. Those that count reads let them grow
 * old: a new entry begins at what the last entry was worth that made room.
 */
public enum EvictionPolicy {
  /** Those that were stored longest ago. */
  LEAST_RECENTLY_STORED(CullOrder.STORED),
  /** Those that were read longest ago; one that was never read counts as read when it was stored. */
  LEAST_RECENTLY_USED(CullOrder.ACCESSED),
  /** Those that were read least often. */
  LEAST_FREQUENTLY_USED(CullOrder.ACCESSES),
  /**
   * Those that save the least: the time that their computation took, times how often they were read,
   * for each byte that they take.
   */
  LEAST_COST_SAVED(CullOrder.COST),
  /** None: new results are returned and not stored until there is room. */
  NONE(CullOrder.NONE);

  private final CullOrder order;

  EvictionPolicy(CullOrder order) {
    this.order = order;
  }

  CullOrder order() {
    return order;
  }
}
