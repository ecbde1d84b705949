package io.diskmemo.internal.call;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether what a call's key was made of is still what it was. Between the call of an asynchronous
 * method, which takes the key, and the computation, which runs in another thread, the caller may fill
 * his buffer anew; the result is then one of other arguments.
 */
final class SameArguments {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private final CallKey key;
  private final Supplier<@Nullable CallKey> present;
  private final boolean mayChange;

  /**
   * Of one call.
   *
   * @param key that the call was given
   * @param present key of the same arguments and receiver, made anew
   * @param mayChange false if they are immutable, files aside
   */
  SameArguments(CallKey key, Supplier<@Nullable CallKey> present, boolean mayChange) {
    this.key = key;
    this.present = present;
    this.mayChange = mayChange;
  }

  /** Whether there is anything to ask. */
  boolean mayChange() {
    return mayChange;
  }

  /**
   * To be asked before and after the method is called, and when its value is encoded; never in a disk
   * thread that is at its work, because it runs code of the user, which may wait for further calls.
   */
  boolean areSame() {
    return !mayChange || areSameNow();
  }

  private boolean areSameNow() {
    try {
      return key.equals(present.get());
    } catch (RuntimeException | StackOverflowError | LinkageError e) { // of code of the user
      LOG.debug("nobody can tell whether arguments have changed", e);
      return false;
    }
  }
}
