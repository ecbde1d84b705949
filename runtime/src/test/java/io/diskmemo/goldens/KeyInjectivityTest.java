package io.diskmemo.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.goldens.KeyGoldenTest.Tree;
import io.diskmemo.key.KeyWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Different values never share a preimage, and equal ones always do. */
class KeyInjectivityTest {
  private static final List<String> STRINGS =
      List.of("", "a", "b", "ab", "\0", "?", "\uD800", "\uDC00", "\uD800\uDC00", "é", "1", "null");

  @Test
  void valuesThatLookAlikeAreDifferent() {
    List<List<Object>> different = new ArrayList<>();
    for (Object one : Arrays.asList(
        1,
        1L,
        "1",
        '1',
        1.0,
        1.0f,
        (byte) 1,
        (short) 1,
        true,
        0,
        false,
        null,
        "",
        "null",
        0.0,
        -0.0,
        Double.NaN,
        Float.NaN,
        "\uD800",
        "\uDC00",
        "?",
        "\uFFFD",
        List.of(),
        Set.of(),
        Map.of(),
        Optional.empty(),
        Optional.of(""),
        List.of(""),
        List.of(List.of()),
        Set.of(""),
        new BigDecimal("1.0"),
        new BigDecimal("1.00"),
        List.of("ab", "c"),
        List.of("a", "bc"),
        List.of("abc"),
        List.of("a", "b", "c"),
        List.of(List.of("a"), "b"),
        List.of("a", List.of("b")),
        Map.of("a", "b"),
        Set.of("a", "b"),
        List.of("a", "b"))) {
      different.add(Arrays.asList(one));
    }
    different.add(Arrays.asList("ab", "c"));
    different.add(Arrays.asList("a", "bc"));
    different.add(Arrays.asList("a", null));
    different.add(Arrays.asList(null, "a"));
    different.add(Arrays.asList(List.of(), "a"));
    Set<String> preimages = new LinkedHashSet<>();
    for (List<Object> arguments : different) {
      assertThat(preimages.add(preimage(arguments))).as("%s", arguments).isTrue();
    }
  }

  /** Without an end, a branch of the first would be the second, and both pairs the same bytes. */
  @Test
  void whatWritesItselfEndsBeforeItsNeighbour() {
    Tree leaf = new Tree(List.of());
    Tree branch = new Tree(List.of(leaf));

    assertThat(preimageOf(key -> {
          key.write(branch);
          key.write(leaf);
        }))
        .isNotEqualTo(preimageOf(key -> {
          key.write(leaf);
          key.write(branch);
        }));
  }

  @Test
  void pathsOfDifferentFileSystemsDiffer() {
    FileSystem jdk = FileSystems.getFileSystem(URI.create("jrt:/"));
    Path inJdk = jdk.getPath("/modules/java.base");
    Set<String> preimages = new LinkedHashSet<>();
    for (Path path : List.of(inJdk, jdk.getPath("modules/java.base"), Path.of("jrt:/java.base"))) {
      preimages.add(preimageOf(key -> key.write(path)));
    }

    assertThat(inJdk.toUri()).hasToString("jrt:/java.base");
    assertThat(preimages).hasSize(3);
  }

  @Test
  void everyNotANumberIsTheSame() {
    Set<String> preimages = new LinkedHashSet<>();
    for (long payload = 1; payload < 100; payload++) {
      preimages.add(preimage(List.of(Double.longBitsToDouble(0x7FF0000000000000L + payload))));
    }
    assertThat(preimages).hasSize(1);
  }

  @Test
  void randomArgumentsShareAPreimageExactlyIfTheyAreEqual() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    Map<String, List<Object>> seen = new HashMap<>();
    Map<List<Object>, String> preimages = new HashMap<>();
    for (int i = 0; i < 60_000; i++) {
      List<Object> arguments = new ArrayList<>();
      for (int n = random.nextInt(3); n >= 0; n--) {
        arguments.add(value(random, 3));
      }
      String preimage = preimage(arguments);
      List<Object> before = seen.putIfAbsent(preimage, arguments);
      assertThat(before == null || before.equals(arguments))
          .as("seed %d: %s and %s share a preimage", seed, before, arguments)
          .isTrue();
      String earlier = preimages.putIfAbsent(arguments, preimage);
      assertThat(earlier == null || earlier.equals(preimage))
          .as("seed %d: %s has two preimages", seed, arguments)
          .isTrue();
    }
    assertThat(seen).hasSizeGreaterThan(10_000);
  }

  private static Object value(Random random, int depth) {
    int size = random.nextInt(3);
    return switch (random.nextInt(depth == 0 ? 8 : 13)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt(4) - 1;
      case 3 -> random.nextInt(4) - 1L;
      case 4 -> (char) ('a' + random.nextInt(3));
      case 5 -> new double[] {0.0, -0.0, 1, Double.NaN}[random.nextInt(4)];
      case 6, 7 -> STRINGS.get(random.nextInt(STRINGS.size()));
      case 8, 9 -> {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
      case 10 -> {
        Set<Object> set = new LinkedHashSet<>();
        for (int i = 0; i < size; i++) {
          set.add(value(random, depth - 1));
        }
        yield set;
      }
      case 11 -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
          map.put(value(random, depth - 1), value(random, depth - 1));
        }
        yield map;
      }
      default -> Optional.ofNullable(value(random, depth - 1));
    };
  }

  private static String preimage(List<Object> arguments) {
    return preimageOf(key -> arguments.forEach(argument -> write(key, argument)));
  }

  private static String preimageOf(Consumer<KeyWriter> arguments) {
    KeyWriter key = new KeyWriter();
    arguments.accept(key);
    return HexFormat.of().formatHex(Preimage.of(key));
  }

  private static void write(KeyWriter key, Object value) {
    if (value == null) {
      key.writeNull();
    } else if (value instanceof Boolean v) {
      key.write(v);
    } else if (value instanceof Byte v) {
      key.write(v);
    } else if (value instanceof Short v) {
      key.write(v);
    } else if (value instanceof Integer v) {
      key.write(v);
    } else if (value instanceof Long v) {
      key.write(v);
    } else if (value instanceof Character v) {
      key.write(v);
    } else if (value instanceof Float v) {
      key.write(v);
    } else if (value instanceof Double v) {
      key.write(v);
    } else if (value instanceof BigDecimal v) {
      key.write(v);
    } else if (value instanceof String v) {
      key.write(v);
    } else if (value instanceof Optional<?> v) {
      key.beginOptional(v.isPresent());
      v.ifPresent(inner -> write(key, inner));
    } else if (value instanceof List<?> v) {
      key.beginList(v.size());
      v.forEach(element -> write(key, element));
    } else if (value instanceof Set<?> v) {
      key.beginSet(v.size());
      v.forEach(element -> {
        key.beginElement();
        write(key, element);
      });
      key.endSet();
    } else {
      Map<?, ?> map = (Map<?, ?>) value;
      key.beginMap(map.size());
      map.forEach((name, element) -> {
        key.beginElement();
        write(key, name);
        write(key, element);
      });
      key.endMap();
    }
  }
}
