package io.diskmemo.internal.value;

import io.diskmemo.codec.Codec;
import io.diskmemo.codec.CorruptValueException;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.internal.path.PathText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keys that are read back, of the types that {@link PlainKeys} knows: equal ones have the same bytes. An
 * enum has to be the class of all keys, because no class is made that data names. Sets, maps and objects
 * written as JSON are none, because their order is not theirs to say.
 */
public final class ReadableKeys implements Codec<Object> {
  private static final String TYPES =
      "use a string, number, boolean, character, byte[], UUID, URI, path or value of java.time, a list"
          + " of these, or an enum as the class of all keys; or give a Codec that writes equal keys as"
          + " the same bytes";

  private final Class<?> type;
  private final PlainValues values;

  /**
   * Keys of a class.
   *
   * @param type of the keys
   * @throws IllegalArgumentException if no key is of that class
   */
  public ReadableKeys(Class<?> type) {
    if (!isKnown(type)) {
      throw new IllegalArgumentException(
          "a " + type.getName() + " cannot be a key that is read back; " + TYPES);
    }
    this.type = type;
    this.values = new PlainValues(type);
  }

  private static boolean isKnown(Class<?> type) {
    return type.isEnum()
        || type == Path.class
        || type == ZoneOffset.class // written as any ZoneId
        || type.isAssignableFrom(List.class)
        || Arrays.stream(PlainType.values()).anyMatch(plain -> type.isAssignableFrom(plain.type()));
  }

  @Override
  public void write(ValueWriter out, Object key) {
    if (type.isEnum()) {
      out.writeString(((Enum<?>) key).name());
    } else if (type == Path.class) {
      out.writeString(nameOf((Path) key));
    } else {
      values.write(out, canonical(key));
    }
  }

  private static String nameOf(Path path) {
    if (!PathText.isWhole(path)) {
      throw new IllegalArgumentException("a path of another file system, or with bytes that are no"
          + " characters, cannot be read back: " + path.toUri());
    }
    return path.toString();
  }

  /** All NaNs are equal, but not their bits. */
  private static Object canonical(Object key) {
    if (key instanceof Double number && number.isNaN()) {
      return Double.NaN;
    }
    if (key instanceof Float number && number.isNaN()) {
      return Float.NaN;
    }
    if (key instanceof List<?> list) {
      List<Object> elements = new ArrayList<>(list.size());
      list.forEach(element -> elements.add(canonical(element)));
      return elements;
    }
    if (PlainType.of(key).isEmpty()) {
      throw new IllegalArgumentException(
          "a " + key.getClass().getName() + " cannot be a key that is read back; " + TYPES);
    }
    return key;
  }

  @Override
  public Object read(ValueReader in) {
    if (type.isEnum()) {
      return constant(text(in));
    }
    if (type == Path.class) {
      return path(text(in));
    }
    return values.read(in);
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new CorruptValueException(name + " is no path in the encoding of this process");
    }
  }

  private static String text(ValueReader in) {
    String text = in.readString();
    if (text == null) {
      throw new CorruptValueException("nothing where a key is");
    }
    return text;
  }

  private Object constant(String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow(() -> new CorruptValueException(type.getName() + " has no constant " + name));
  }
}
