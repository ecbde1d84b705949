package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiverStateTest {

  @Test
  void everyKindOfKeyPartIsInTheKey() throws Throwable {
    Object result = OnDisk.run("""
            class Main extends Base {
              @KeyPart int field;
              private final String captured;
              private int asked;
              private boolean flag;
              @KeyIgnore private int ignored;
              private final int constant = 7;
              private static int shared;
              Main(@KeyPart String captured) { this.captured = captured; }
              @KeyPart int asked() { return asked; }
              @KeyPart boolean isFlag() { return flag; }
              @DiskMemoize String join(String captured, int field) {
                return this.captured + this.field + asked + flag + depth + getHeight() + hidden + captured + field;
              }
              @KeyPart int hidden = 1;
              static Object run(DiskMemo memo) {
                Main a = new MemoizedMain(memo, "a");
                Main b = new MemoizedMain(memo, "b");
                List<String> results = new ArrayList<>();
                results.add(a.join("-", 0));
                results.add(b.join("-", 0));
                b.field = 1;
                results.add(b.join("-", 0));
                b.asked = 2;
                results.add(b.join("-", 0));
                b.flag = true;
                results.add(b.join("-", 0));
                b.depth = 3;
                results.add(b.join("-", 0));
                b.height(4);
                results.add(b.join("-", 0));
                ((Base) b).hidden = 5;
                results.add(b.join("-", 0));
                b.ignored = 9;
                results.add(b.join("-", 0));
                results.add(Count.computed(memo) + " computed");
                return results;
              }
            }
            class Base {
              @KeyPart protected int depth;
              private int height;
              @KeyPart int hidden;
              @KeyPart protected int getHeight() { return height; }
              void height(int height) { this.height = height; }
            }
            """);

    assertThat(result)
        .isEqualTo(List.of(
            "a00false001-0",
            "b00false001-0",
            "b10false001-0",
            "b12false001-0",
            "b12true001-0",
            "b12true301-0",
            "b12true341-0",
            "b12true341-0",
            "b12true341-0",
            "8 computed"));
  }

  @Test
  void everyKindOfKeyPartOfAFinalClassIsInTheKey() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static Object run(DiskMemo memo) {
                Words words = new Words();
                MemoizedWords memoized = new MemoizedWords(memo, words);
                List<String> results = new ArrayList<>();
                results.add(memoized.join("-"));
                words.field = 1;
                results.add(memoized.join("-"));
                words.hidden = 2;
                results.add(memoized.join("-"));
                ((Base<String>) words).hidden = "b";
                results.add(memoized.join("-"));
                words.depth = 4;
                results.add(memoized.join("-"));
                words.asked = 5;
                results.add(memoized.join("-"));
                results.add(memoized.join("-"));
                results.add(Count.computed(memo) + " computed");
                return results;
              }
            }
            class Base<T> {
              @KeyPart T hidden;
              @KeyPart protected int depth;
            }
            final class Words extends Base<String> {
              @KeyPart int field;
              @KeyPart int hidden = 1;
              int asked;
              @KeyPart int getAsked() { return asked; }
              @DiskMemoize String join(String delegate) {
                return field + delegate + hidden + super.hidden + depth + asked;
              }
            }
            """);

    assertThat(result)
        .isEqualTo(List.of(
            "0-1null00",
            "1-1null00",
            "1-2null00",
            "1-2b00",
            "1-2b40",
            "1-2b45",
            "1-2b45",
            "6 computed"));
  }

  @Test
  void keyPartMayBeImmutableWithoutBeingComparable() {
    Compiled.of("""
            package test;
            import io.diskmemo.annotations.*;
            import java.net.URI;
            import java.util.Optional;
            class Client {
              private final URI endpoint;
              private final Optional<String> user;
              Client(@KeyPart URI endpoint, @KeyPart Optional<String> user) {
                this.endpoint = endpoint;
                this.user = user;
              }
              @DiskMemoize int size() { return 1; }
            }
            """).succeeds();
  }

  @Test
  void keyPartParameterNeedsNoFieldOfItsName() throws Throwable {
    Object computed = OnDisk.run("""
            class Main {
              @KeyIgnore private final Thread thread;
              Main(@KeyPart String name) { thread = new Thread(name); }
              @DiskMemoize String name() { return thread.getName(); }
              static Object run(DiskMemo memo) {
                return List.of(
                    new MemoizedMain(memo, "a").name(), new MemoizedMain(memo, "b").name(),
                    new MemoizedMain(memo, "a").name(), Count.computed(memo));
              }
            }
            """);

    assertThat(computed).isEqualTo(List.of("a", "b", "a", 2L));
  }

  @Test
  void fieldOfGenericSuperclassHasTheTypeThatTheClassGivesIt() throws Throwable {
    Object result = OnDisk.run("""
            class Main extends Base<String> {
              @KeyPart int value = 1;
              @DiskMemoize String join() { return super.value + this.value + other; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                String first = main.join();
                ((Base<String>) main).value = "b";
                String second = main.join();
                main.other = List.of("c");
                return List.of(first, second, main.join(), main.join(), Count.computed(memo));
              }
            }
            class Base<T> { @KeyPart T value; @KeyPart List<T> other; }
            """);

    assertThat(result).isEqualTo(List.of("null1null", "b1null", "b1[c]", "b1[c]", 3L));
  }

  @Test
  void classWithoutMemoizedMethodsMayHaveKeyParts() {
    Compiled compiled = Compiled.of("""
            package test;
            import io.diskmemo.annotations.*;
            class Base { @KeyPart int a; @KeyIgnore int b; @KeyPart int c() { return 1; } int d; }
            """);

    assertThat(compiled.succeeds().generatedNames()).isEmpty();
  }

  @Test
  void keyPartsOfGenericConstructorsAreInTheKey() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              private final Object unit;
              <E extends Enum<E>> Main(@KeyPart E unit) { this.unit = unit; }
              <F extends Enum<F>> Main(int ignored, @KeyPart F unit) { this.unit = unit; }
              @DiskMemoize String shown(int n) { return n + " " + unit; }
              static Object run(DiskMemo memo) {
                return List.of(
                    new MemoizedMain(memo, TimeUnit.DAYS).shown(1),
                    new MemoizedMain(memo, 1, DayOfWeek.MONDAY).shown(1),
                    new MemoizedMain(memo, 1, TimeUnit.DAYS).shown(1),
                    Count.computed(memo));
              }
            }
            """);

    assertThat(result).isEqualTo(List.of("1 DAYS", "1 MONDAY", "1 DAYS", 2L));
  }

  @Test
  void keyPartMethodsOfRecordsAreInTheKey() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static Object run(DiskMemo memo) {
                MemoizedMatcher a = new MemoizedMatcher(memo, new Matcher(Pattern.compile("a+"), 1));
                MemoizedMatcher b = new MemoizedMatcher(memo, new Matcher(Pattern.compile("b+"), 1));
                return List.of(
                    a.matches("a"), b.matches("a"), a.matches("a"), b.matches("b"),
                    Count.computed(memo));
              }
            }
            record Matcher(@KeyIgnore Pattern pattern, @KeyPart int flags) {
              @KeyPart String text() { return pattern.pattern(); }
              @DiskMemoize boolean matches(String line) { return pattern.matcher(line).matches(); }
            }
            """);

    assertThat(result).isEqualTo(List.of(true, false, true, true, 3L));
  }

  @Test
  void accessorThatIsAKeyPartSaysWhatAnIgnoredComponentIs() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static Object run(DiskMemo memo) {
                return List.of(
                    new MemoizedName(memo, new Name("a")).size(),
                    new MemoizedName(memo, new Name("A")).size(),
                    new MemoizedName(memo, new Name("bb")).size(),
                    Count.computed(memo));
              }
            }
            record Name(@KeyIgnore String text) {
              @KeyPart public String text() { return text.toLowerCase(Locale.ROOT); }
              @DiskMemoize int size() { return text.length(); }
            }
            """);

    assertThat(result).isEqualTo(List.of(1, 1, 2, 2L));
  }

  @Test
  void keyPartOnAComponentThatIsInTheKeyAnywayChangesNothing() {
    String source = """
        record Main(%s int size) { @DiskMemoize int twice() { return 2 * size; } }
        """;

    assertThat(
            OnDisk.compile(source.formatted("@KeyPart")).succeeds().generated("test.MemoizedMain"))
        .isEqualTo(OnDisk.compile(source.formatted("")).succeeds().generated("test.MemoizedMain"));
  }

  @Test
  void keyPartMethodsOfEnumsAreInTheKey() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static Object run(DiskMemo memo) {
                MemoizedLevel low = new MemoizedLevel(memo, Level.LOW);
                MemoizedLevel high = new MemoizedLevel(memo, Level.HIGH);
                List<Object> results = new ArrayList<>();
                results.add(low.above(1));
                Level.LOW.limit = 2;
                results.add(low.above(1));
                results.add(high.above(1));
                results.add(low.above(1));
                results.add(Count.computed(memo));
                return results;
              }
            }
            interface Limited { @KeyPart int getLimit(); }
            enum Level implements Limited {
              LOW, HIGH;
              int limit = 1;
              @KeyPart public int getLimit() { return limit; }
              @DiskMemoize boolean above(int x) { return limit > x; }
            }
            """);

    assertThat(result).isEqualTo(List.of(false, true, false, true, 3L));
  }
}
