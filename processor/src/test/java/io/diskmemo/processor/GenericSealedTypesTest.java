package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of its subtypes a value of a generic sealed interface can be. */
class GenericSealedTypesTest {
  private static final String TYPES = """
      sealed interface Expr<T> permits Num, Text, Many, Both, Table, Unit {}
      record Num<N extends Number & Comparable<? super N>>(N n) implements Expr<N> {}
      record Text(String text) implements Expr<String> {}
      record Many<V>(List<V> values) implements Expr<List<V>> {}
      record Both<V>(V a, V b) implements Expr<Map<V, V>> {}
      record Table<K extends Comparable<K>>(Map<K, int[]> rows) implements Expr<Map<K, int[]>[]> {}
      enum Unit implements Expr<List<? extends Number>> { ONE }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "String                  | Text",
        "Integer                 | Num<Integer>",
        "List<String>            | Many<String>",
        "List<Map<String, Long>> | Many<Map<String, Long>>",
        "List<? extends Number>  | Unit",
        "Map<String, String>     | Both<String>",
        "Map<String, int[]>[]    | Table<String>",
      })
  void subtypeIsTheOneThatCanOccur(String argument, String subtype) {
    String wrapper =
        OnDisk.compile("""
            class Main {
              @DiskMemoize int size(Expr<%1$s> expr) { return 1; }
              @DiskMemoize Expr<%1$s> same(Expr<%1$s> expr) { return expr; }
            }
            """.formatted(argument) + TYPES).succeeds().generated("test.MemoizedMain");

    assertThat(wrapper).contains("(" + subtype + ") value").doesNotContain("instanceof");
  }

  @Test
  void valuesOfGenericSubtypesAreKeptAndRead() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              sealed interface Result<T> permits Many, One, Err {}
              record Many<V>(List<V> values) implements Result<List<V>> {}
              record One<V extends Comparable<V>>(V value) implements Result<List<V>> {}
              record Err<T>(String text, Result<T> cause) implements Result<T> {}
              @DiskMemoize Result<List<String>> same(Result<List<String>> result) { return result; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                List<Result<List<String>>> all =
                    List.of(new Many<>(List.of("a")), new One<>("b"), new Err<>("c", new One<>("d")));
                boolean areSame = true;
                for (int i = 0; i < 2; i++) {
                  for (Result<List<String>> result : all) {
                    areSame &= main.same(result).equals(result);
                  }
                }
                return List.of(areSame, Count.computed(memo));
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(true, 3L));
  }

  @Test
  void valueThatTheCompilerWasToldToAcceptIsComputedWithoutTheCache() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              sealed interface Expr<T> permits Num, Text {}
              record Num<N extends Number>(N n) implements Expr<N> {}
              record Text(String text) implements Expr<String> {}
              @DiskMemoize String shown(Expr<String> expr) { return expr.toString(); }
              @SuppressWarnings({"unchecked", "rawtypes"}) // on purpose
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                Expr<String> wrong = (Expr<String>) (Expr) new Num<>(1);
                return main.shown(wrong) + main.shown(wrong) + memo.kind("default").stats().entries();
              }
            }
            """);

    assertThat(result).isEqualTo("Num[n=1]Num[n=1]0");
  }

  @Test
  void subtypeWithoutTypeArguments() {
    assertThat(Mistakes.inSource("""
            class A { @DiskMemoize int a(Result<String> result) { return 1; } }
            sealed interface Result<T> permits Err, Ok {}
            record Ok<T>(T value) implements Result<T> {}
            @SuppressWarnings("rawtypes") // the mistake
            record Err(String text) implements Result {}
            """))
        .isEqualTo(
            "[DiskMemo-TypeVariable] Err is a Result without type arguments, so that it is not"
                + " known at compile time of which Result it is one; give Result its type arguments in the"
                + " declaration of Err");
  }

  @Test
  void typeArgumentsOfNoSubtype() {
    assertThat(Mistakes.inSource("""
            class A { @DiskMemoize Result<Integer> a() { return null; } }
            sealed interface Result<T> permits Many {}
            record Many<T>(List<T> value) implements Result<List<T>> {}
            """))
        .isEqualTo("[DiskMemo-UnsupportedResult] result has type test.Result<java.lang.Integer>,"
            + " which cannot be stored; give it type arguments of which one of the types that it permits"
            + " can be");
  }
}
