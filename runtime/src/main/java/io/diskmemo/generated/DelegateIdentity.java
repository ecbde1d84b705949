package io.diskmemo.generated;

import io.diskmemo.annotations.KeyIgnore;
import io.diskmemo.internal.name.LastingNames;
import io.diskmemo.key.KeyEncodable;
import io.diskmemo.key.KeyWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What tells one delegate of a wrapper from another in keys. It is the same in every run of the
 * program, and belongs to delegates with the same results only:
 *
 * <ul>
 *   <li>of an enum constant, its class, {@code #} and its name;
 *   <li>of a {@link KeyEncodable}, and of another wrapper, its class, {@code #} and a digest of what
 *       it writes, at each call;
 *   <li>of any other, its class.
 * </ul>
 *
 * <p>Where nothing else tells delegates of a class apart, the class must have no state: no instance
 * field, of superclasses neither, that is not annotated with {@link KeyIgnore}. Thread-safe.
 */
public final class DelegateIdentity {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private final String name;
  private final @Nullable KeyEncodable state;

  private DelegateIdentity(String name, @Nullable KeyEncodable state) {
    this.name = name;
    this.state = state;
  }

  /**
   * The identity of a delegate of an interface that has no method with {@code @KeyPart}.
   *
   * @param delegate that a wrapper was given
   * @param type the interface that it implements
   * @return the identity
   * @throws IllegalArgumentException if the class has no lasting name (a lambda, a method reference,
   *     an anonymous or local class, a proxy), has state that is in no key, or cannot write it
   */
  public static DelegateIdentity of(Object delegate, Class<?> type) {
    DelegateIdentity identity = ofToldApart(delegate, type);
    if (identity.state == null && !(delegate instanceof Enum)) {
      stateOf(delegate.getClass()).ifPresent(field -> {
        throw stateful(delegate.getClass(), field, type);
      });
    }
    return identity;
  }

  /**
   * The identity of a delegate of an interface whose methods with {@code @KeyPart} tell its state.
   *
   * @param delegate that a wrapper was given
   * @param type the interface that it implements
   * @return the identity
   * @throws IllegalArgumentException if the class has no lasting name, or cannot write its state
   */
  public static DelegateIdentity ofToldApart(Object delegate, Class<?> type) {
    if (delegate instanceof Enum<?> constant) {
      return new DelegateIdentity(
          constant.getDeclaringClass().getName() + "#" + constant.name(), null);
    }
    DelegateIdentity identity = new DelegateIdentity(className(delegate, type), stateOf(delegate));
    identity.requireText();
    return identity;
  }

  private static @Nullable KeyEncodable stateOf(Object delegate) {
    if (delegate instanceof DelegatingWrapper wrapper) {
      return wrapper::writeDelegate;
    }
    return delegate instanceof KeyEncodable encodable ? encodable : null;
  }

  private static String className(Object delegate, Class<?> type) {
    Class<?> implementation = delegate.getClass();
    Optional<String> lacking = LastingNames.lackingIn(implementation);
    if (lacking.isPresent()) {
      throw nameless(lacking.get(), type);
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

  /** The first field that may influence results; a wrapper's bound methods and gates do not. */
  private static Optional<Field> stateOf(Class<?> type) {
    return Stream.<Class<?>>iterate(type, next -> next != null, Class::getSuperclass)
        .flatMap(declaring -> Stream.of(declaring.getDeclaredFields()))
        .filter(field -> !Modifier.isStatic(field.getModifiers()))
        .filter(field -> !field.isAnnotationPresent(KeyIgnore.class))
        .filter(field -> field.getType() != MemoizedMethod.class && field.getType() != Gate.class)
        .findFirst();
  }

  private static IllegalArgumentException stateful(Class<?> delegate, Field field, Class<?> type) {
    String simpleName = delegate.getSimpleName();
    return new IllegalArgumentException("the delegate is a "
        + delegate.getName()
        + ", which has "
        + (field.isSynthetic() ? "an outer instance" : "the field " + field.getName())
        + ", so that two of them may have different results, and nothing tells them apart in keys;"
        + " let "
        + simpleName
        + " implement KeyEncodable, or give "
        + type.getSimpleName()
        + " a method with @KeyPart that returns what results depend on; "
        + (field.isSynthetic()
            ? "if they do not depend on it, make " + simpleName + " static"
            : "if they do not depend on the field, annotate it with @KeyIgnore"));
  }

  /** What cannot be written when the wrapper is made is a mistake of the program. */
  private void requireText() {
    if (state == null) {
      return;
    }
    try {
      digestOf(state);
    } catch (RuntimeException | StackOverflowError e) {
      throw new IllegalArgumentException(
          "the delegate is a " + name + ", which cannot be written into keys: " + e.getMessage(),
          e);
    }
  }

  /**
   * The identity as it is now.
   *
   * @return null if the delegate cannot write it, so that the call goes without the cache
   */
  public @Nullable String text() {
    if (state == null) {
      return name;
    }
    try {
      return name + "#" + digestOf(state);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.debug("the delegate {} cannot be written into keys", name, e);
      return null;
    }
  }

  /**
   * Whether the identity is the same at every call.
   *
   * @return false if the delegate writes it, which may then be another at the next call
   */
  public boolean isSettled() {
    return state == null;
  }

  /**
   * A method of the delegate.
   *
   * @param spec of the method
   * @param <R> type of its result
   * @return the same, but that the receiver may change if the identity is not settled
   */
  public <R extends @Nullable Object> MethodSpec<R> specOf(MethodSpec<R> spec) {
    return state == null ? spec : spec.ofReceiverThatMayChange();
  }

  private static String digestOf(KeyEncodable state) {
    KeyWriter key = new KeyWriter();
    state.encodeKey(key);
    if (key.holdsFileContent()) {
      throw new IllegalArgumentException(
          "it writes the content of a file, which may change during a call; let it write a digest");
    }
    return key.toKey().toString();
  }

  /**
   * Writes an identity into a key.
   *
   * @param key takes the encoding
   * @param text what {@link #text} returned
   * @throws IllegalStateException if that was null
   */
  public static void write(KeyWriter key, @Nullable String text) {
    if (text == null) {
      throw new IllegalStateException("the delegate cannot be written into the key");
    }
    key.writeString(text);
  }
}
