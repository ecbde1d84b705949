package io.diskmemo.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two processes, as two tables over the same words. */
class LeaseTableTest {
  private static final long TTL = 5000;

  private final Words words = new Words();
  private final Set<Integer> dead = new HashSet<>();
  private final LeaseTable one = new LeaseTable(words, 1, dead::contains);
  private final LeaseTable two = new LeaseTable(words, 2, dead::contains);
  private final SlotKey key = new SlotKey(7, 1234);

  private static LeaseTable.Taking take(LeaseTable table, SlotKey key) {
    return table.take(key, TTL, 1, Thread.currentThread());
  }

  private static Lease taken(LeaseTable table, SlotKey key) {
    return ((LeaseTable.Taken) take(table, key)).lease();
  }

  @Test
  void keyIsTakenOnceUntilItIsGivenBack() {
    Lease lease = taken(one, key);
    assertThat(take(two, key)).isInstanceOf(LeaseTable.Occupied.class);
    assertThat(take(one, key)).isInstanceOf(LeaseTable.Occupied.class);
    assertThat(lease.isHeld()).isTrue();
    lease.close();

    assertThat(lease.isHeld()).isFalse();
    assertThat(taken(two, key).isHeld()).isTrue();
  }

  @Test
  void keysWithTheSameHomeHaveSlotsOfTheirOwn() {
    for (int tag = 1; tag <= SlotTable.PROBES; tag++) {
      assertThat(taken(one, new SlotKey(SlotTable.SLOTS - 1, tag)).isHeld()).isTrue();
    }
    assertThat(take(two, new SlotKey(SlotTable.SLOTS - 1, 99))).isInstanceOf(LeaseTable.Full.class);
    assertThat(take(two, new SlotKey(SlotTable.SLOTS - 1, 3)))
        .isInstanceOf(LeaseTable.Occupied.class);
  }

  @Test
  void keyThatHadToGoToALaterSlotIsFoundThereWhenAnEarlierIsFree() {
    Lease inTheWay = taken(one, new SlotKey(7, 1));
    Lease behind = taken(one, key);
    inTheWay.close();

    assertThat(take(two, key)).isInstanceOf(LeaseTable.Occupied.class);
    assertThat(behind.isHeld()).isTrue();
  }

  @Test
  void leaseOfTheDeadIsTakenOver() {
    Lease lost = taken(one, key);
    dead.add(1);
    Lease successor = taken(two, key);

    assertThat(lost.isHeld()).isFalse();
    lost.renew();
    lost.close();
    assertThat(successor.isHeld()).isTrue();
    assertThat(lost.isHeld()).isFalse();
  }

  @Test
  void leaseOfAPredecessorUnderTheSameNumberIsTakenOver() {
    taken(one, key);
    LeaseTable reborn = new LeaseTable(words, 1, dead::contains);

    assertThat(taken(reborn, key).isHeld()).isTrue();
  }

  @Test
  void renewedLeaseIsHeldUnderAnotherWord() {
    Lease lease = taken(one, key);
    long before = one.slots().word(lease.slot());
    one.renewAll();

    assertThat(one.slots().word(lease.slot())).isNotEqualTo(before);
    assertThat(lease.isHeld()).isTrue();
  }

  /** The owner number 0 is nobody's, so that a file of nonsense delays nobody. */
  @Test
  void nonsenseIsTakenOver() {
    int slot = key.home();
    words.set(SlotTable.FIRST_WORD + slot * SlotTable.WORDS_PER_SLOT, (1234L << 32) | 5);

    assertThat(taken(one, key).isHeld()).isTrue();
  }

  @Test
  void circleOfWaitingIsFoundOverSlots() {
    Lease a = taken(one, key);
    Lease b = taken(two, new SlotKey(100, 5));
    Lease c = taken(two, new SlotKey(200, 6));
    SlotTable slots = one.slots();
    slots.waitsFor(b.slot(), c.slot());
    assertThat(slots.leadsTo(b.slot(), slot -> slot == a.slot())).isFalse();
    slots.waitsFor(c.slot(), a.slot());

    assertThat(slots.leadsTo(b.slot(), slot -> slot == a.slot())).isTrue();
    c.close();
    assertThat(slots.leadsTo(b.slot(), slot -> slot == a.slot())).isFalse();
  }

  @Test
  void circleWithoutUsIsFollowedToAnEnd() {
    Lease b = taken(two, new SlotKey(100, 5));
    Lease c = taken(two, new SlotKey(200, 6));
    two.slots().waitsFor(b.slot(), c.slot());
    two.slots().waitsFor(c.slot(), b.slot());

    assertThat(one.slots().leadsTo(b.slot(), slot -> slot == 7)).isFalse();
  }
}
