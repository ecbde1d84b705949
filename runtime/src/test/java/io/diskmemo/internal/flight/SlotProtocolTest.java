package io.diskmemo.internal.flight;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * The slots under many interleavings of single steps: whatever comes between, a key has one holder.
 * What an operation throws is what no order of whole operations could bring.
 */
public class SlotProtocolTest {
  private static final SlotKey KEY = new SlotKey(0, 1);
  private static final SlotKey IN_THE_WAY = new SlotKey(0, 2);

  private final SlotTable slots = new SlotTable(new Words());
  private final AtomicInteger nonces = new AtomicInteger();
  private final AtomicInteger inside = new AtomicInteger();

  /** Holds the key for a moment, if it is free. */
  @Operation
  public void hold() {
    if (take(KEY) instanceof SlotTable.Taken taken) {
      if (inside.incrementAndGet() != 1) {
        throw new IllegalStateException("two holders");
      }
      inside.decrementAndGet();
      if (!slots.isFreed(taken.slot(), taken.word())) {
        throw new IllegalStateException("a lease was taken away");
      }
    }
  }

  /** Takes the first slot of the key for another, so that the key goes to the second. */
  @Operation
  public void beInTheWay() {
    if (take(IN_THE_WAY) instanceof SlotTable.Taken taken
        && !slots.isFreed(taken.slot(), taken.word())) {
      throw new IllegalStateException("a lease was taken away");
    }
  }

  private SlotTable.Taking take(SlotKey key) {
    return slots.take(key, 1, nonces::incrementAndGet, 0, 0);
  }

  @Test
  void aKeyHasOneHolder() {
    new ModelCheckingOptions()
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(0)
        .iterations(Integer.getInteger("tests.lincheck", 5))
        .invocationsPerIteration(Integer.getInteger("tests.lincheck.invocations", 1000))
        .check(getClass());
  }
}
