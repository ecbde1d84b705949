package io.diskmemo.generated;

import java.lang.reflect.Proxy;

/** The delegates that wrappers of interfaces stand before. */
public final class Delegates {
  private Delegates() {}

  /**
   * The name by which keys tell one implementation from another. It must be the same in every run of
   * the program, and belong to nothing else.
   *
   * @param delegate that a wrapper was given
   * @param type the interface that it implements
   * @return binary name of the delegate's class
   * @throws IllegalArgumentException if the class has no such name: a lambda, a method reference, an
   *     anonymous class or a proxy
   */
  public static String className(Object delegate, Class<?> type) {
    Class<?> implementation = delegate.getClass();
    if (implementation.isHidden()) {
      throw nameless("a lambda or method reference", type);
    }
    if (implementation.isAnonymousClass()) {
      throw nameless("an anonymous class", type);
    }
    if (implementation.isLocalClass()) {
      throw nameless("a class inside a method", type);
    }
    if (Proxy.isProxyClass(implementation)) {
      throw nameless("a proxy", type);
    }
    return implementation.getName();
  }

  private static IllegalArgumentException nameless(String what, Class<?> type) {
    return new IllegalArgumentException("the delegate is "
        + what
        + ", whose class has no name that stays the same between runs, so its results cannot be"
        + " found again; make it a named class that implements "
        + type.getName());
  }
}
