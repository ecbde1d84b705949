package io.diskmemo.generated;

import io.diskmemo.codec.CorruptValueException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Jackson, apart from everything else, because it takes a third of a second to load. */
final class Json {
  /** Without default typing: the class is what the method returns, never what the data says. */
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "a " + value.getClass().getName() + " cannot be written as JSON: " + e.getMessage(), e);
    }
  }

  static <T> T read(byte[] json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JacksonException e) {
      throw new CorruptValueException("no JSON of a " + type.getName() + ": " + e.getMessage());
    }
  }

  /** Fails if reading and writing again gives another document, and names the first difference. */
  static void requireSurvival(byte[] json, Class<?> type) {
    JsonNode before = MAPPER.readTree(json);
    JsonNode after = MAPPER.readTree(write(read(json, type)));
    difference(type.getSimpleName(), before, after).ifPresent(property -> {
      throw new IllegalArgumentException(property
          + " is lost when a "
          + type.getName()
          + " is written as JSON and read back; make it a record, or name a codec with"
          + " @StoredBy");
    });
  }

  private static Optional<String> difference(String path, JsonNode before, JsonNode after) {
    if (before.equals(after)) {
      return Optional.empty();
    }
    if (before.isObject() && after.isObject()) {
      for (Map.Entry<String, JsonNode> property : before.properties()) {
        Optional<String> found = difference(
            path + "." + property.getKey(), property.getValue(), after.path(property.getKey()));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    if (before.isArray() && after.isArray() && before.size() == after.size()) {
      Iterator<JsonNode> others = after.iterator();
      int index = 0;
      for (JsonNode element : before) {
        Optional<String> found = difference(path + "[" + index++ + "]", element, others.next());
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.of(path);
  }
}
