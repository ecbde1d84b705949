package io.diskmemo.goldens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.goldens.KeyGoldenTest.Tree;
import io.diskmemo.key.Key;
import io.diskmemo.key.KeyEncodable;
import io.diskmemo.key.KeyWriter;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Different values never share a preimage, and equal ones always do. */
class KeyInjectivityTest {
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
          key.writeEncodable(branch);
          key.writeEncodable(leaf);
        }))
        .isNotEqualTo(preimageOf(key -> {
          key.writeEncodable(leaf);
          key.writeEncodable(branch);
        }));
  }

  @Test
  void pathsOfDifferentFileSystemsDiffer() {
    FileSystem jdk = FileSystems.getFileSystem(URI.create("jrt:/"));
    Path inJdk = jdk.getPath("/modules/java.base");
    Set<String> preimages = new LinkedHashSet<>();
    for (Path path : List.of(inJdk, jdk.getPath("modules/java.base"), Path.of("jrt:/java.base"))) {
      preimages.add(preimageOf(key -> key.writePath(path)));
    }

    assertThat(inJdk.toUri()).hasToString("jrt:/java.base");
    assertThat(preimages).hasSize(3);
  }

  /** Such a name may be that of another class in the next run. */
  @Test
  void encodableOfAClassWithoutALastingNameIsRefused() {
    record Local() implements KeyEncodable {
      @Override
      public void encodeKey(KeyWriter key) {}
    }
    KeyEncodable lambda = key -> key.writeInt(1);
    KeyEncodable anonymous = new KeyEncodable() {
      @Override
      public void encodeKey(KeyWriter key) {}
    };
    KeyEncodable proxy = (KeyEncodable) Proxy.newProxyInstance(
        KeyEncodable.class.getClassLoader(),
        new Class<?>[] {KeyEncodable.class},
        (self, method, arguments) -> null);

    assertNameless(key -> key.writeEncodable(lambda), "a lambda or method reference");
    assertNameless(key -> key.writeEncodable(anonymous), "an anonymous class");
    assertNameless(key -> key.writeEncodable(new Local()), "a class inside a method");
    assertNameless(key -> key.writeEncodable(proxy), "a proxy");
    assertNameless(
        key -> key.writeEncoded("a", (writer, value) -> writer.writeString(value)),
        "a lambda or method reference");
  }

  private enum Scale implements KeyEncodable {
    PLAIN,
    METRIC {},
    OLD {};

    @Override
    public void encodeKey(KeyWriter key) {}
  }

  /** Their classes have numbers for names, which say what is told apart by the names of the constants. */
  @Test
  void constantsWithABodyGoByTheirNames() {
    List<String> keys = Stream.of(Scale.values())
        .map(scale -> preimageOf(key -> key.writeEncodable(scale)))
        .toList();
    assertThat(keys).doesNotHaveDuplicates();
    assertThat(keys.get(1))
        .contains(HexFormat.of().formatHex("Scale.METRIC".getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertNameless(Consumer<KeyWriter> writing, String what) {
    assertThatThrownBy(() -> writing.accept(new KeyWriter()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the class of an argument, or of its encoder, is %s, whose name may be that of"
                + " another in the next run; make it a named class",
            what);
  }

  /** Parts that were put together, and whose string says others. */
  @Test
  void uriWhoseStringIsThatOfAnotherIsRefused() {
    URI page = URI.create("https://w/page/");
    for (URI uri : List.of(
        page.relativize(URI.create("https://w/page/Talk:Main")),
        page.relativize(URI.create("https://w/page/1:2")),
        URI.create("file:////host/a").resolve("#b"))) {
      assertThatThrownBy(() -> preimageOf(key -> key.writeUri(uri)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(uri.toString());
      assertThatThrownBy(() -> new ValueWriter().writeUri(uri))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(uri.toString());
    }
  }

  @Test
  void otherUrisAreWrittenAsTheirStrings() {
    URI page = URI.create("https://w/page/");
    for (URI uri : List.of(
        page,
        page.relativize(URI.create("https://w/page/a/b:c?d#e")),
        page.relativize(page),
        page.resolve("../a:b"),
        URI.create("https://w").resolve("/en"),
        URI.create("https://w?q"),
        URI.create("file:////host/a"),
        URI.create("file:/a:b"),
        URI.create("a/b:c"),
        URI.create("mailto:a@b"),
        URI.create("x:a"),
        URI.create("x:////a"),
        URI.create("//h/a"),
        URI.create("#f"),
        URI.create("./a:b").normalize())) {
      ValueWriter out = new ValueWriter();
      out.writeUri(uri);

      assertThat(new ValueReader(out.toBytes()).readUri()).isEqualTo(uri);
      assertThat(preimageOf(key -> key.writeUri(uri)))
          .isEqualTo(preimageOf(key -> key.writeUri(URI.create(uri.toString()))));
    }
  }

  /** Bytes that are no characters of file names all look the same in a string. */
  @Test
  void pathsWhoseStringsAreTheSameDiffer() {
    Path first = Path.of(URI.create("file:///tmp/caf%E9"));
    Path second = Path.of(URI.create("file:///tmp/caf%EA"));
    assumeThat(first.toString()).isEqualTo(second.toString());

    assertThat(first).isNotEqualTo(second);
    assertThat(preimageOf(key -> key.writePath(first)))
        .isNotEqualTo(preimageOf(key -> key.writePath(second)));
  }

  @Test
  void pathOfADirectoryIsTheSameWhenThatIsGone(@TempDir Path directory) throws Exception {
    Path path = Path.of(URI.create(directory.toUri() + "caf%E9"));
    assumeThat(path.toString()).contains("\uFFFD");
    String before = preimageOf(key -> key.writePath(path));
    Files.createDirectory(path);

    assertThat(preimageOf(key -> key.writePath(path))).isEqualTo(before);
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
  void randomArgumentsShareAKeyExactlyIfTheyAreEqual() {
    long seed = Long.getLong("seed", System.nanoTime());
    KeyedValues values = new KeyedValues(new Random(seed));
    Map<Key, Object> structures = new HashMap<>();
    Map<Object, Key> keys = new HashMap<>();
    for (int i = 0; i < 60_000; i++) {
      List<Object> arguments = values.arguments();
      Object structure = arguments.stream().map(KeyedValues::structure).toList();
      Key key = key(arguments);
      assertThat(structures.putIfAbsent(key, structure))
          .as("seed %d: others with the key of %s", seed, structure)
          .isIn(null, structure);
      assertThat(keys.putIfAbsent(structure, key))
          .as("seed %d: another key of %s", seed, structure)
          .isIn(null, key);
    }
    assertThat(structures).hasSizeBetween(10_000, 59_000);
  }

  @Test
  void orderOfRandomSetsAndMapsDoesNotMatter() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    KeyedValues values = new KeyedValues(random);
    for (int i = 0; i < 2_000; i++) {
      List<Object> elements = new ArrayList<>(values.arguments());
      elements.addAll(values.arguments());
      Key set = key(List.of(new LinkedHashSet<>(elements)));
      Key map = key(List.of(mapOf(elements)));
      Collections.shuffle(elements, random);
      assertThat(key(List.of(new LinkedHashSet<>(elements))))
          .as("seed %d", seed)
          .isEqualTo(set);
      assertThat(key(List.of(mapOf(elements)))).as("seed %d", seed).isEqualTo(map);
    }
  }

  private static Map<Object, Object> mapOf(List<Object> elements) {
    Map<Object, Object> map = new LinkedHashMap<>();
    elements.forEach(element -> map.put(element, Arrays.asList(element)));
    return map;
  }

  private static Key key(List<Object> arguments) {
    KeyWriter key = new KeyWriter();
    arguments.forEach(argument -> KeyedValues.write(key, argument));
    return key.toKey();
  }

  private static String preimage(List<Object> arguments) {
    return preimageOf(key -> arguments.forEach(argument -> KeyedValues.write(key, argument)));
  }

  private static String preimageOf(Consumer<KeyWriter> arguments) {
    KeyWriter key = new KeyWriter();
    arguments.accept(key);
    return HexFormat.of().formatHex(Preimage.of(key));
  }
}
