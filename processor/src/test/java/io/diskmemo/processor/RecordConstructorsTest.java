package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results that are records whose constructors do more than keep what they are given. */
class RecordConstructorsTest {
  private static final String MAIN = """
      class Main {
        %s
        record Holder(Optional<Map<String, List<R>>> held) {}
        @DiskMemoize Holder value() { return new Holder(Optional.of(Map.of("a", List.of(%s)))); }
        static Object run(DiskMemo memo) {
          Main main = new MemoizedMain(memo);
          String first = main.value().held().get().get("a").get(0).toString();
          String second = main.value().held().get().get("a").get(0).toString();
          return List.of(first.equals(second), Count.computed(memo),
              memo.kind("default").stats().refusedUnreadable());
        }
      }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "record R(int n) { R { n = n + 1; } }                              | new R(1)",
        "record R(int n) { R(int n) { this.n = n * 2; } }                  | new R(1)",
        "record R(String s) { R { s = s.substring(1); } }                  | new R(\"abc\")",
        "record R(List<Integer> l) { R { l = new ArrayList<>(l); Collections.reverse(l); } }"
            + " | new R(List.of(1, 2))",
        "record R(Set<Integer> l) { R { l = new HashSet<>(l); l.add(l.size()); } }"
            + " | new R(Set.of(7))",
      })
  void valueThatItsConstructorChangesIsReturnedAndNotKept(String type, String value)
      throws Throwable {
    assertThat(OnDisk.run(MAIN.formatted(type, value))).isEqualTo(List.of(true, 2L, 2L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "record R(int n) { R { if (n < 0) { throw new IllegalArgumentException(); } } } | new R(1)",
        "record R(String s) { R { s = s.strip(); } }                       | new R(\" a \")",
        "record R(List<Integer> l) { R { l = l.stream().sorted().toList(); } }"
            + " | new R(List.of(2, 1))",
        "record R(List<Integer> l) { R { l = List.copyOf(l); } }           | new R(List.of(2, 1))",
      })
  void valueThatItsConstructorLeavesAsItIsIsKept(String type, String value) throws Throwable {
    assertThat(OnDisk.run(MAIN.formatted(type, value))).isEqualTo(List.of(true, 1L, 0L));
  }

  @Test
  void anotherOrderOfSetsAndMapsIsNoChange() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static <T> Set<T> reversed(Set<T> set) {
                List<T> list = new ArrayList<>(set);
                Collections.reverse(list);
                return new LinkedHashSet<>(list);
              }
              record R(Set<String> set, Map<String, Set<Integer>> map, int[] array) {
                R {
                  set = reversed(set);
                  Map<String, Set<Integer>> backwards = new LinkedHashMap<>();
                  for (String key : reversed(map.keySet())) {
                    backwards.put(key, reversed(map.get(key)));
                  }
                  map = backwards;
                }
              }
              @DiskMemoize R value() {
                return new R(Set.of("a", "bc", ""), Map.of("x", Set.of(1, 2), "y", Set.of(3, 4, 5)),
                    new int[] {1});
              }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                R first = main.value();
                R second = main.value();
                return List.of(first.set().equals(second.set()), first.map().equals(second.map()),
                    Count.computed(memo));
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(true, true, 1L));
  }

  @Test
  void collectionThatAConstructorMakesIsNotSharedByCallers() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record Copying(List<String> list) { Copying { list = new ArrayList<>(list); } }
              record Plain(List<String> list) {}
              @DiskMemoize Copying copying() { return new Copying(List.of("a")); }
              @DiskMemoize Plain plain() { return new Plain(List.of("a")); }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                main.copying().list().add("b");
                main.copying().list().add("c");
                return List.of(main.copying().list(), main.plain() == main.plain(),
                    Count.computed(memo));
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(List.of("a"), true, 2L));
  }

  @Test
  void onlyWhatMayChangeIsCompared() {
    String wrapper = OnDisk.compile("""
            class Main {
              record Plain(Set<String> set) {
                Plain(String one) { this(Set.of(one)); }
                static Plain of() { return new Plain(Set.of()); }
              }
              record Checked(String text) { Checked { text = text.strip(); } }
              @DiskMemoize Plain a() { return null; }
              @DiskMemoize Checked b() { return null; }
              @DiskMemoize List<Checked> c() { return null; }
              @DiskMemoize io.diskmemo.processor.library.Coordinates d() { return null; }
            }
            """).succeeds().generated("test.MemoizedMain");

    assertThat(wrapper.split("comparedResult\\(\\)\\s+\\.sharedResult\\(new CheckedCodec", -1))
        .hasSize(2);
    assertThat(wrapper)
        .containsPattern("comparedResult\\(\\)\\s+\\.copiedResult\\(new CheckedListCodec|"
            + "comparedResult\\(\\)\\s+\\.sharedResult\\(new CheckedListCodec")
        .containsPattern("comparedResult\\(\\)\\s+\\.\\w+\\(new CoordinatesCodec")
        .doesNotContainPattern("comparedResult\\(\\)\\s+\\.\\w+\\(new PlainCodec")
        .doesNotContain("beginUnordered");
  }

  @Test
  void setIsSortedWhereAnyResultThatHasItIsCompared() {
    String wrapper = OnDisk.compile("""
            class Main {
              record Plain(Set<String> set) {}
              record Checked(Set<String> set) { Checked { set = Set.copyOf(set); } }
              @DiskMemoize Plain a() { return null; }
              @DiskMemoize Checked b() { return null; }
            }
            """).succeeds().generated("test.MemoizedMain");

    assertThat(wrapper).containsOnlyOnce("void writeStringSet").containsOnlyOnce("beginUnordered");
  }
}
