package io.diskmemo.processor;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.processor.library.Coordinates;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Where memory is looked up by the arguments themselves. */
class ValueArgumentsTest {

  @Test
  void argumentsAreValuesWhereMemoryMayBeLookedUpByThem() {
    String source = OnDisk.compile("""
            class Main {
              record Plain(int a, Inner b) {}
              record Inner(String c) {}
              record Sloppy(String a) {
                @Override public boolean equals(Object o) { return true; }
                @Override public int hashCode() { return 1; }
              }
              record SloppyFinal(String a) {
                public final boolean equals(Object o) { return true; }
                public final int hashCode() { return 1; }
              }
              record OtherEquals(String a) {
                public boolean equals(String o) { return true; }
              }
              record SloppyAnnotated(String a) {
                public final boolean equals(@org.jspecify.annotations.Nullable Object o) { return true; }
                public final int hashCode() { return 1; }
              }
              record HoldsSloppy(Sloppy a) {}
              record HoldsList(List<String> a) {}
              record HoldsPath(Path a) {}
              enum Level {}
              @DiskMemoize int a() { return 1; }
              @DiskMemoize int b(int a, Long b, String c, Level d, UUID e, BigDecimal f, LocalDate g) { return 1; }
              @DiskMemoize int c(Plain a) { return 1; }
              @DiskMemoize int d(OtherEquals a) { return 1; }
              @DiskMemoize int e(int a, @KeyIgnore Thread t) { return 1; }
              @DiskMemoize int f(Sloppy a) { return 1; }
              @DiskMemoize int g(SloppyFinal a) { return 1; }
              @DiskMemoize int h(HoldsSloppy a) { return 1; }
              @DiskMemoize int i(HoldsList a) { return 1; }
              @DiskMemoize int j(URI a) { return 1; }
              @DiskMemoize int k(File a) { return 1; }
              @DiskMemoize int l(byte[] a) { return 1; }
              @DiskMemoize int m(Optional<String> a) { return 1; }
              @DiskMemoize int n(@FileContent Path a) { return 1; }
              @DiskMemoize int o(SloppyAnnotated a) { return 1; }
              @DiskMemoize int p(Path a) { return 1; }
              @DiskMemoize int q(HoldsPath a) { return 1; }
            }
            """).succeeds().generated("test.MemoizedMain");

    assertThat(methodsWith("argumentsAreValues()", source)).isEqualTo("abcde");
    assertThat(lookups("find", source)).isEqualTo("abcde");
    assertThat(lookups("call", source)).isEqualTo("fghijklmnopq");
  }

  /** Methods whose specifications say something. */
  private static String methodsWith(String step, String source) {
    return Pattern.compile("\"test.Main\", \"(\\w)\".*?\\.build\\(\\)", Pattern.DOTALL)
        .matcher(source)
        .results()
        .filter(result -> result.group().contains(step))
        .map(result -> result.group(1))
        .collect(joining());
  }

  private static String lookups(String method, String source) {
    return Pattern.compile("\\b(\\w)\\." + method + "\\(arguments")
        .matcher(source)
        .results()
        .map(result -> result.group(1))
        .collect(joining());
  }

  @Test
  void argumentsThatAreEqualButHaveDifferentKeysAreToldApart() throws Throwable {
    Object computed = OnDisk.run("""
            class Main {
              record Sloppy(String a) {
                @Override public boolean equals(Object o) { return true; }
                @Override public int hashCode() { return 1; }
              }
              record HoldsSloppy(Sloppy a) {}
              @DiskMemoize String direct(Sloppy a) { return a.a(); }
              @DiskMemoize String held(HoldsSloppy a) { return a.a().a(); }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                return List.of(
                    main.direct(new Sloppy("a")), main.direct(new Sloppy("b")),
                    main.held(new HoldsSloppy(new Sloppy("a"))), main.held(new HoldsSloppy(new Sloppy("b"))));
              }
            }
            """);

    assertThat(computed).isEqualTo(List.of("a", "b", "a", "b"));
  }

  @Test
  void recordOfAnotherJarIsNoValue() {
    String record = Coordinates.class.getCanonicalName();
    String source = Compiled.of("""
                package test;
                import io.diskmemo.annotations.*;
                class A { @DiskMemoize int a(%s c) { return 1; } }
                """.formatted(record)).succeeds().generated("test.MemoizedA");

    assertThat(source).doesNotContain("argumentsAreValues").contains("return a.call(arguments");
  }

  @Test
  void argumentsAreNeverAskedForEqualityOrHash() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record Stubborn(String name) {
                @Override public boolean equals(Object other) { throw new IllegalStateException(); }
                @Override public int hashCode() { throw new IllegalStateException(); }
                @Override public String toString() { throw new IllegalStateException(); }
              }
              record Holds(Stubborn stubborn, List<Stubborn> more) {}
              @DiskMemoize(tag = "{a.name}") Stubborn a(Stubborn a) { return a; }
              @DiskMemoize Holds b(Holds b, Stubborn[] array) { return b; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                List<Object> results = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                  results.add(main.a(new Stubborn("a")).name());
                  Stubborn b = new Stubborn("b");
                  results.add(
                      main.b(new Holds(b, List.of(b)), new Stubborn[] {b}).stubborn().name());
                }
                results.add(Count.computed(memo));
                return results;
              }
            }
            """);

    assertThat(result).isEqualTo(List.of("a", "b", "a", "b", 2L));
  }

  @Test
  void recordsNamedAsTheVocabularyOfKeys() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record Key(String key) {}
              record Value(Key value) {}
              record Arguments(Key key, Value out) {}
              record KeyWriter(int in) {}
              @DiskMemoize(tag = "{key.key}") Key key(Key key, Value value, KeyWriter writer) {
                return key;
              }
              @DiskMemoize Value arguments(Arguments arguments, Arguments hit, Key memo) {
                return arguments.out();
              }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                Key key = new Key("k");
                Value value = new Value(key);
                for (int i = 0; i < 2; i++) {
                  main.key(key, value, new KeyWriter(1));
                  main.arguments(new Arguments(key, value), new Arguments(key, value), key);
                }
                return Count.computed(memo);
              }
            }
            """);

    assertThat(result).isEqualTo(2L);
  }

  @Test
  void methodThatIgnoresAnObjectIsNotCalledLater() {
    String source = OnDisk.compile("""
            class Main {
              enum Colour { RED }
              @DiskMemoize int a(int b) { return b; }
              @DiskMemoize int b(int b, @KeyIgnore String name, @KeyIgnore Colour colour) { return b; }
              @DiskMemoize int c(int b, @KeyIgnore AutoCloseable connection) { return b; }
              @DiskMemoize CompletableFuture<Integer> d(int b, @KeyIgnore Object... all) { return null; }
              @DiskMemoize <T> int e(int b, @KeyIgnore T progress) { return b; }
              @DiskMemoize int f(int b, @KeyIgnore long timeout, @KeyIgnore Integer retries) { return b; }
            }
            """).succeeds().generated("test.MemoizedMain");

    assertThat(methodsWith("ignoresObjects()", source)).isEqualTo("cde");
  }
}
