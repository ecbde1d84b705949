package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is in keys, told by how often a method is computed. */
class KeyTest {

  private static final String TYPES = """
        enum Level { LOW, HIGH { void a() {} } }
        record Point(int x, Integer y) {}
        record Box<T>(T value, List<T> more) {}
        record Deep(Point point, Level level, List<Box<String>> boxes) {}
      """;

  /** A type, and arguments of it that all differ. */
  private static final String ARGUMENTS = """
      boolean; true | false
      byte; (byte) 1 | (byte) 2
      short; (short) 1 | (short) 2
      char; 'a' | 'b'
      int; 1 | 2
      long; 1 | 2
      float; 0f | -0f
      double; 0d | -0d
      Boolean; true | null
      Byte; (byte) 1 | null
      Short; (short) 1 | null
      Character; 'a' | null
      Integer; 1 | null
      Long; 1L | null
      Float; 1f | null
      Double; 1d | null
      String; "" | "a" | null
      Level; Level.LOW | Level.HIGH | null
      Point; new Point(1, 2) | new Point(2, 1) | new Point(1, null) | null
      Box<Integer>; new Box<>(1, List.of()) | new Box<>(1, List.of(1)) | new Box<>(null, null)
      Deep; new Deep(null, Level.LOW, null) | new Deep(null, null, List.of())
      List<String>; List.of() | List.of("a") | List.of("a", "b") | List.of("b", "a") | null
      List<? extends Point>; List.of() | List.of(new Point(1, 1)) | null
      List<List<Integer>>; List.of(List.of(1), List.of(2)) | List.of(List.of(1, 2), List.of()) | List.of(List.of(1, 2))
      Set<Level>; Set.of() | Set.of(Level.LOW) | null
      Map<String, Integer>; Map.of() | Map.of("a", 1) | Map.of("a", 2) | Map.of("b", 1) | null
      Map<? extends Level, List<int[]>>; Map.of(Level.LOW, List.of(new int[] {1})) | Map.of(Level.LOW, List.of())
      Optional<Integer>; Optional.empty() | Optional.of(1) | null
      Optional<List<String>>; Optional.of(List.of()) | Optional.empty()
      byte[]; new byte[] {1} | new byte[] {2} | null
      int[][]; new int[][] {{1}, {2}} | new int[][] {{1, 2}} | new int[][] {{1, 2}, null}
      String[]; new String[] {"a"} | new String[] {"b"} | new String[0]
      Point[][][]; new Point[1][1][1] | new Point[1][2][1]
      List<String>[]; new List[] {List.of("a")} | new List[] {List.of("b")}
      Path; Path.of("a") | Path.of("b")
      File; new File("a") | new File("b")
      URI; URI.create("a:B") | URI.create("A:B")
      UUID; new UUID(1, 2) | new UUID(2, 1)
      BigDecimal; new BigDecimal("1.0") | new BigDecimal("1.00")
      BigInteger; BigInteger.ONE | BigInteger.TWO
      Instant; Instant.EPOCH | Instant.MAX
      LocalDate; LocalDate.EPOCH | LocalDate.MAX
      LocalTime; LocalTime.NOON | LocalTime.MIDNIGHT
      LocalDateTime; LocalDateTime.MIN | LocalDateTime.MAX
      OffsetDateTime; OffsetDateTime.MIN | OffsetDateTime.MAX
      OffsetTime; OffsetTime.MIN | OffsetTime.MAX
      ZonedDateTime; Instant.EPOCH.atZone(ZoneOffset.UTC) | Instant.EPOCH.atZone(ZoneId.of("GMT"))
      Duration; Duration.ZERO | Duration.ofNanos(1)
      Period; Period.ofDays(30) | Period.ofMonths(1)
      Year; Year.of(1) | Year.of(2)
      YearMonth; YearMonth.of(1, 2) | YearMonth.of(1, 3)
      MonthDay; MonthDay.of(1, 2) | MonthDay.of(1, 3)
      ZoneId; ZoneOffset.UTC | ZoneId.of("GMT")
      ZoneOffset; ZoneOffset.UTC | ZoneOffset.MAX
      DayOfWeek; DayOfWeek.MONDAY | DayOfWeek.SUNDAY
      """;

  @Test
  void differentArgumentsHaveDifferentKeysAndEqualOnesTheSame() throws Throwable {
    StringBuilder methods = new StringBuilder(TYPES);
    StringBuilder calls = new StringBuilder();
    Map<String, Long> expected = new TreeMap<>();
    for (String row : ARGUMENTS.lines().toList()) {
      String type = row.substring(0, row.indexOf(';'));
      List<String> arguments = List.of(row.substring(type.length() + 1).split(" \\| ", -1));
      String method = "m" + expected.size();
      methods.append("@DiskMemoize int %s(%s a) { return 1; }\n".formatted(method, type));
      arguments.forEach(a -> calls.append("main.%s(%s);\n".formatted(method, a)));
      arguments.forEach(a -> calls.append("main.%s(%s);\n".formatted(method, a)));
      calls.append("count(\"%s\", memo, counts);\n".formatted(type));
      expected.put(type, (long) arguments.size());
    }
    long keys = expected.values().stream().mapToLong(Long::longValue).sum();

    assertThat(OnDisk.run(countingMain(methods, calls))).isEqualTo(List.of(expected, keys));
  }

  private static String countingMain(CharSequence methods, CharSequence calls) {
    return """
        @SuppressWarnings({"rawtypes", "unchecked"}) // on purpose
        class Main {
          %s
          static Object run(DiskMemo memo) {
            Map<String, Long> counts = new TreeMap<>();
            Main main = new MemoizedMain(memo);
            %s
            return List.of(counts, memo.kind("default").keys().count());
          }
          static void count(String type, DiskMemo memo, Map<String, Long> counts) {
            long before = counts.values().stream().mapToLong(Long::longValue).sum();
            counts.put(type, Count.computed(memo) - before);
          }
        }
        """.formatted(methods, calls);
  }

  @Test
  void orderOfSetsAndMapsDoesNotMatter() throws Throwable {
    Object computed = OnDisk.run("""
            class Main {
              @DiskMemoize int set(Set<String> a) { return 1; }
              @DiskMemoize int map(Map<String, Set<Integer>> a) { return 1; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                main.set(new LinkedHashSet<>(List.of("a", "b")));
                main.set(new LinkedHashSet<>(List.of("b", "a")));
                Map<String, Set<Integer>> map = new TreeMap<>(Map.of("a", Set.of(1), "b", Set.of(2)));
                main.map(map);
                main.map(((TreeMap<String, Set<Integer>>) map).descendingMap());
                return Count.computed(memo);
              }
            }
            """);

    assertThat(computed).isEqualTo(2L);
  }

  @Test
  void argumentsOfNeighboursAreNotMixedUp() throws Throwable {
    Object computed = OnDisk.run("""
            class Main {
              @DiskMemoize int size(String a, String b, List<String> c, String d) { return 1; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                main.size("a", "b", List.of("c"), "d");
                main.size("ab", "", List.of("c"), "d");
                main.size("a", "b", List.of("c", "d"), "");
                main.size("a", "b", List.of(), "cd");
                return Count.computed(memo);
              }
            }
            """);

    assertThat(computed).isEqualTo(4L);
  }

  @Test
  void ignoredParametersAreNotInTheKey() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              @SuppressWarnings("rawtypes") // what is ignored may be of any type
              @DiskMemoize int size(String text, @KeyIgnore Thread thread, @KeyIgnore List raw) {
                return text.length();
              }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                return List.of(main.size("a", null, null), main.size("a", new Thread(), List.of()), Count.computed(memo));
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(1, 1, 1L));
  }

  @Test
  void fileContentIsTheContent() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              @DiskMemoize long size(@FileContent Path path, @FileContent File file) throws IOException {
                return Files.size(path) + file.length();
              }
              static Object run(DiskMemo memo) throws IOException {
                Main main = new MemoizedMain(memo);
                Path one = Files.writeString(memo.directory().resolveSibling("one"), "a");
                Path two = Files.writeString(memo.directory().resolveSibling("two"), "a");
                long first = main.size(one, two.toFile());
                long second = main.size(two, one.toFile());
                Files.writeString(one, "bc");
                long third = main.size(two, one.toFile());
                return List.of(first, second, third, Count.computed(memo));
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(2L, 2L, 3L, 2L));
  }

  @Test
  void overloadsThatDifferInTheBoundOfAnIgnoredVariableDoNotShareKeys() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              @DiskMemoize <T extends Number> String a(@KeyIgnore T t, int n) { return "number" + n; }
              @DiskMemoize <T extends CharSequence> String a(@KeyIgnore T t, int n) { return "text" + n; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                return List.of(main.a(1, 2), main.a("", 2), main.a(3, 2), Count.computed(memo));
              }
            }
            """);

    assertThat(result).isEqualTo(List.of("number2", "text2", "number2", 2L));
  }
}
