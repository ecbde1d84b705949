package io.diskmemo.internal.call;

import io.diskmemo.generated.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What threads want to have read together. Thread-safe; what one thread notes is its own. */
public final class Prefetches {
  @SuppressWarnings("ThreadLocalUsage") // belongs to one directory; removed when the work is done
  private final ThreadLocal<@Nullable Map<CachedMethod<?>, List<Arguments>>> wanted =
      new ThreadLocal<>();

  /** Nothing is wanted. */
  public Prefetches() {}

  /**
   * Reads together what is peeked at meanwhile.
   *
   * @param peeks looks for results by the companions of memoized methods
   * @return how many of them are in memory now
   */
  public int during(Runnable peeks) {
    if (wanted.get() != null) {
      throw new IllegalStateException("a prefetch is under way in this thread; end it first");
    }
    Map<CachedMethod<?>, List<Arguments>> calls = new LinkedHashMap<>();
    wanted.set(calls);
    try {
      peeks.run();
    } finally {
      wanted.remove();
    }
    return calls.entrySet().stream()
        .mapToInt(of -> of.getKey().prefetch(of.getValue()))
        .sum();
  }

  /** Notes that a call's result is wanted, if this thread is collecting. */
  boolean isNoted(CachedMethod<?> method, Arguments arguments) {
    Map<CachedMethod<?>, List<Arguments>> calls = wanted.get();
    if (calls != null) {
      calls.computeIfAbsent(method, one -> new ArrayList<>()).add(arguments);
    }
    return calls != null;
  }
}
