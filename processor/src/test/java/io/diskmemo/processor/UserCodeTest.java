package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Encoders and codecs of users, and classes as JSON. */
class UserCodeTest {
  private static final String TYPES = """
      final class Polygon {
        final String text;
        Polygon(String text) { this.text = text; }
        public String getText() { return text; }
      }
      final class PolygonEncoder implements KeyEncoder<Polygon> {
        @Override public void encode(KeyWriter key, Polygon value) { key.writeString(value.text); }
      }
      final class PolygonCodec implements Codec<Polygon> {
        @Override public void write(ValueWriter out, Polygon value) { out.writeString(value.text); }
        @Override public Polygon read(ValueReader in) { return new Polygon(in.readString()); }
      }
      final class Name implements KeyEncodable {
        private final String text;
        Name(String text) { this.text = text; }
        @Override public void encodeKey(KeyWriter key) { key.writeString(text); }
      }
      """;

  @Test
  void encodersAndEncodableTypesAreInTheKey() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record Named(Name name, List<Name> more) {}
              @KeyPart @KeyedBy(PolygonEncoder.class) final Polygon own;
              Main(String text) { own = new Polygon(text); }
              @DiskMemoize int size(@KeyedBy(PolygonEncoder.class) Polygon area) {
                return area == null ? 0 : area.text.length();
              }
              @DiskMemoize int named(Name name, Named named) { return 1; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo, "a");
                Main other = new MemoizedMain(memo, "b");
                for (int i = 0; i < 2; i++) {
                  main.size(new Polygon("ab"));
                  main.size(new Polygon("cd"));
                  main.size(null);
                  other.size(new Polygon("ab"));
                  main.named(new Name("a"), new Named(new Name("b"), List.of(new Name("c"))));
                  main.named(new Name("a"), new Named(new Name("b"), List.of(new Name("d"))));
                  main.named(null, null);
                }
                return Count.computed(memo);
              }
            }
            """ + TYPES);

    assertThat(result).isEqualTo(7L);
  }

  @Test
  void encodersOfComponentsAreUsed() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record Area(@KeyedBy(PolygonEncoder.class) Polygon outline, int floor) {}
              @DiskMemoize String name(Area area) { return area.outline().text + area.floor(); }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                return List.of(
                    main.name(new Area(new Polygon("a"), 1)), main.name(new Area(new Polygon("a"), 1)),
                    main.name(new Area(new Polygon("b"), 1)), main.name(new Area(new Polygon("a"), 2)),
                    Count.computed(memo));
              }
            }
            """ + TYPES);

    assertThat(result).isEqualTo(List.of("a1", "a1", "b1", "a2", 3L));
  }

  @Test
  void registeredEncodersServeTheirTypeEverywhere() throws Throwable {
    Compiled compiled = OnDisk.compileWithResource(
        "META-INF/services/io.diskmemo.key.KeyEncoder",
        "# ours\ntest.PolygonEncoder # of polygons\ntest.Missing\n",
        """
        class Main {
          record Areas(List<Polygon> areas) {}
          @DiskMemoize int size(Polygon area, Areas areas) { return 1; }
          static Object run(DiskMemo memo) {
            Main main = new MemoizedMain(memo);
            for (int i = 0; i < 2; i++) {
              main.size(new Polygon("a"), new Areas(List.of(new Polygon("b"))));
              main.size(new Polygon("a"), new Areas(List.of(new Polygon("c"))));
            }
            return Count.computed(memo);
          }
        }
        """ + TYPES);

    assertThat(OnDisk.run(compiled.load())).isEqualTo(2L);
  }

  @Test
  void codecsOfUsersAreUsed() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              @DiskMemoize @StoredBy(PolygonCodec.class) Polygon copied() { return new Polygon("a"); }
              @DiskMemoize @StoredBy(value = PolygonCodec.class, shared = true)
              Polygon shared() { return new Polygon("b"); }
              @DiskMemoize @StoredBy(PolygonCodec.class)
              CompletableFuture<Polygon> later() {
                return CompletableFuture.completedFuture(new Polygon("c"));
              }
              static Object run(DiskMemo memo) throws Exception {
                Main main = new MemoizedMain(memo);
                return List.of(
                    main.copied().text, main.copied() == main.copied(), main.shared().text,
                    main.shared() == main.shared(), main.later().get().text, main.later().get().text);
              }
            }
            """ + TYPES);

    assertThat(result).isEqualTo(List.of("a", false, "b", true, "c", "c"));
  }

  @Test
  void codecIsInTheFingerprint() {
    String source = """
        class Main { @DiskMemoize %s Polygon a() { return null; } }
        """ + TYPES + "final class Other implements Codec<Polygon> {\n"
        + " @Override public void write(ValueWriter out, Polygon value) {}\n"
        + " @Override public Polygon read(ValueReader in) { return null; }\n}\n";

    assertThat(List.of(
            fingerprint(source.formatted("")),
            fingerprint(source.formatted("@StoredBy(PolygonCodec.class)")),
            fingerprint(source.formatted("@StoredBy(Other.class)"))))
        .doesNotHaveDuplicates();
  }

  private static String fingerprint(String source) {
    return OnDisk.compile(source)
        .succeeds()
        .generated("test.MemoizedMain")
        .replaceAll("(?s).*\\.fingerprint\\(\"(\\w+)\"\\).*", "$1");
  }

  @Test
  void otherClassesAreKeptAsJsonAndCopied() throws Throwable {
    Object result = OnDisk.run("""
            public class Main {
              public static class Person {
                public String name;
                public List<String> friends = new ArrayList<>();
              }
              public record Group(Person head, List<Person> members) {}
              @DiskMemoize Person person(String name) {
                Person person = new Person();
                person.name = name;
                person.friends.add("x");
                return person;
              }
              @DiskMemoize Group group() { return new Group(person("a"), List.of(person("b"))); }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                Person first = main.person("a");
                first.friends.clear();
                return List.of(
                    main.person("a").friends, main.person("a") == main.person("a"),
                    main.group().head().name, main.group().members().get(0).friends,
                    Count.computed(memo));
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(List.of("x"), false, "a", List.of("x"), 3L));
  }

  @Test
  void commentSaysHowValuesAreKept() {
    String wrapper = OnDisk.compile("""
            class Main {
              @DiskMemoize @StoredBy(PolygonCodec.class) Polygon a() { return null; }
              @DiskMemoize Polygon b() { return null; }
            }
            """ + TYPES).succeeds().generated("test.MemoizedMain");

    assertThat(wrapper)
        .contains("value: {@code Polygon}, written by {@code PolygonCodec}, mutable,")
        .contains("value: {@code Polygon}, as JSON by Jackson, mutable, a copy for each caller")
        .contains(".copiedResult(new PolygonCodec())")
        .contains("POLYGON_JSON = JsonCodec.of(Polygon.class)")
        .contains(".copiedResult(POLYGON_JSON)");
  }

  @Test
  void encoderOfAnotherType() {
    assertThat(mistake("@DiskMemoize int a(@KeyedBy(PolygonEncoder.class) Thread t) { return 1; }"))
        .isEqualTo("[DiskMemo-BadEncoder] PolygonEncoder is a KeyEncoder of test.Polygon, not of"
            + " java.lang.Thread; name one of that type");
  }

  @Test
  void encoderThatIsNone() {
    assertThat(mistake("@DiskMemoize int a(@KeyedBy(String.class) Polygon t) { return 1; }"))
        .isEqualTo("[DiskMemo-BadEncoder] String is no KeyEncoder, so it cannot be the encoder; let"
            + " it implement KeyEncoder<test.Polygon>");
  }

  @Test
  void encoderThatCannotBeMade() {
    assertThat(mistake("""
                @DiskMemoize int a(@KeyedBy(Inner.class) Polygon t) { return 1; }
                abstract static class Inner implements KeyEncoder<Polygon> {}
                """))
        .isEqualTo("[DiskMemo-BadEncoder] the wrapper cannot make the encoder Inner; make it a"
            + " static or top-level class without type parameters, with a constructor without"
            + " parameters that is not private");
  }

  @Test
  void encoderOfAnIgnoredParameter() {
    assertThat(
            mistake(
                "@DiskMemoize int a(@KeyIgnore @KeyedBy(PolygonEncoder.class) Polygon t) { return 1; }"))
        .isEqualTo("[DiskMemo-BadEncoder] parameter t is both @KeyIgnore and @KeyedBy; take one of"
            + " them from it");
  }

  @Test
  void encoderWithoutEffect() {
    assertThat(mistake("@DiskMemoize int b() { return 1; }"
            + " int a(@KeyedBy(PolygonEncoder.class) Polygon t) { return 1; }"))
        .isEqualTo("[DiskMemo-NoEffect] @KeyedBy has no effect on t of something that is in no key,"
            + " for want of @KeyPart; remove it");
  }

  @Test
  void codecOfAnotherType() {
    assertThat(mistake("@DiskMemoize @StoredBy(PolygonCodec.class) String a() { return null; }"))
        .isEqualTo("[DiskMemo-BadCodec] PolygonCodec is a Codec of test.Polygon, not of"
            + " java.lang.String; name one of that type");
  }

  @Test
  void codecWithoutEffect() {
    assertThat(mistake("@DiskMemoize int b() { return 1; }"
            + " @StoredBy(PolygonCodec.class) Polygon a() { return null; }"))
        .isEqualTo("[DiskMemo-NoEffect] @StoredBy has no effect on a of a class, as it is not"
            + " annotated with @DiskMemoize; remove it");
  }

  private static String mistake(String members) {
    Compiled compiled = OnDisk.compile("class Main {\n" + members + "\n}\n" + TYPES);
    assertThat(compiled.errors()).hasSize(1);
    return compiled.errors().get(0);
  }
}
