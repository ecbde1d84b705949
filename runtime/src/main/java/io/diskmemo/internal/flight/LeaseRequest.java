package io.diskmemo.internal.flight;

import io.diskmemo.key.Key;
import java.time.Duration;

/**
 * What somebody wants to compute.
 *
 * @param key of the result
 * @param timeToLive of the lease without renewal
 * @param terms of waiting for another who has it
 */
public record LeaseRequest(Key key, Duration timeToLive, WaitTerms terms) {
  SlotKey slotKey() {
    return SlotKey.of(terms.kind(), key);
  }
}
