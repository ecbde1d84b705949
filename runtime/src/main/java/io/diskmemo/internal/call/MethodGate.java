package io.diskmemo.internal.call;

import io.diskmemo.generated.Action;
import io.diskmemo.generated.Computation;
import io.diskmemo.generated.Gate;
import io.diskmemo.internal.coordinate.Crossing;
import org.jspecify.annotations.Nullable;

/** The gate of a method: what it waits for, and how what is thrown gets through. Thread-safe. */
public final class MethodGate implements Gate {
  private final Crossing crossing;
  private final boolean isInterruptible;

  /**
   * A gate.
   *
   * @param crossing that calls wait at
   * @param isInterruptible whether an interrupt ends the wait
   */
  public MethodGate(Crossing crossing, boolean isInterruptible) {
    this.crossing = crossing;
    this.isInterruptible = isInterruptible;
  }

  @Override
  public <R extends @Nullable Object> R call(Computation<? extends R> body) {
    try {
      Crossing.Passage passage = enter();
      try {
        return body.compute();
      } finally {
        passage.close();
      }
    } catch (Throwable e) {
      throw Rethrown.unchanged(e);
    }
  }

  @Override
  public void run(Action body) {
    this.<@Nullable Object>call(() -> {
      body.run();
      return null;
    });
  }

  private Crossing.Passage enter() throws InterruptedException {
    long began = System.nanoTime();
    try {
      return isInterruptible ? crossing.enter() : crossing.enterUninterruptibly();
    } finally {
      GateWaits.add(System.nanoTime() - began);
    }
  }
}
