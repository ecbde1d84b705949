package io.diskmemo.internal.value;

import io.diskmemo.codec.Codec;
import io.diskmemo.codec.CorruptValueException;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.generated.JsonCodec;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values that are put by hand: a number for the type, and the value. Lists, sets and maps hold such
 * values or null, and are read back unmodifiable. Any other class, enums among them, is written as JSON by
 * Jackson, which is loaded when the first such value comes; the name of its class stands before it and is
 * only ever compared with the one that is asked for, so that it cannot stand in a list, set or map.
 */
public final class PlainValues implements Codec<Object> {
  private static final byte NULL = 0;
  private static final byte LIST = 30;
  private static final byte SET = 31;
  private static final byte MAP = 32;
  private static final byte JSON = 40;

  private static final ClassValue<JsonCodec<?>> JSON_CODECS = new ClassValue<>() {
    @Override
    protected JsonCodec<?> computeValue(Class<?> type) {
      return JsonCodec.of(type);
    }
  };

  /** Deeper ones are refused, so that no data can exhaust the stack. */
  private static final int MAX_DEPTH = 100;

  /** Each of many nested lists may say that it has as many elements as there are bytes. */
  private static final int MOST_AT_ONCE = 1000;

  private final Class<?> type;

  /**
   * Values of a class, or of one that extends it.
   *
   * @param type that is asked for; a primitive one stands for its class
   */
  public PlainValues(Class<?> type) {
    this.type = boxed(type);
  }

  /**
   * The class whose instances values of a type are.
   *
   * @param type possibly primitive
   * @param <V> the same
   * @return {@code Integer.class} for {@code int.class}, and so on; any other class as it is
   */
  @SuppressWarnings("unchecked") // int.class and Integer.class are both a Class<Integer>
  public static <V> Class<V> boxed(Class<V> type) {
    return (Class<V>) MethodType.methodType(type).wrap().returnType();
  }

  /**
   * Whether what is written of a value can be read back as one of the class that is asked for.
   *
   * @param value to write
   * @return false for another class, for one that extends it and is written as JSON, and for one that is
   *     read back as its superclass or interface, such as an {@code ArrayList} that is asked for by name
   */
  public boolean canReadBack(Object value) {
    if (!type.isInstance(value)) {
      return false;
    }
    Object collection = readAs(value);
    if (collection != null) {
      return type.isInstance(collection);
    }
    return PlainType.of(value)
        .map(plain -> plain.isReadAs(value, type))
        .orElseGet(() -> classOf(value) == type);
  }

  /** An instance of what a list, set or map is read back as; null for anything else. */
  private static @Nullable Object readAs(Object value) {
    if (value instanceof List<?>) {
      return Collections.unmodifiableList(new ArrayList<>());
    }
    if (value instanceof Set<?>) {
      return Collections.unmodifiableSet(new LinkedHashSet<>());
    }
    return value instanceof Map<?, ?> ? Collections.unmodifiableMap(new LinkedHashMap<>()) : null;
  }

  /** An enum constant with a body has a class of its own, for which nobody can ask. */
  private static Class<?> classOf(Object value) {
    return value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
  }

  @Override
  public void write(ValueWriter out, Object value) {
    write(out, value, 0);
  }

  private static void write(ValueWriter out, @Nullable Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("the value is nested more than " + MAX_DEPTH + " deep");
    }
    if (value == null) {
      out.writeByte(NULL);
    } else if (value instanceof List<?> list) {
      out.writeByte(LIST);
      out.writeSize(list.size());
      list.forEach(element -> write(out, element, depth + 1));
    } else if (value instanceof Set<?> set) {
      out.writeByte(SET);
      out.writeSize(set.size());
      set.forEach(element -> write(out, element, depth + 1));
    } else if (value instanceof Map<?, ?> map) {
      out.writeByte(MAP);
      out.writeSize(map.size());
      map.forEach((key, element) -> {
        write(out, key, depth + 1);
        write(out, element, depth + 1);
      });
    } else {
      writeSingle(out, value, depth);
    }
  }

  private static void writeSingle(ValueWriter out, Object value, int depth) {
    Optional<PlainType> plain = PlainType.of(value);
    if (plain.isPresent()) {
      out.writeByte(plain.get().number());
      plain.get().write(out, value);
    } else if (depth > 0) {
      throw new IllegalArgumentException("a "
          + value.getClass().getName()
          + " within a list, set or map could not be read back; put it by itself, or within an"
          + " object that Jackson can write");
    } else {
      out.writeByte(JSON);
      out.writeString(classOf(value).getName());
      json(classOf(value)).write(out, value);
    }
  }

  @Override
  public Object read(ValueReader in) {
    Object value = read(in, 0);
    if (value == null) {
      throw new CorruptValueException("nothing where a value is put");
    }
    if (!type.isInstance(value)) {
      throw new ClassCastException(
          "the entry holds a " + value.getClass().getName() + ", not a " + type.getName());
    }
    return value;
  }

  private @Nullable Object read(ValueReader in, int depth) {
    if (depth > MAX_DEPTH) {
      throw new CorruptValueException("a value nested more than " + MAX_DEPTH + " deep");
    }
    byte number = in.readByte();
    return switch (number) {
      case NULL -> null;
      case LIST -> Collections.unmodifiableList(elements(in, depth));
      case SET -> Collections.unmodifiableSet(new LinkedHashSet<>(elements(in, depth)));
      case MAP -> Collections.unmodifiableMap(entries(in, depth));
      case JSON -> json(in);
      default ->
        PlainType.of(number)
            .orElseThrow(() -> new CorruptValueException("no type has the number " + number))
            .read(in);
    };
  }

  private List<@Nullable Object> elements(ValueReader in, int depth) {
    int size = in.readSize();
    List<@Nullable Object> elements = new ArrayList<>(Math.min(size, MOST_AT_ONCE));
    for (int i = 0; i < size; i++) {
      elements.add(read(in, depth + 1));
    }
    return elements;
  }

  private Map<@Nullable Object, @Nullable Object> entries(ValueReader in, int depth) {
    int size = in.readSize();
    Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      entries.put(read(in, depth + 1), read(in, depth + 1));
    }
    return entries;
  }

  private Object json(ValueReader in) {
    String className = in.readString();
    if (!type.getName().equals(className)) {
      throw new ClassCastException(
          "the entry holds a " + className + ", not a " + type.getName() + "; ask for that class");
    }
    Object value = json(type).read(in);
    if (value == null) {
      throw new CorruptValueException("no JSON after the name of a class");
    }
    return value;
  }

  @SuppressWarnings("unchecked") // the codec of a class is only asked for values of that class
  private static JsonCodec<Object> json(Class<?> type) {
    return (JsonCodec<Object>) JSON_CODECS.get(type);
  }
}
