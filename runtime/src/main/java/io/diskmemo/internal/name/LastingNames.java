package io.diskmemo.internal.name;

import java.lang.reflect.Proxy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which classes have a name that stays the same between runs of a program, and between builds of it, so
 * that it can be in keys. Thread-safe.
 */
public final class LastingNames {
  private static final ClassValue<Optional<String>> LACKING = new ClassValue<>() {
    @Override
    protected Optional<String> computeValue(Class<?> type) {
      return Optional.ofNullable(lacking(type));
    }
  };

  private LastingNames() {}

  /**
   * What a class without such a name is.
   *
   * @param type of an object
   * @return for example {@code a lambda or method reference}; empty for a class with such a name
   */
  public static Optional<String> lackingIn(Class<?> type) {
    return LACKING.get(type);
  }

  private static @Nullable String lacking(Class<?> type) {
    if (type.isHidden()) {
      return "a lambda or method reference";
    }
    if (type.isAnonymousClass()) {
      return "an anonymous class";
    }
    if (type.isLocalClass()) {
      return "a class inside a method";
    }
    return Proxy.isProxyClass(type) ? "a proxy" : null;
  }

  /**
   * The name of what an object is. A constant of an enum with a body is named after the enum and
   * itself, because its class has a number for a name.
   *
   * @param object that is written into a key
   * @return the binary name of its class, or of its enum and the constant's
   * @throws IllegalArgumentException if it has none
   */
  public static String ofObject(Object object) {
    Class<?> type = object.getClass();
    return object instanceof Enum<?> constant && type != constant.getDeclaringClass()
        ? constant.getDeclaringClass().getName() + "." + constant.name()
        : of(type);
  }

  /**
   * The name of a class that has such a name.
   *
   * @param type of what is written into a key
   * @return the binary name
   * @throws IllegalArgumentException if it has none
   */
  public static String of(Class<?> type) {
    Optional<String> lacking = lackingIn(type);
    if (lacking.isPresent()) {
      throw new IllegalArgumentException("the class of an argument, or of its encoder, is "
          + lacking.get()
          + ", whose name may be that of another in the next run; make it a named class");
    }
    return type.getName();
  }
}
