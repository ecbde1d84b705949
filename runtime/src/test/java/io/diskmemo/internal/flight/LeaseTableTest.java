package io.diskmemo.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.internal.disk.MappedWrites;
import io.diskmemo.internal.disk.SharedWords;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Two processes, as two tables over the same words. */
class LeaseTableTest {
  private static final long TTL = 5000;

  private final Words words = new Words();
  private final Set<Integer> dead = new HashSet<>();
  private final LeaseTable one = new LeaseTable(words, 1, dead::contains, MappedWrites.toMemory());
  private final LeaseTable two = new LeaseTable(words, 2, dead::contains, MappedWrites.toMemory());
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

  /** It was renewed for as long as the process lived, and nobody else could compute the key. */
  @Test
  void leaseWhoseCloseMeetsTheEndOfTheStackIsOver() {
    AtomicBoolean isAtTheEnd = new AtomicBoolean();
    AtomicLong now = new AtomicLong();
    Runnable question = () -> {
      if (isAtTheEnd.get()) {
        throw new StackOverflowError();
      }
    };
    MappedWrites writes = new MappedWrites(question, 1, () -> now.addAndGet(1_000_000));
    LeaseTable table = new LeaseTable(words, 3, dead::contains, writes);
    Lease lease = taken(table, key);
    isAtTheEnd.set(true);
    assertThatThrownBy(lease::close).isInstanceOf(StackOverflowError.class);

    assertThat(lease.isHeld()).isFalse();
    table.renewAll();
    assertThat(table.held()).isEmpty();
    assertThat(taken(two, key).isHeld()).isTrue();
  }

  @Test
  void keysWithTheSameHomeHaveSlotsOfTheirOwn() {
    for (int tag = 1; tag <= SlotTable.PROBES; tag++) {
      assertThat(taken(one, new SlotKey(SlotTable.SLOTS - 1, tag)).isHeld()).isTrue();
    }
    assertThat(take(two, new SlotKey(SlotTable.SLOTS - 1, 99))).isInstanceOf(LeaseTable.None.class);
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
    LeaseTable reborn = new LeaseTable(words, 1, dead::contains, MappedWrites.toMemory());

    assertThat(taken(reborn, key).isHeld()).isTrue();
  }

  @Test
  void slotsOfTheDeadAreFreeForOtherKeys() {
    for (int tag = 1; tag <= SlotTable.PROBES; tag++) {
      taken(one, new SlotKey(7, tag));
    }
    assertThat(take(two, new SlotKey(7, 99))).isInstanceOf(LeaseTable.None.class);
    dead.add(1);

    assertThat(taken(two, new SlotKey(7, 99)).isHeld()).isTrue();
  }

  @Test
  void slotsOfAPredecessorUnderTheSameNumberAreFreeFromTheBeginning() {
    Lease lost = taken(one, key);
    Lease others = taken(two, new SlotKey(9, 1));
    LeaseTable reborn = new LeaseTable(words, 1, dead::contains, MappedWrites.toMemory());

    assertThat(reborn.slots().word(lost.slot())).isZero();
    assertThat(others.isHeld()).isTrue();
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
    b.waitsFor(c.slot());
    assertThat(slots.leadsTo(b.slot(), slot -> slot == a.slot())).isFalse();
    c.waitsFor(a.slot());

    assertThat(slots.leadsTo(b.slot(), slot -> slot == a.slot())).isTrue();
    c.close();
    assertThat(slots.leadsTo(b.slot(), slot -> slot == a.slot())).isFalse();
  }

  /** Its slot is another's by now, who waits for nobody. */
  @Test
  void leaseThatWasLostSaysNothingAnyMore() {
    Lease lost = taken(one, key);
    SlotTable slots = two.slots();
    slots.isFreed(lost.slot(), slots.word(lost.slot()));
    Lease next = taken(two, key);
    lost.waitsFor(100);
    assertThat(next.slot()).isEqualTo(lost.slot());
    assertThat(slots.waitedForBy(next.slot())).isEqualTo(SlotTable.NONE);
    next.waitsFor(200);
    lost.waitsForNobody(true);

    assertThat(slots.waitedForBy(next.slot())).isEqualTo(200);
  }

  @Test
  void leaseThatWasLostHasNoThread() {
    Lease lost = taken(one, key);
    assertThat(one.computing(lost.slot())).isEqualTo(Thread.currentThread());
    two.slots().isFreed(lost.slot(), two.slots().word(lost.slot()));
    taken(two, key);

    assertThat(one.computing(lost.slot())).isNull();
    assertThat(one.held()).hasSize(1);
    one.renewAll();
    assertThat(one.held()).isEmpty();
  }

  /** Another takes the claim away, and gives the slot to his own, before the first has described it. */
  @Test
  void processThatPausesAfterItsClaimDoesNotDescribeTheNextLease() {
    AtomicReference<Lease> next = new AtomicReference<>();
    SharedWords pausing = new SharedWords() {
      private boolean paused;

      @Override
      public long get(int index) {
        return words.get(index);
      }

      @Override
      public void set(int index, long value) {
        pause(index);
        words.set(index, value);
      }

      @Override
      public boolean compareAndSet(int index, long expected, long value) {
        pause(index);
        return words.compareAndSet(index, expected, value);
      }

      private void pause(int index) {
        boolean describes = (index - SlotTable.FIRST_WORD) % SlotTable.WORDS_PER_SLOT != 0;
        if (describes && !paused) {
          paused = true;
          SlotTable slots = two.slots();
          slots.isFreed(key.home(), slots.word(key.home()));
          next.set(taken(two, new SlotKey(key.home(), 77)));
          next.get().waitsFor(200);
        }
      }
    };
    LeaseTable slow = new LeaseTable(pausing, 3, dead::contains, MappedWrites.toMemory());
    Lease late = ((LeaseTable.Taken) slow.take(key, 9 * TTL, 9, null)).lease();

    assertThat(late.slot()).isNotEqualTo(next.get().slot());
    assertThat(next.get().slot()).isEqualTo(key.home());
    assertThat(two.slots().sinceMillis(key.home())).isEqualTo(1);
    assertThat(two.slots().timeToLiveMillis(key.home())).isEqualTo(TTL);
    assertThat(two.slots().waitedForBy(key.home())).isEqualTo(200);
    assertThat(two.slots().sinceMillis(late.slot())).isEqualTo(9);
    assertThat(two.slots().timeToLiveMillis(late.slot())).isEqualTo(9 * TTL);
  }

  @Test
  void circleWithoutUsIsFollowedToAnEnd() {
    Lease b = taken(two, new SlotKey(100, 5));
    Lease c = taken(two, new SlotKey(200, 6));
    b.waitsFor(c.slot());
    c.waitsFor(b.slot());

    assertThat(one.slots().leadsTo(b.slot(), slot -> slot == 7)).isFalse();
  }

  @Test
  void whatCannotBeGivenBackIsByTheNextRenewal() throws Exception {
    try (StallingDisk disk = new StallingDisk()) {
      LeaseTable three = new LeaseTable(words, 3, dead::contains, disk.writes());
      Lease lease = taken(three, key);
      Future<Boolean> held = disk.stall();
      lease.close();
      assertThat(lease.isHeld()).isFalse();
      assertThat(take(two, key)).isInstanceOf(LeaseTable.Occupied.class);
      disk.answer(held);

      three.renewAll();
      assertThat(three.held()).isEmpty();
      assertThat(taken(two, key).isHeld()).isTrue();
    }
  }

  @Test
  void whatIsToBeGivenBackIsHadByTheNextOfTheSameProcess() throws Exception {
    try (StallingDisk disk = new StallingDisk()) {
      LeaseTable three = new LeaseTable(words, 3, dead::contains, disk.writes());
      Lease lease = taken(three, key);
      disk.answer(closeMeanwhile(disk, lease));

      Lease next = taken(three, key);
      three.renewAll();
      assertThat(next.isHeld()).isTrue();
      assertThat(lease.isHeld()).isFalse();
    }
  }

  private static Future<Boolean> closeMeanwhile(StallingDisk disk, Lease lease) throws Exception {
    Future<Boolean> held = disk.stall();
    lease.close();
    return held;
  }

  @Test
  void whatASlotSaysOfAWaitThatIsOverIsTakenBackByTheNextRenewal() {
    Lease lease = taken(one, key);
    lease.waitsFor(9);
    lease.waitsForNobody(false);
    assertThat(one.slots().waitedForBy(lease.slot())).isEqualTo(9);
    lease.renew();
    assertThat(one.slots().waitedForBy(lease.slot())).isEqualTo(SlotTable.NONE);

    lease.waitsFor(9);
    lease.renew();
    assertThat(one.slots().waitedForBy(lease.slot())).isEqualTo(9);
    lease.waitsForNobody(true);
    assertThat(one.slots().waitedForBy(lease.slot())).isEqualTo(SlotTable.NONE);
  }
}
