package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.StoreHealth;
import io.diskmemo.multiprocess.Patience;

/** What the statistics say of a kind's disk. */
final class Health {
  private Health() {}

  static StoreHealth of(DiskMemo memo, String kind) {
    return memo.kind(kind).stats().health();
  }

  static void await(DiskMemo memo, String kind, StoreHealth.State state) {
    Patience.until(kind + " is " + state, () -> of(memo, kind).state() == state);
  }

  static void require(DiskMemo memo, String kind, StoreHealth.State state) {
    assertThat(of(memo, kind).state()).isEqualTo(state);
  }
}
