package io.diskmemo.generated;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.diskmemo.codec.CorruptValueException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleAbstractTypeResolver;
import tools.jackson.databind.module.SimpleModule;

/** Jackson, apart from everything else, because it takes a third of a second to load. */
final class Json {
  /**
   * Without default typing, and with no class that data may name: the class is what the method
   * returns. Nothing is left out, enum constants go by their names, sets keep their order, and times
   * their zone. A property that the
   * class does not know is passed over, because some have no setter; {@link #read} finds it missing.
   */
  static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
      .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
      .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
      .disable(DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
      .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
      .disable(EnumFeature.READ_ENUMS_USING_TO_STRING)
      .annotationIntrospector(new EveryProperty())
      .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build())
      .addModule(new SimpleModule().setAbstractTypes(new OrderedSets()))
      .build();

  private Json() {}

  /**
   * The document of a value, from which the same value can be read.
   *
   * @throws IllegalArgumentException if that is not so; the message names what is lost
   */
  static byte[] write(Object value, Class<?> type) {
    if (classOf(value) != type) {
      throw new IllegalArgumentException("a "
          + value.getClass().getName()
          + " would be read back as a "
          + type.getName()
          + "; declare the class that is returned, or name a codec with @StoredBy");
    }
    byte[] json = documentOf(value);
    JsonSurvival.require(value, json, type);
    return json;
  }

  /** A constant with a body has a class of its own, and is read back all the same. */
  private static Class<?> classOf(Object value) {
    return value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
  }

  static byte[] documentOf(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "a " + value.getClass().getName() + " cannot be written as JSON: " + e.getMessage(), e);
    }
  }

  /**
   * The value of a document.
   *
   * @throws CorruptValueException if it is of no such class, or of one that had other properties
   */
  static <T> T read(byte[] json, Class<T> type) {
    T value = readUnchecked(json, type);
    JsonSurvival.difference(type.getSimpleName(), json, writtenAgain(value)).ifPresent(property -> {
      throw new CorruptValueException("no JSON of a " + type.getName() + ": " + property
          + " is another when it is read and written again");
    });
    return value;
  }

  private static byte[] writtenAgain(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw new CorruptValueException("what was read cannot be written again: " + e.getMessage());
    }
  }

  static <T> T readUnchecked(byte[] json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JacksonException e) {
      throw new CorruptValueException("no JSON of a " + type.getName() + ": " + e.getMessage());
    }
  }

  /** Leaves nothing out for being empty, and rounds nothing to a pattern of the class. */
  private static final class EveryProperty extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonInclude.Value findPropertyInclusion(MapperConfig<?> config, Annotated annotated) {
      return JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS);
    }

    @Override
    public @Nullable Boolean isIgnorableType(MapperConfig<?> config, AnnotatedClass type) {
      return null;
    }

    @Override
    public String[] findEnumValues(
        MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
      return names;
    }

    @Override
    public JsonFormat.@Nullable Value findFormat(MapperConfig<?> config, Annotated annotated) {
      return null;
    }
  }

  /** Reads sets in the order in which they were written, so that documents can be compared. */
  private static final class OrderedSets extends SimpleAbstractTypeResolver {
    private static final long serialVersionUID = 1L;

    @Override
    public JavaType findTypeMapping(DeserializationConfig config, JavaType type) {
      return type.hasRawClass(Set.class) || type.hasRawClass(HashSet.class)
          ? config.getTypeFactory().constructSpecializedType(type, LinkedHashSet.class)
          : super.findTypeMapping(config, type);
    }
  }
}
