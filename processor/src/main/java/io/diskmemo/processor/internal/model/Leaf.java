package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A type that {@code KeyWriter}, {@code ValueWriter} and {@code ValueReader} have a method for. */
@SuppressWarnings("ImmutableEnumChecker") // names of types are immutable
public enum Leaf implements Shape {
  /** {@code boolean}. */
  BOOLEAN(TypeName.BOOLEAN, "Boolean"),
  /** {@code byte}. */
  BYTE(TypeName.BYTE, "Byte"),
  /** {@code short}. */
  SHORT(TypeName.SHORT, "Short"),
  /** {@code char}. */
  CHAR(TypeName.CHAR, "Char"),
  /** {@code int}. */
  INT(TypeName.INT, "Int"),
  /** {@code long}. */
  LONG(TypeName.LONG, "Long"),
  /** {@code float}. */
  FLOAT(TypeName.FLOAT, "Float"),
  /** {@code double}. */
  DOUBLE(TypeName.DOUBLE, "Double"),
  /** {@link Boolean}. */
  BOXED_BOOLEAN(TypeName.BOOLEAN.box(), "NullableBoolean"),
  /** {@link Byte}. */
  BOXED_BYTE(TypeName.BYTE.box(), "NullableByte"),
  /** {@link Short}. */
  BOXED_SHORT(TypeName.SHORT.box(), "NullableShort"),
  /** {@link Character}. */
  BOXED_CHAR(TypeName.CHAR.box(), "NullableChar"),
  /** {@link Integer}. */
  BOXED_INT(TypeName.INT.box(), "NullableInt"),
  /** {@link Long}. */
  BOXED_LONG(TypeName.LONG.box(), "NullableLong"),
  /** {@link Float}. */
  BOXED_FLOAT(TypeName.FLOAT.box(), "NullableFloat"),
  /** {@link Double}. */
  BOXED_DOUBLE(TypeName.DOUBLE.box(), "NullableDouble"),
  /** {@link String}. */
  STRING("java.lang", "String"),
  /** {@link java.math.BigDecimal}. */
  BIG_DECIMAL("java.math", "BigDecimal"),
  /** {@link java.math.BigInteger}. */
  BIG_INTEGER("java.math", "BigInteger"),
  /** {@link java.util.UUID}. */
  UUID(ClassName.get("java.util", "UUID"), "Uuid"),
  /** {@link java.net.URI}, whose equality ignores the case of some of its parts. */
  URI(ClassName.get("java.net", "URI"), "Uri", Nature.COARSELY_EQUAL),
  /** {@link java.nio.file.Path}, whose equality ignores case on Windows. */
  PATH(ClassName.get("java.nio.file", "Path"), "Path", Nature.COARSELY_EQUAL),
  /** {@link java.io.File}, whose equality ignores case on some systems. */
  FILE(ClassName.get("java.io", "File"), "File", Nature.COARSELY_EQUAL),
  /** {@link java.time.Instant}. */
  INSTANT("java.time", "Instant"),
  /** {@link java.time.LocalDate}. */
  LOCAL_DATE("java.time", "LocalDate"),
  /** {@link java.time.LocalTime}. */
  LOCAL_TIME("java.time", "LocalTime"),
  /** {@link java.time.LocalDateTime}. */
  LOCAL_DATE_TIME("java.time", "LocalDateTime"),
  /** {@link java.time.OffsetDateTime}. */
  OFFSET_DATE_TIME("java.time", "OffsetDateTime"),
  /** {@link java.time.OffsetTime}. */
  OFFSET_TIME("java.time", "OffsetTime"),
  /** {@link java.time.ZonedDateTime}. */
  ZONED_DATE_TIME("java.time", "ZonedDateTime"),
  /** {@link java.time.Duration}. */
  DURATION("java.time", "Duration"),
  /** {@link java.time.Period}. */
  PERIOD("java.time", "Period"),
  /** {@link java.time.Year}. */
  YEAR("java.time", "Year"),
  /** {@link java.time.YearMonth}. */
  YEAR_MONTH("java.time", "YearMonth"),
  /** {@link java.time.MonthDay}. */
  MONTH_DAY("java.time", "MonthDay"),
  /** {@link java.time.ZoneId}. */
  ZONE_ID("java.time", "ZoneId"),
  /** {@link java.time.ZoneOffset}. */
  ZONE_OFFSET("java.time", "ZoneOffset"),
  /** {@code boolean[]}. */
  BOOLEAN_ARRAY(TypeName.BOOLEAN, "BooleanArray", Nature.ARRAY),
  /** {@code byte[]}. */
  BYTE_ARRAY(TypeName.BYTE, "ByteArray", Nature.ARRAY),
  /** {@code short[]}. */
  SHORT_ARRAY(TypeName.SHORT, "ShortArray", Nature.ARRAY),
  /** {@code char[]}. */
  CHAR_ARRAY(TypeName.CHAR, "CharArray", Nature.ARRAY),
  /** {@code int[]}. */
  INT_ARRAY(TypeName.INT, "IntArray", Nature.ARRAY),
  /** {@code long[]}. */
  LONG_ARRAY(TypeName.LONG, "LongArray", Nature.ARRAY),
  /** {@code float[]}. */
  FLOAT_ARRAY(TypeName.FLOAT, "FloatArray", Nature.ARRAY),
  /** {@code double[]}. */
  DOUBLE_ARRAY(TypeName.DOUBLE, "DoubleArray", Nature.ARRAY);

  private static final Map<TypeName, Leaf> BY_TYPE =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Leaf::type, Function.identity()));

  private final TypeName type;
  private final String readMethod;
  private final String writeMethod;
  private final Nature nature;

  private enum Nature {
    VALUE,
    /** Some are equal that keys tell apart, so that a record of arguments would merge them. */
    COARSELY_EQUAL,
    ARRAY
  }

  Leaf(String packageName, String simpleName) {
    this(ClassName.get(packageName, simpleName), simpleName);
  }

  Leaf(TypeName type, String name) {
    this(type, name, Nature.VALUE);
  }

  Leaf(TypeName type, String name, Nature nature) {
    this.type = nature == Nature.ARRAY ? ArrayTypeName.of(type) : type;
    this.readMethod = "read" + name;
    this.writeMethod = "write" + name;
    this.nature = nature;
  }

  /**
   * The leaf of a type.
   *
   * @param type without annotations
   * @return empty if the type is none
   */
  public static Optional<Leaf> of(TypeName type) {
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  @Override
  public TypeName type() {
    return type;
  }

  /**
   * Name of the method of {@code ValueReader} that reads this type.
   *
   * @return a method without parameters
   */
  public String readMethod() {
    return readMethod;
  }

  /**
   * Name of the method of {@code ValueWriter} and of {@code KeyWriter} that writes this type.
   *
   * @return a method of one parameter
   */
  public String writeMethod() {
    return writeMethod;
  }

  @Override
  public boolean isValue() {
    return nature == Nature.VALUE;
  }

  @Override
  public boolean isFixed() {
    return nature != Nature.ARRAY;
  }

  @Override
  public boolean isImmutableOnceRead() {
    return nature != Nature.ARRAY;
  }

  @Override
  public boolean isReadAsWritten() {
    return true;
  }

  @Override
  public <R> R accept(ShapeVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
