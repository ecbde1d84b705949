package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class InterfaceWrapperTest {

  @Test
  void delegateIsAskedOnce() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record Upper(@KeyIgnore String mark) implements Texts {
                public String change(String text) { return text.toUpperCase() + mark; }
              }
              static Object run(DiskMemo memo) {
                Texts texts = new MemoizedTexts(memo, new Upper("!"));
                return List.of(texts.change("a"), texts.change("a"), texts.twice("b"), Count.computed(memo));
              }
            }
            interface Texts {
              @DiskMemoize String change(String text);
              default String twice(String text) { return change(change(text)); }
            }
            """);

    assertThat(result).isEqualTo(List.of("A!", "A!", "B!!", 1L));
  }

  @Test
  void implementationsAreToldApart() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static class One implements Numbers { public int number() { return 1; } }
              static class Two implements Numbers { public int number() { return 2; } }
              static Object run(DiskMemo memo) {
                return List.of(
                    new MemoizedNumbers(memo, new One()).number(),
                    new MemoizedNumbers(memo, new Two()).number(),
                    new MemoizedNumbers(memo, new One()).number(),
                    Count.computed(memo));
              }
            }
            interface Numbers { @DiskMemoize int number(); }
            """);

    assertThat(result).isEqualTo(List.of(1, 2, 1, 2L));
  }

  @Test
  void keyPartsOfTheDelegateAreInTheKey() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record Times(int factor) implements Numbers {
                public int of(int number) { return factor * number; }
              }
              static Object run(DiskMemo memo) {
                return List.of(
                    new MemoizedNumbers(memo, new Times(2)).of(3),
                    new MemoizedNumbers(memo, new Times(5)).of(3),
                    new MemoizedNumbers(memo, new Times(2)).of(3),
                    Count.computed(memo));
              }
            }
            interface Base { @KeyPart int factor(); }
            interface Numbers extends Base { @DiskMemoize int of(int factor); }
            """);

    assertThat(result).isEqualTo(List.of(6, 15, 6, 2L));
  }

  @Test
  void lambdaIsRefused() {
    assertThatThrownBy(() -> OnDisk.run("""
                    class Main {
                      static Object run(DiskMemo memo) { return new MemoizedNumbers(memo, () -> 1); }
                    }
                    interface Numbers { @DiskMemoize int number(); }
                    """))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the delegate is a lambda or method reference, whose class")
        .hasMessageEndingWith("make it a named class that implements test.Numbers");
  }

  @Test
  void allOtherMethodsArePassedOn() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static class Real implements Numbers {
                public int number() { return 1; }
                public List<String> list(String text) { return List.of(text); }
                public void run() {}
                public <T extends Comparable<T>> T max(List<? extends T> list) { return Collections.max(list); }
                public int hidden() { return 2; }
                public String join(String... parts) throws IOException { return String.join(",", parts); }
                public Integer value() { return 7; }
                public int compare(String a, String b) { return 9; }
                public Numbers clone() { return this; }
              }
              static Object run(DiskMemo memo) throws IOException {
                Numbers numbers = new MemoizedNumbers(memo, new Real());
                numbers.run();
                return List.of(
                    numbers.number(), numbers.list("x"), numbers.max(List.of(3, 4)), numbers.hidden(),
                    numbers.join("a", "b"), numbers.value(), numbers.compare("", ""),
                    numbers.reversed().compare("", ""));
              }
            }
            interface Base<T> { List<T> list(T t); Object value(); default int hidden() { return 0; } }
            interface Other { Number value(); int hidden(); }
            interface Numbers extends Base<String>, Other, Runnable, Comparator<String> {
              @DiskMemoize int number();
              <T extends Comparable<T>> T max(List<? extends T> list);
              String join(String... parts) throws IOException;
              Integer value();
              int hidden();
              boolean equals(Object other);
              Numbers clone();
              String toString();
              static int none() { return 1; }
            }
            """);

    assertThat(result).isEqualTo(List.of(1, List.of("x"), 4, 2, "a,b", 7, 9, 9));
  }

  @Test
  void defaultMethodsMayBeMemoized() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static class Real implements Numbers { public int one() { return 1; } }
              static Object run(DiskMemo memo) {
                Numbers numbers = new MemoizedNumbers(memo, new Real());
                return List.of(numbers.plus(1), numbers.plus(1), Count.computed(memo));
              }
            }
            interface Numbers {
              int one();
              @DiskMemoize default int plus(int n) { return n + one(); }
            }
            """);

    assertThat(result).isEqualTo(List.of(2, 2, 1L));
  }

  private static final String TEXTS = """
      interface Base { @DiskMemoize String change(String text); }
      interface Texts extends Base { @DiskMemoize String more(String text); %s }
      """;

  @Test
  void statefulDelegateThatNothingTellsApartIsRefused() {
    assertThatThrownBy(() -> OnDisk.run("""
                    class Main {
                      record Adding(String mark) implements Texts {
                        public String change(String text) { return text + mark; }
                        public String more(String text) { return text; }
                      }
                      static Object run(DiskMemo memo) {
                        return new MemoizedTexts(memo, new Adding("!"));
                      }
                    }
                    """ + TEXTS.formatted("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the delegate is a test.Main$Adding, which has the field mark, so")
        .hasMessageContaining(
            "let Adding implement KeyEncodable, or give Texts a method with @KeyPart");
  }

  @Test
  void wrapperOfAClassWithAGateIsADelegateAsTheClassIs() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static class Gated implements Texts {
                @OneAtATime public String change(String text) { return text + "!"; }
                public String more(String text) { return text; }
              }
              static Object run(DiskMemo memo) {
                Texts texts = new MemoizedTexts(memo, new MemoizedMain_Gated(memo));
                return List.of(texts.change("a"), texts.change("a"), Count.computed(memo));
              }
            }
            """ + TEXTS.formatted(""));

    assertThat(result).isEqualTo(List.of("a!", "a!", 1L));
  }

  @Test
  void encodableDelegatesAreToldApart() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record Adding(String mark) implements Texts, KeyEncodable {
                public String change(String text) { return text + mark; }
                public String more(String text) { return text; }
                public void encodeKey(KeyWriter key) { key.writeString(mark); }
              }
              static Object run(DiskMemo memo) {
                List<Object> results = new ArrayList<>();
                for (String mark : List.of("!", "?", "!")) {
                  results.add(new MemoizedTexts(memo, new Adding(mark)).change("a"));
                }
                results.add(Count.computed(memo));
                return results;
              }
            }
            """ + TEXTS.formatted(""));

    assertThat(result).isEqualTo(List.of("a!", "a?", "a!", 2L));
  }

  @Test
  void wrappersAroundWrappersAreToldApartByWhatIsInside() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static class One implements Texts {
                public String change(String text) { return text + 1; }
                public String more(String text) { return text; }
              }
              static class Two extends One {
                public String change(String text) { return text + 2; }
              }
              static Object run(DiskMemo memo) {
                List<Object> results = new ArrayList<>();
                for (Texts texts : List.of(new One(), new Two(), new One())) {
                  Texts wrapped = new MemoizedTexts(memo, new MemoizedTexts(memo, texts));
                  results.add(wrapped.change("a"));
                  results.add(new MemoizedBase(memo, wrapped).change("a"));
                }
                results.add(Count.computed(memo));
                return results;
              }
            }
            """ + TEXTS.formatted(""));

    assertThat(result).isEqualTo(List.of("a1", "a1", "a2", "a2", "a1", "a1", 6L));
  }

  @Test
  void wrapperAroundAWrapperSeesItsKeyPartsThoughItsInterfaceHasNone() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static class Adding implements Texts {
                String mark;
                public String mark() { return mark; }
                public String change(String text) { return text + mark; }
                public String more(String text) { return text; }
              }
              static Object run(DiskMemo memo) {
                Adding adding = new Adding();
                Base base = new MemoizedBase(memo, new MemoizedTexts(memo, adding));
                List<Object> results = new ArrayList<>();
                for (String mark : List.of("!", "?", "!")) {
                  adding.mark = mark;
                  results.add(base.change("a"));
                }
                results.add(Count.computed(memo));
                return results;
              }
            }
            """ + TEXTS.formatted("@KeyPart String mark();"));

    assertThat(result).isEqualTo(List.of("a!", "a?", "a!", 4L));
  }

  @Test
  void constantsOfAnEnumAreToldApart() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              enum Marks implements Texts {
                ONE { public String change(String text) { return text + 1; } },
                TWO { public String change(String text) { return text + 2; } };
                public String more(String text) { return text; }
              }
              static Object run(DiskMemo memo) {
                return List.of(new MemoizedTexts(memo, Marks.ONE).change("a"),
                    new MemoizedTexts(memo, Marks.TWO).change("a"),
                    new MemoizedTexts(memo, Marks.ONE).change("a"), Count.computed(memo));
              }
            }
            """ + TEXTS.formatted(""));

    assertThat(result).isEqualTo(List.of("a1", "a2", "a1", 2L));
  }

  @Test
  void delegateThatCannotWriteItselfAnyMoreIsCalledWithoutTheCache() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static class Adding implements Texts, KeyEncodable {
                String mark = "!";
                public String change(String text) { return text + mark; }
                public String more(String text) { return text; }
                public void encodeKey(KeyWriter key) { key.writeString(mark.strip()); }
              }
              static Object run(DiskMemo memo) {
                Adding adding = new Adding();
                Texts texts = new MemoizedTexts(memo, adding);
                adding.mark = null;
                return List.of(texts.change("a"), texts.change("a"), Count.computed(memo),
                    memo.kind("default").stats().entries());
              }
            }
            """ + TEXTS.formatted(""));

    assertThat(result).isEqualTo(List.of("anull", "anull", 2L, 0L));
  }
}
