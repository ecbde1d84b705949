package io.diskmemo.internal.value;

import io.diskmemo.codec.CorruptValueException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Jackson, apart from everything else: it takes a third of a second to load. */
final class Json {
  /** Without default typing: the type is what the caller asks for, never what the data says. */
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

  static <T> T read(byte[] text, Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JacksonException e) {
      throw new CorruptValueException("no JSON of a " + type.getName() + ": " + e.getMessage());
    }
  }
}
