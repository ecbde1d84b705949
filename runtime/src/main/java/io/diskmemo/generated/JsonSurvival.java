package io.diskmemo.generated;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.diskmemo.codec.CorruptValueException;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.jsontype.TypeIdResolver;
import tools.jackson.databind.jsontype.impl.DefaultTypeResolverBuilder;
import tools.jackson.databind.jsontype.impl.TypeIdResolverBase;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.module.SimpleSerializers;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/**
 * Whether values survive being written as JSON and read back. The value before and the value after are
 * described by documents that say more than the stored one: the class of each value, and of each key of a
 * map, whose declared type leaves it open. Nothing ever reads these.
 */
final class JsonSurvival {
  private static final JsonMapper DESCRIBING = Json.MAPPER
      .rebuild()
      .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
      .setDefaultTyping(new OpenTypes())
      .addModule(new SimpleModule().addSerializer(new UriParts()).setKeySerializers(new OpenKeys()))
      .build();

  /** Not as doubles, which many decimals share; as doubles, zero has a sign. */
  private static final ObjectReader DECIMALS = Json.MAPPER
      .reader()
      .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

  private JsonSurvival() {}

  /**
   * Requires that a value can be read from its document.
   *
   * @throws IllegalArgumentException if another would be read; the message names the first property
   */
  static void require(Object value, byte[] json, Class<?> type) {
    Object back = readBack(json, type);
    String name = type.getSimpleName();
    difference(name, json, Json.documentOf(back))
        .or(() -> difference(name, described(value), described(back)))
        .ifPresent(property -> {
          throw new IllegalArgumentException(property
              + " is lost when a "
              + type.getName()
              + " is written as JSON and read back; make it a record, or name a codec with"
              + " @StoredBy");
        });
  }

  private static Object readBack(byte[] json, Class<?> type) {
    try {
      return Json.readUnchecked(json, type);
    } catch (CorruptValueException e) {
      throw new IllegalArgumentException(
          "what is written of a " + type.getName() + " cannot be read back: " + e.getMessage(), e);
    }
  }

  private static byte[] described(Object value) {
    try {
      return DESCRIBING.writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "a " + value.getClass().getName() + " cannot be written as JSON: " + e.getMessage(), e);
    }
  }

  /** The path of the first difference of two documents; the order of properties is none. */
  static Optional<String> difference(String path, byte[] before, byte[] after) {
    return Arrays.equals(before, after)
        ? Optional.empty()
        : difference(path, Json.MAPPER.readTree(before), Json.MAPPER.readTree(after))
            .or(() -> difference(path, DECIMALS.readTree(before), DECIMALS.readTree(after)));
  }

  private static Optional<String> difference(String path, JsonNode before, JsonNode after) {
    if (before.equals(after)) {
      return Optional.empty();
    }
    if (before.isObject() && after.isObject()) {
      return Optional.of(
          inObject(path, before, after).or(() -> inObject(path, after, before)).orElse(path));
    }
    if (before.isArray() && after.isArray() && before.size() == after.size()) {
      return Optional.of(inArray(path, before, after).orElse(path));
    }
    return Optional.of(path);
  }

  private static Optional<String> inObject(String path, JsonNode before, JsonNode after) {
    for (Map.Entry<String, JsonNode> property : before.properties()) {
      Optional<String> found = difference(
          path + "." + property.getKey(), property.getValue(), after.path(property.getKey()));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> inArray(String path, JsonNode before, JsonNode after) {
    Iterator<JsonNode> others = after.iterator();
    int index = 0;
    for (JsonNode element : before) {
      Optional<String> found = difference(path + "[" + index++ + "]", element, others.next());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Names the classes of values whose type has subtypes. */
  private static final class OpenTypes extends DefaultTypeResolverBuilder {
    private static final long serialVersionUID = 1L;

    OpenTypes() {
      super(
          BasicPolymorphicTypeValidator.builder().build(),
          DefaultTyping.NON_FINAL,
          JsonTypeInfo.As.PROPERTY,
          JsonTypeInfo.Id.CUSTOM,
          "(class)");
    }

    /** A collection may be a list or a set, and what is read is a list. */
    @Override
    public boolean useForType(JavaType type) {
      return type.hasRawClass(Collection.class)
          || (!type.isFinal() && !type.isContainerType() && !type.isReferenceType());
    }

    @Override
    protected TypeIdResolver idResolver(
        DatabindContext context,
        JavaType baseType,
        PolymorphicTypeValidator validator,
        Collection<NamedType> subtypes,
        boolean forWriting,
        boolean forReading) {
      return new ClassNames(baseType);
    }
  }

  /** Names the classes of keys whose type does not say them, and which are all read as strings. */
  private static final class OpenKeys extends SimpleSerializers {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable ValueSerializer<?> findSerializer(
        SerializationConfig config,
        JavaType type,
        BeanDescription.Supplier description,
        JsonFormat.Value format) {
      Class<?> declared = type.getRawClass();
      if (declared == URI.class) {
        return new UriKey();
      }
      return declared.isAssignableFrom(String.class) ? new ClassAndText() : null;
    }
  }

  /** A key as its class and its string; one that is a string already, as that. */
  private static final class ClassAndText extends ValueSerializer<Object> {
    @Override
    public void serialize(Object key, JsonGenerator out, SerializationContext context) {
      out.writeName(key instanceof String text ? text : key.getClass().getName() + " " + key);
    }
  }

  /** A URI by its parts: those of two may differ where their strings do not. */
  private static final class UriParts extends StdScalarSerializer<URI> {
    UriParts() {
      super(URI.class);
    }

    @Override
    public void serialize(URI value, JsonGenerator out, SerializationContext context) {
      out.writeString(parts(value));
    }

    static String parts(URI uri) {
      return uri + " " + uri.getScheme() + " " + uri.getRawAuthority() + " " + uri.getRawPath();
    }
  }

  /** The same for a key of a map. */
  private static final class UriKey extends ValueSerializer<URI> {
    @Override
    public void serialize(URI key, JsonGenerator out, SerializationContext context) {
      out.writeName(UriParts.parts(key));
    }
  }

  /** One name for all sets, one for all maps, and one for all other collections, whatever their class is. */
  private static final class ClassNames extends TypeIdResolverBase {
    private static final long serialVersionUID = 1L;

    ClassNames(JavaType baseType) {
      super(baseType);
    }

    @Override
    public String idFromValue(DatabindContext context, Object value) {
      if (value instanceof Set) {
        return "Set";
      }
      if (value instanceof Collection) {
        return "List";
      }
      return value instanceof Map ? "Map" : value.getClass().getName();
    }

    @Override
    public String idFromValueAndType(DatabindContext context, Object value, Class<?> type) {
      return value == null ? type.getName() : idFromValue(context, value);
    }

    @Override
    public JsonTypeInfo.Id getMechanism() {
      return JsonTypeInfo.Id.CUSTOM;
    }
  }
}
