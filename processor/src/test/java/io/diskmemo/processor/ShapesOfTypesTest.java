package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Types and methods of every shape, with the real runtime. */
class ShapesOfTypesTest {

  @Test
  void boundedTypeVariablesAreKeyedByTheirBound() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              enum Level { LOW, HIGH }
              enum Other { LOW }
              sealed interface Shape permits Circle, Square {}
              record Circle(int size) implements Shape {}
              record Square(int size) implements Shape {}
              @DiskMemoize(tag = "{e}") <T extends Enum<T>> int ordinal(T e) { return e.ordinal(); }
              @DiskMemoize <T extends Shape> int size(Map<String, List<T>> shapes, T[] more) {
                return shapes.size();
              }
              @DiskMemoize <T extends Shape & Comparable<T>, X extends Exception> int none(T t) throws X {
                return 0;
              }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                List<Object> results = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                  results.add(main.ordinal(Level.LOW));
                  results.add(main.ordinal(Level.HIGH));
                  results.add(main.ordinal(Other.LOW));
                  main.size(Map.of("a", List.of(new Circle(1))), new Circle[0]);
                  main.size(Map.of("a", List.of(new Square(1))), new Square[0]);
                }
                results.add(Count.computed(memo));
                return results;
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(0, 1, 0, 0, 1, 0, 5L));
  }

  @Test
  void genericClassesAreExtendedWithTheirVariables() throws Throwable {
    Object result = OnDisk.run("""
            class Main<T extends Enum<T>> {
              private final List<T> known;
              Main(List<T> known) { this.known = known; }
              @KeyPart List<T> known() { return known; }
              @DiskMemoize int index(T wanted) { return known.indexOf(wanted); }
              static Object run(DiskMemo memo) {
                Main<Thread.State> main =
                    new MemoizedMain<>(memo, List.of(Thread.State.NEW, Thread.State.BLOCKED));
                Texts<TimeUnit> texts = new MemoizedTexts<>(memo, new Real());
                return List.of(
                    main.index(Thread.State.BLOCKED), main.index(Thread.State.BLOCKED),
                    texts.text(TimeUnit.DAYS), texts.text(TimeUnit.DAYS), Count.computed(memo));
              }
            }
            interface Texts<T extends Enum<T>> { @DiskMemoize String text(T t); }
            final class Real implements Texts<TimeUnit> {
              public String text(TimeUnit unit) { return unit.name(); }
            }
            """);

    assertThat(result).isEqualTo(List.of(1, 1, "DAYS", "DAYS", 2L));
  }

  @Test
  void inheritedMemoizedMethodsAreMemoizedAsWell() throws Throwable {
    Object result = OnDisk.run("""
            class Main extends Base<TimeUnit> {
              @DiskMemoize int own() { return 1; }
              @Override int overridden() { return 3; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                Numbers numbers = new MemoizedNumbers(memo, new One());
                for (int i = 0; i < 2; i++) {
                  main.own();
                  main.inherited(List.of(TimeUnit.DAYS));
                  main.overridden();
                  main.ofInterface();
                  numbers.one();
                  numbers.two();
                }
                return Count.computed(memo);
              }
            }
            class Base<T extends Enum<T>> implements Defaults {
              @DiskMemoize int inherited(List<T> t) { return t.size(); }
              @DiskMemoize int overridden() { return 2; }
            }
            interface Defaults { @DiskMemoize default int ofInterface() { return 4; } }
            interface More { @DiskMemoize int two(); }
            interface Numbers extends More { @DiskMemoize int one(); }
            record One() implements Numbers {
              public int one() { return 1; }
              public int two() { return 2; }
            }
            """);

    assertThat(result).isEqualTo(5L);
  }

  @Test
  void staticMethodsGetAnInstanceWithTheSameMethods() throws Throwable {
    Object result = OnDisk.run("""
            final class Main {
              private Main() {}
              @DiskMemoize static <T extends Enum<T>> int size(String text, T unit) throws IOException {
                return text.length();
              }
              @DiskMemoize public static int sum(int... numbers) { return numbers.length; }
              static int other() { return 0; }
              static Object run(DiskMemo memo) throws IOException {
                MemoizedMain main = new MemoizedMain(memo);
                MemoizedTexts texts = new MemoizedTexts(memo);
                return List.of(
                    main.size("a", TimeUnit.DAYS), main.size("a", TimeUnit.DAYS), main.sum(1, 2),
                    main.peekSum(1, 2).isPresent(), texts.upper("a"), Count.computed(memo));
              }
            }
            interface Texts {
              @DiskMemoize static String upper(String text) { return text.toUpperCase(Locale.ROOT); }
            }
            """);

    assertThat(result).isEqualTo(List.of(1, 1, 2, true, "A", 3L));
  }

  @Test
  void finalClassesAreCalledByTheirWrapper() throws Throwable {
    Object result = OnDisk.run("""
            final class Main {
              @KeyPart final int factor;
              private final String unit;
              @KeyIgnore private final Thread thread = null;
              private Main(int factor, String unit) { this.factor = factor; this.unit = unit; }
              @KeyPart String unit() { return unit; }
              @DiskMemoize String times(int number) { return factor * number + unit; }
              @DiskMemoize static int zero() { return 0; }
              static Object run(DiskMemo memo) {
                MemoizedMain two = new MemoizedMain(memo, new Main(2, "m"));
                MemoizedMain three = new MemoizedMain(memo, new Main(3, "m"));
                MemoizedMain feet = new MemoizedMain(memo, new Main(2, "ft"));
                return List.of(
                    two.times(2), two.times(2), three.times(2), feet.times(2), two.zero(),
                    three.zero(), Count.computed(memo));
              }
            }
            """);

    assertThat(result).isEqualTo(List.of("4m", "4m", "6m", "4ft", 0, 0, 4L));
  }

  @Test
  void recordsAreKeyedByTheirComponents() throws Throwable {
    Object result = OnDisk.run("""
            record Main(int factor, List<String> units, @KeyIgnore Thread thread) {
              @DiskMemoize String times(int factor) { return this.factor * factor + units.get(0); }
              static Object run(DiskMemo memo) {
                MemoizedMain two = new MemoizedMain(memo, new Main(2, List.of("m"), null));
                MemoizedMain same =
                    new MemoizedMain(memo, new Main(2, List.of("m"), Thread.currentThread()));
                MemoizedMain feet = new MemoizedMain(memo, new Main(2, List.of("ft"), null));
                MemoizedBox<TimeUnit> box = new MemoizedBox<>(memo, new Box<>(TimeUnit.DAYS));
                return List.of(
                    two.times(2), same.times(2), feet.times(2), box.name(), Count.computed(memo));
              }
            }
            record Box<T extends Enum<T>>(T value) {
              @DiskMemoize public String name() { return value.name(); }
            }
            """);

    assertThat(result).isEqualTo(List.of("4m", "4m", "4ft", "DAYS", 3L));
  }

  @Test
  void ignoredComponentsOfArgumentsAreNotInTheKey() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record Page(String name, @KeyIgnore Thread renderer, @KeyIgnore int requestId) {}
              @DiskMemoize String render(List<Page> pages) {
                return pages.get(0).name() + pages.get(0).requestId();
              }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                return List.of(
                    main.render(List.of(new Page("a", null, 1))),
                    main.render(List.of(new Page("a", Thread.currentThread(), 2))),
                    main.render(List.of(new Page("b", null, 3))),
                    Count.computed(memo));
              }
            }
            """);

    assertThat(result).isEqualTo(List.of("a1", "a1", "b3", 2L));
  }

  @Test
  void ignoredComponentsOfResultsAreStored() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record Page(String name, @KeyIgnore int size) {}
              @DiskMemoize Page page(String name) { return new Page(name, 7); }
              static Object run(DiskMemo memo) {
                new MemoizedMain(memo).page("a");
                return new MemoizedMain(memo).page("a").size();
              }
            }
            """);

    assertThat(result).isEqualTo(7);
  }

  @Test
  void enumsAreKeyedByTheirConstant() throws Throwable {
    Object result = OnDisk.run("""
            enum Main {
              PLUS { @Override int apply(int a, int b) { return a + b; } },
              TIMES { @Override int apply(int a, int b) { return a * b; } };
              @DiskMemoize abstract int apply(int a, int b);
              static Object run(DiskMemo memo) {
                MemoizedMain plus = new MemoizedMain(memo, PLUS);
                MemoizedMain times = new MemoizedMain(memo, TIMES);
                return List.of(
                    plus.apply(3, 4), plus.apply(3, 4), times.apply(3, 4), Count.computed(memo));
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(7, 7, 12, 2L));
  }

  @Test
  void listsOfAnyEnumAreWrittenByAMethodThatIsCalledSo() {
    assertThat(OnDisk.compile("""
                class Main {
                  @DiskMemoize <T extends Enum<T>> int a(List<T> list) { return 1; }
                }
                """).succeeds().generated("test.MemoizedMain"))
        .contains("void writeEnumList(KeyWriter key, List<? extends Enum<?>> value)");
  }

  @Test
  void unboundedTypeVariables() {
    assertThat(Mistakes.inMethod("@DiskMemoize <T> int a(List<T> t) { return 1; }"))
        .isEqualTo(
            "[DiskMemo-TypeVariable] parameter t has the type variable T, so the shape of its"
                + " values is not known at compile time; write the type out, or give T a bound that is"
                + " an enum, a record or a sealed interface, or annotate the parameter with @KeyIgnore"
                + " if it does not influence the result");
    assertThat(Mistakes.inMethod("@DiskMemoize <T extends Enum<T>> T a() { return null; }"))
        .isEqualTo("[DiskMemo-TypeVariable] result has the type variable T, so the shape of its"
            + " values is not known at compile time; write the type out, in one method for each"
            + " type");
  }

  @Test
  void boundWithoutKey() {
    assertThat(Mistakes.inMethod("@DiskMemoize <T extends Comparable<T>> int a(T t) { return 1; }"))
        .startsWith("[DiskMemo-UnsupportedParameter] parameter t has type"
            + " java.lang.Comparable<?>, which has no canonical encoding for the key;");
  }

  @Test
  void fieldsOfFinalClassesHaveTheirOwnWaysOut() {
    assertThat(
            Mistakes.inSource(
                "final class A { private final int f = hashCode(); @DiskMemoize int a() { return f; } }"))
        .isEqualTo("[DiskMemo-ReceiverState] field f of A is not in the key; if it influences"
            + " results, put @KeyPart on a method f(); if not, annotate the field with @KeyIgnore");
  }

  @Test
  void componentWithoutKey() {
    assertThat(Mistakes.inSource("record A(Thread t) { @DiskMemoize int a() { return 1; } }"))
        .startsWith("[DiskMemo-UnsupportedKeyPart] key part t has type java.lang.Thread, which")
        .endsWith(", or annotate the field with @KeyIgnore if it does not influence results");
  }

  @Test
  void typeVariablesMayHaveAnyName() {
    String wrapper = OnDisk.compile("""
            class Main {
              @DiskMemoize <\u00c4 extends Enum<\u00c4>, \u20ac extends \u00c4> int a(List<\u20ac> list) { return 1; }
            }
            """).succeeds().generated("test.MemoizedMain");

    assertThat(wrapper).contains("boolean evictA(");
  }

  @Test
  void classesOfAWrapperDifferInMoreThanCase() {
    String wrapper = OnDisk.compile("""
            class Main {
              record Row(int a) {}
              static class Other { record ROW(int b) {} }
              @DiskMemoize Row getUrl(int a) { return null; }
              @DiskMemoize Other.ROW getURL(int b) { return null; }
            }
            """).succeeds().generated("test.MemoizedMain");

    assertThat(wrapper)
        .contains("record GetUrlArguments(")
        .contains("record GetURL2Arguments(")
        .contains("class RowCodec ")
        .contains("class ROW2Codec ");
  }
}
