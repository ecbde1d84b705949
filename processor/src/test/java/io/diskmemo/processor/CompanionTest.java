package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The methods that a wrapper has beside each memoized method. */
class CompanionTest {

  @Test
  void peekComputesNothingAndFindsWhatWasComputed() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              @DiskMemoize int size(String text) { return text.length(); }
              @DiskMemoize String nothing() { return null; }
              static Object run(DiskMemo memo) {
                MemoizedMain main = new MemoizedMain(memo);
                Optional<Hit<Integer>> before = main.peekSize("ab");
                long computed = Count.computed(memo);
                main.size("ab");
                main.nothing();
                Hit<Integer> hit = main.peekSize("ab").get();
                Hit<String> none = main.peekNothing().get();
                return Arrays.asList(
                    before, computed, hit.value(), main.peekSize("abc"), none.value());
              }
            }
            """);

    assertThat(result).isEqualTo(Arrays.asList(Optional.empty(), 0L, 2, Optional.empty(), null));
  }

  @Test
  void refreshReplacesTheResult() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              @KeyIgnore int next;
              @DiskMemoize int next() throws IOException { return ++next; }
              static Object run(DiskMemo memo) throws IOException {
                MemoizedMain main = new MemoizedMain(memo);
                return List.of(main.next(), main.next(), main.refreshNext(), main.next());
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(1, 1, 2, 2));
  }

  @Test
  void evictRemovesOneResult() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              @DiskMemoize List<Integer> list(int... numbers) {
                return Arrays.stream(numbers).boxed().toList();
              }
              static Object run(DiskMemo memo) {
                MemoizedMain main = new MemoizedMain(memo);
                main.list(1, 2);
                main.list(3);
                return List.of(
                    main.evictList(1, 2), main.evictList(1, 2), main.peekList(1, 2).isPresent(),
                    main.peekList(3).isPresent());
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(true, false, false, true));
  }

  @Test
  void companionsOfInterfacesKnowTheDelegate() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record Times(int factor) implements Numbers {
                public int of(int number) { return factor * number; }
              }
              static Object run(DiskMemo memo) {
                MemoizedNumbers two = new MemoizedNumbers(memo, new Times(2));
                MemoizedNumbers three = new MemoizedNumbers(memo, new Times(3));
                two.of(1);
                return List.of(
                    two.peekOf(1).isPresent(), three.peekOf(1).isPresent(), three.refreshOf(1),
                    three.evictOf(1), two.peekOf(1).isPresent());
              }
            }
            interface Numbers { @KeyPart int factor(); @DiskMemoize int of(int number); }
            """);

    assertThat(result).isEqualTo(List.of(true, false, 3, true, true));
  }

  @Test
  void companionsHaveTheAccessAndDeprecationOfTheMethod() {
    String wrapper = OnDisk.compile("""
            public class Main {
              @DiskMemoize protected int a() { return 1; }
              @DiskMemoize int b() { return 1; }
              @Deprecated @DiskMemoize public int c() { return 1; }
            }
            """).succeeds().generated("test.MemoizedMain");

    assertThat(wrapper)
        .contains("  protected Optional<Hit<Integer>> peekA() {")
        .contains("  int refreshB() {")
        .contains("  @Deprecated\n  public boolean evictC() {");
  }

  @Test
  void companionThatIsThereAlready() {
    assertThat(Mistakes.inSource("""
                class A {
                  @DiskMemoize int size(String text) { return 1; }
                  boolean evictSize(String text) { return true; }
                }
                """))
        .isEqualTo("[DiskMemo-Companion] the wrapper adds evictSize beside size, but A has a method"
            + " evictSize already; rename one of them");
  }

  @Test
  void companionThatAWrapperWithoutASupertypeHasAlready() {
    assertThat(Mistakes.inSource("""
                final class A {
                  @DiskMemoize static int rates(String day) { return 1; }
                  @Throttled(permits = 1, period = "1s")
                  static int refreshRates(String day) { return 1; }
                }
                """))
        .isEqualTo("[DiskMemo-Companion] the wrapper adds refreshRates beside rates, but A has a"
            + " method refreshRates already; rename one of them");
    assertThat(Mistakes.inSource("""
                record A(int x) {
                  @DiskMemoize int size(String text) { return 1; }
                  @DiskMemoize boolean evictSize(String text) { return true; }
                }
                """))
        .startsWith("[DiskMemo-Companion] the wrapper adds evictSize beside size, but A has");
  }

  @Test
  void methodsThatAWrapperWithoutASupertypeDoesNotHaveAreNoTrouble() {
    OnDisk.compile("""
            final class Main {
              @DiskMemoize static int size(String text) { return 1; }
              static boolean evictSize(String text) { return true; }
            }
            """).succeeds();
  }

  @Test
  void companionOfTwoMethods() {
    assertThat(Mistakes.inSource("""
                class A {
                  @DiskMemoize int size() { return 1; }
                  @DiskMemoize int Size() { return 1; }
                }
                """))
        .isEqualTo("[DiskMemo-Companion] the wrapper adds peekSize beside Size, but adds it beside"
            + " another method too; rename one of them");
  }

  @Test
  void methodsLikeCompanionsThatTheWrapperDoesNotInheritAreNoTrouble() {
    OnDisk.compile("""
            class Main {
              @DiskMemoize int size(String text) { return 1; }
              @SuppressWarnings("unused") // it is in the way, no more
              private boolean evictSize(String text) { return true; }
              boolean evictSize(int number) { return true; }
            }
            """).succeeds();
  }

  @Test
  void companionsHaveTheTypeVariablesThatTheyNeed() {
    String wrapper = OnDisk.compile("""
            public class Main {
              public enum Level { LOW }
              @DiskMemoize <T extends Enum<T>, L extends List<T>, X extends Exception>
              int a(L list) throws X { return 1; }
            }
            """).succeeds().generated("test.MemoizedMain");

    assertThat(wrapper)
        .contains("<T extends Enum<T>, L extends List<T>> Optional<Hit<Integer>> peekA(L list) {")
        .contains("<T extends Enum<T>, L extends List<T>> boolean evictA(L list) {")
        .contains(" int refreshA(L list)");
  }

  @Test
  void otherMethodsMayTakeTheWrapper() {
    Compiled.of("""
            package test;
            import io.diskmemo.annotations.*;
            class A {
              @DiskMemoize int size() { return 1; }
              static int sizeOf(MemoizedA a) { return a.size(); }
            }
            """).succeeds();
  }
}
