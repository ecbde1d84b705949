package io.diskmemo.internal.collect;

import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.value.PlainValues;
import io.diskmemo.internal.value.ReadableKeys;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the elements of a collection are, and how they are written. Thread-safe.
 *
 * @param <T> type of the elements
 */
public final class ElementType<T> {
  private final String name;
  private final String writer;
  private final Codec<T> codec;
  private final Predicate<Object> isInstance;
  private final Predicate<Object> canReadBack;

  private ElementType(
      String name,
      String writer,
      Codec<T> codec,
      Predicate<Object> isInstance,
      Predicate<Object> canReadBack) {
    this.name = name;
    this.writer = writer;
    this.codec = codec;
    this.isInstance = isInstance;
    this.canReadBack = canReadBack;
  }

  /**
   * Elements of a class.
   *
   * @param type of what {@link PlainValues} writes
   * @param <T> the same
   * @return the type
   */
  @SuppressWarnings("unchecked") // the codec gives instances of the class, and gets nothing else
  public static <T> ElementType<T> of(Class<T> type) {
    PlainValues values = new PlainValues(requireReference(type));
    return new ElementType<>(
        type.getName(),
        type.getName(),
        (Codec<T>) (Codec<?>) values,
        type::isInstance,
        values::canReadBack);
  }

  /**
   * Keys of a class, of which equal ones have the same bytes.
   *
   * @param type of what {@link ReadableKeys} writes
   * @param <T> the same
   * @return the type
   */
  @SuppressWarnings("unchecked") // the codec gives instances of the class, and gets nothing else
  public static <T> ElementType<T> ofKeys(Class<T> type) {
    ReadableKeys keys = new ReadableKeys(requireReference(type));
    return new ElementType<>(
        type.getName(), type.getName(), (Codec<T>) (Codec<?>) keys, type::isInstance, key -> true);
  }

  private static <T> Class<T> requireReference(Class<T> type) {
    if (type.isPrimitive()) {
      throw new IllegalArgumentException(
          type + " is a primitive type; name its class, such as Integer.class");
    }
    return type;
  }

  /**
   * Elements that a codec writes.
   *
   * @param codec of them
   * @param <T> their type
   * @return the type
   */
  public static <T> ElementType<T> of(Codec<T> codec) {
    Objects.requireNonNull(codec, "codec");
    return new ElementType<>(
        "a codec", codec.getClass().getName(), codec, element -> true, element -> true);
  }

  /** What writes them; two that write the same are the same type. */
  @Override
  public String toString() {
    return writer;
  }

  /** As it is noted in the database, where classes of codecs have no place. */
  String name() {
    return name;
  }

  byte[] encode(T element) {
    Objects.requireNonNull(element);
    if (!isInstance.test(element)) {
      throw new ClassCastException(
          "a " + element.getClass().getName() + " where the elements are of " + name);
    }
    if (!canReadBack.test(element)) {
      throw new IllegalArgumentException("a " + element.getClass().getName()
          + " could not be read back as a " + name
          + "; use that class, for collections List, Set or Map, or a Codec");
    }
    return ValueWriter.bytesOf(codec, element);
  }

  /** What fails here fails again, until the program is another. */
  T decode(String operation, byte[] bytes) {
    try {
      ValueReader in = new ValueReader(bytes);
      T element = Objects.requireNonNull(codec.read(in), "the codec reads null");
      in.end();
      return element;
    } catch (RuntimeException e) {
      DiskException failure = new DiskException(
          operation,
          false,
          "what is stored cannot be read as " + name + ", and stays (" + e
              + "); read it with what wrote it");
      failure.initCause(e);
      throw failure;
    }
  }

  /** Something to look for among the elements; empty if it can be none of them. */
  @SuppressWarnings("unchecked") // what a codec is given, its user has to answer for
  Optional<Sought<T>> sought(Object object) {
    if (!isInstance.test(object) || !canReadBack.test(object)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Sought<>((T) object, encode((T) object)));
    } catch (IllegalArgumentException e) { // so it was refused when it was to be put
      return Optional.empty();
    }
  }

  /** An element to look for: one with the same bytes, or that equals it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and the bytes are never handed out
  record Sought<T>(T element, byte[] bytes) {
    boolean matches(String operation, ElementType<T> type, byte[] stored) {
      return Arrays.equals(stored, bytes) || type.decode(operation, stored).equals(element);
    }
  }
}
