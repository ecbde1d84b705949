package io.diskmemo.internal.flight;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which threads of this process have a turn under some name, and which stand in line for one. A thread
 * that has a turn must not wait for a computation whose thread stands in line behind it. Thread-safe.
 */
public final class Lines {
  private static final Map<Thread, Integer> INSIDE = new ConcurrentHashMap<>();
  private static final Map<Thread, Supplier<@Nullable Thread>> STANDING = new ConcurrentHashMap<>();

  private Lines() {}

  /**
   * Notes that a thread has a turn.
   *
   * @param thread that may have others
   */
  public static void entered(Thread thread) {
    INSIDE.merge(thread, 1, Integer::sum);
  }

  /**
   * Notes that a turn is over.
   *
   * @param thread that had it
   */
  public static void left(Thread thread) {
    INSIDE.computeIfPresent(thread, (key, turns) -> turns == 1 ? null : turns - 1);
  }

  /**
   * Notes that this thread stands in line.
   *
   * @param holder gives the thread that has the turn now, if there is one
   */
  public static void begin(Supplier<@Nullable Thread> holder) {
    STANDING.put(Thread.currentThread(), holder);
  }

  /** Notes that this thread stands in line no more. */
  public static void end() {
    STANDING.remove(Thread.currentThread());
  }

  static boolean isInside(Thread thread) {
    return INSIDE.containsKey(thread);
  }

  /**
   * Whether one thread stands, by whatever chain of computations and lines, behind another. To be asked
   * now and then while the other waits, because the one may come to its line only later.
   *
   * @param thread that somebody waits for, or null if it is none of this process
   */
  static boolean isBehind(@Nullable Thread thread, Thread other) {
    Set<Thread> seen = new HashSet<>();
    Thread next = thread;
    while (next != null && seen.add(next)) {
      Supplier<@Nullable Thread> line = STANDING.get(next);
      next = line == null ? WaitGraph.awaitedBy(next) : line.get();
      if (other.equals(next)) {
        return true;
      }
    }
    return false;
  }
}
