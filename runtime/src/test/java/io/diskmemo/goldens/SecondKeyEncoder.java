package io.diskmemo.goldens;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A second implementation of the key format, written from docs/key-format.md. It shares nothing with
 * {@code KeyWriter}, and is as plain as can be.
 */
final class SecondKeyEncoder {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private SecondKeyEncoder() {}

  /** A value that {@code KeyEncodable} or {@code KeyEncoder} writes as others. */
  record Written(int tag, String className, List<?> values) {}

  /** A parameter with {@code @FileContent}. */
  record Content(Path file) {}

  static byte[] preimage(List<?> values) throws IOException {
    SecondKeyEncoder encoder = new SecondKeyEncoder();
    encoder.out.writeByte(1);
    encoder.all(values);
    return encoder.bytes.toByteArray();
  }

  static byte[] key(byte[] preimage) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(preimage);
  }

  static byte[] key(byte[] preimage, byte[] secret) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return mac.doFinal(key(preimage));
  }

  private void all(Iterable<?> values) throws IOException {
    for (Object value : values) {
      value(value);
    }
  }

  private void value(Object value) throws IOException {
    if (value == null) {
      out.writeByte(0x00);
    } else if (value.getClass().isArray()) {
      array(value);
    } else if (value instanceof List || value instanceof Set || value instanceof Map) {
      collection(value);
    } else if (value.getClass().getName().startsWith("java.time.") && !(value instanceof Enum)) {
      time(value);
    } else if (value instanceof Written written) {
      out.writeByte(written.tag());
      text(written.className());
      all(written.values());
      out.writeByte(0x1b);
    } else if (value instanceof Content content) {
      byte[] held = Files.readAllBytes(content.file());
      out.writeByte(0x18);
      out.writeLong(held.length);
      out.write(sha256(held));
    } else if (value instanceof Record components) {
      components(components);
    } else {
      single(value);
    }
  }

  private static byte[] sha256(byte[] bytes) throws IOException {
    try {
      return key(bytes);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private void single(Object value) throws IOException {
    if (value instanceof String string) {
      out.writeByte(0x09);
      text(string);
    } else if (value instanceof Enum<?> constant) {
      out.writeByte(0x0a);
      text(constant.getDeclaringClass().getName());
      text(constant.name());
    } else if (value instanceof Optional<?> optional) {
      out.writeByte(0x0f);
      out.writeByte(optional.isPresent() ? 1 : 0);
      if (optional.isPresent()) {
        value(optional.get());
      }
    } else if (value instanceof BigDecimal decimal) {
      out.writeByte(0x12);
      out.writeInt(decimal.scale());
      bytes(decimal.unscaledValue().toByteArray());
    } else if (value instanceof BigInteger integer) {
      out.writeByte(0x13);
      bytes(integer.toByteArray());
    } else if (value instanceof UUID uuid) {
      out.writeByte(0x14);
      out.writeLong(uuid.getMostSignificantBits());
      out.writeLong(uuid.getLeastSignificantBits());
    } else if (value instanceof URI uri) {
      out.writeByte(0x15);
      text(uri.toString());
    } else if (value instanceof Path path) {
      boolean isForeign = !path.getFileSystem().equals(Path.of("").getFileSystem());
      out.writeByte(isForeign ? 0x1c : 0x16);
      if (isForeign) {
        text(path.toUri().toString());
      }
      text(path.toString());
    } else if (value instanceof File file) {
      out.writeByte(0x17);
      text(file.getPath());
    } else {
      out.writeByte(tagOf(value.getClass()));
      untagged(value);
    }
  }

  private static int tagOf(Class<?> primitive) {
    List<Class<?>> types = List.of(
        Boolean.class,
        Byte.class,
        Short.class,
        Character.class,
        Integer.class,
        Long.class,
        Float.class,
        Double.class);
    return 1 + types.indexOf(primitive);
  }

  private void untagged(Object value) throws IOException {
    if (value instanceof Boolean bit) {
      out.writeByte(bit ? 1 : 0);
    } else if (value instanceof Byte number) {
      out.writeByte(number);
    } else if (value instanceof Short number) {
      out.writeShort(number);
    } else if (value instanceof Character character) {
      out.writeShort(character);
    } else if (value instanceof Integer number) {
      out.writeInt(number);
    } else if (value instanceof Long number) {
      out.writeLong(number);
    } else if (value instanceof Float number) {
      out.writeInt(number.isNaN() ? 0x7fc00000 : Float.floatToRawIntBits(number));
    } else {
      Double number = (Double) value;
      out.writeLong(number.isNaN() ? 0x7ff8000000000000L : Double.doubleToRawLongBits(number));
    }
  }

  private void components(Record value) throws IOException {
    RecordComponent[] components = value.getClass().getRecordComponents();
    out.writeByte(0x0b);
    text(value.getClass().getName());
    out.writeInt(components.length);
    for (RecordComponent component : components) {
      try {
        value(component.getAccessor().invoke(value));
      } catch (ReflectiveOperationException e) {
        throw new IOException(e);
      }
    }
  }

  private void array(Object array) throws IOException {
    boolean isPrimitive = array.getClass().getComponentType().isPrimitive();
    int length = Array.getLength(array);
    if (isPrimitive) {
      out.writeByte(0x11);
      Object element = Array.get(Array.newInstance(array.getClass().getComponentType(), 1), 0);
      out.writeByte(tagOf(element.getClass()));
    } else {
      out.writeByte(0x10);
    }
    out.writeInt(length);
    for (int i = 0; i < length; i++) {
      if (isPrimitive) {
        untagged(Array.get(array, i));
      } else {
        value(Array.get(array, i));
      }
    }
  }

  private void collection(Object value) throws IOException {
    if (value instanceof List<?> list) {
      out.writeByte(0x0c);
      out.writeInt(list.size());
      all(list);
    } else if (value instanceof Set<?> set) {
      List<byte[]> elements = new ArrayList<>();
      for (Object element : set) {
        elements.add(alone(Arrays.asList(element)));
      }
      out.writeByte(0x0d);
      sorted(elements);
    } else {
      List<byte[]> entries = new ArrayList<>();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        entries.add(alone(Arrays.asList(entry.getKey(), entry.getValue())));
      }
      out.writeByte(0x0e);
      sorted(entries);
    }
  }

  private static byte[] alone(List<?> values) throws IOException {
    SecondKeyEncoder encoder = new SecondKeyEncoder();
    encoder.all(values);
    return encoder.bytes.toByteArray();
  }

  private void sorted(List<byte[]> runs) throws IOException {
    out.writeInt(runs.size());
    runs.sort(Arrays::compareUnsigned);
    for (byte[] run : runs) {
      out.write(run);
    }
  }

  private void time(Object value) throws IOException {
    if (value instanceof Instant instant) {
      out.writeByte(0x20);
      out.writeLong(instant.getEpochSecond());
      out.writeInt(instant.getNano());
    } else if (value instanceof LocalDate date) {
      out.writeByte(0x21);
      out.writeLong(date.toEpochDay());
    } else if (value instanceof LocalTime time) {
      out.writeByte(0x22);
      out.writeLong(time.toNanoOfDay());
    } else if (value instanceof LocalDateTime dateTime) {
      out.writeByte(0x23);
      local(dateTime);
    } else if (value instanceof OffsetDateTime dateTime) {
      out.writeByte(0x24);
      local(dateTime.toLocalDateTime());
      out.writeInt(dateTime.getOffset().getTotalSeconds());
    } else if (value instanceof OffsetTime time) {
      out.writeByte(0x25);
      out.writeLong(time.toLocalTime().toNanoOfDay());
      out.writeInt(time.getOffset().getTotalSeconds());
    } else if (value instanceof ZonedDateTime dateTime) {
      out.writeByte(0x26);
      local(dateTime.toLocalDateTime());
      out.writeInt(dateTime.getOffset().getTotalSeconds());
      text(dateTime.getZone().getId());
    } else if (value instanceof Duration duration) {
      out.writeByte(0x27);
      out.writeLong(duration.getSeconds());
      out.writeInt(duration.getNano());
    } else if (value instanceof Period period) {
      out.writeByte(0x28);
      ints(period.getYears(), period.getMonths(), period.getDays());
    } else if (value instanceof Year year) {
      out.writeByte(0x29);
      ints(year.getValue());
    } else if (value instanceof YearMonth month) {
      out.writeByte(0x2a);
      ints(month.getYear(), month.getMonthValue());
    } else if (value instanceof MonthDay day) {
      out.writeByte(0x2b);
      ints(day.getMonthValue(), day.getDayOfMonth());
    } else {
      out.writeByte(0x2c);
      text(((ZoneId) value).getId());
    }
  }

  private void local(LocalDateTime dateTime) throws IOException {
    out.writeLong(dateTime.toLocalDate().toEpochDay());
    out.writeLong(dateTime.toLocalTime().toNanoOfDay());
  }

  private void ints(int... numbers) throws IOException {
    for (int number : numbers) {
      out.writeInt(number);
    }
  }

  private void bytes(byte[] content) throws IOException {
    out.writeInt(content.length);
    out.write(content);
  }

  private void text(String text) throws IOException {
    ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
    for (int codePoint : text.codePoints().toArray()) {
      if (codePoint >= 0xD800 && codePoint <= 0xDFFF) {
        utf8.write(0xE0 | (codePoint >> 12));
        utf8.write(0x80 | ((codePoint >> 6) & 0x3F));
        utf8.write(0x80 | (codePoint & 0x3F));
      } else {
        utf8.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
      }
    }
    bytes(utf8.toByteArray());
  }
}
