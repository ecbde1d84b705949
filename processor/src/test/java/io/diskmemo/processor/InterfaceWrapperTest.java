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
              record Upper(String mark) implements Texts {
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
}
