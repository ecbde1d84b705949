package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CodecTest {

  private static final String TYPES = """
        enum Level { LOW, HIGH { void a() {} } }
        record Point(int x, Integer y) {}
        record Box<T>(T value, List<T> more) {}
        record Empty() {}
        record Deep(
            Point point, Level level, List<Box<String>> boxes, Map<Point, Set<Empty>> map) {}
      """;

  /** A type and a value of it. */
  private static final String RESULTS = """
      boolean; true
      byte; 1
      short; 1
      char; 'a'
      int; -1
      long; Long.MIN_VALUE
      float; Float.NaN
      double; -0d
      Boolean; null
      Byte; (byte) 1
      Short; null
      Character; 'a'
      Integer; null
      Long; 1L
      Float; null
      Double; 1d
      String; "a\u00e9\u4e2d"
      String; null
      Level; Level.HIGH
      Level; null
      Point; new Point(1, null)
      Point; null
      Box<Integer>; new Box<>(1, Arrays.asList(1, null))
      Box<Box<Level>>; new Box<>(new Box<>(Level.LOW, null), List.of())
      Deep; new Deep(new Point(1, 2), Level.LOW, List.of(new Box<>(null, null)), Map.of(new Point(3, 4), Set.of(new Empty())))
      List<String>; Arrays.asList("a", null)
      List<String>; null
      List<? extends Point>; List.of(new Point(1, 1))
      Set<Level>; EnumSet.allOf(Level.class)
      Set<Integer>; new HashSet<>(Arrays.asList(1, null))
      Map<String, Integer>; new HashMap<>(Collections.singletonMap(null, null))
      Map<? extends Level, ? extends List<? extends Set<Integer>>>; Map.of(Level.LOW, List.of(Set.of(1)))
      Optional<Integer>; Optional.of(1)
      Optional<? extends List<String>>; Optional.empty()
      byte[]; new byte[] {1, 2}
      boolean[]; new boolean[] {true}
      int[][]; new int[][] {{1}, null, {}}
      String[]; new String[] {"a", null}
      Point[][][]; new Point[][][] {{{new Point(1, 2), null}, null}, {}}
      Path; Path.of("a")
      File; new File("a")
      URI; URI.create("a:B")
      UUID; new UUID(1, 2)
      BigDecimal; new BigDecimal("1.00")
      BigInteger; BigInteger.ONE
      Instant; Instant.MAX
      LocalDate; LocalDate.MIN
      LocalTime; LocalTime.MAX
      LocalDateTime; LocalDateTime.MAX
      OffsetDateTime; OffsetDateTime.MAX
      OffsetTime; OffsetTime.MAX
      ZonedDateTime; Instant.EPOCH.atZone(ZoneId.of("Pacific/Auckland"))
      Duration; Duration.ofNanos(-1)
      Period; Period.of(1, 2, 3)
      Year; Year.of(2)
      YearMonth; YearMonth.of(1, 2)
      MonthDay; MonthDay.of(1, 2)
      ZoneId; ZoneId.of("GMT")
      ZoneOffset; ZoneOffset.MAX
      """;

  @Test
  void resultsAreReadAsTheyWereWritten() throws Throwable {
    StringBuilder methods = new StringBuilder(TYPES);
    StringBuilder checks = new StringBuilder();
    for (String row : RESULTS.lines().toList()) {
      String[] typeAndValue = row.split("; ", -1);
      String method = "m" + checks.length();
      methods.append("@DiskMemoize %s %s() { return %s; }\n"
          .formatted(typeAndValue[0], method, typeAndValue[1]));
      checks.append(
          "if (!Arrays.deepEquals(new Object[] {main.%1$s()}, new Object[] {again.%1$s()})) wrong.add(\"%2$s\");\n"
              .formatted(method, row.replace("\"", "'")));
    }
    long results = RESULTS.lines().count();

    assertThat(OnDisk.runTwice(checkingMain(methods, checks)))
        .containsExactly(List.of(List.of(), results, 0L), List.of(List.of(), 0L, results));
  }

  private static String checkingMain(CharSequence methods, CharSequence checks) {
    return """
        class Main {
          %s
          static Object run(DiskMemo memo) {
            Main main = new Main();
            Main again = new MemoizedMain(memo);
            List<String> wrong = new ArrayList<>();
            %s
            Stats stats = memo.kind("default").stats();
            return List.of(wrong, stats.computations(), stats.diskHits());
          }
        }
        """.formatted(methods, checks);
  }

  @Test
  void collectionsThatWereReadAreUnmodifiableAndKeepTheirOrder() throws Throwable {
    List<Object> results = OnDisk.runTwice("""
            class Main {
              @DiskMemoize List<Integer> list() { return new ArrayList<>(List.of(1)); }
              @DiskMemoize Set<Integer> set() { return new LinkedHashSet<>(List.of(3, 1, 2)); }
              @DiskMemoize Map<Integer, Integer> map() { return new TreeMap<>(Map.of(1, 2)); }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                List<Object> refused = new ArrayList<>(main.set());
                for (Runnable change : List.<Runnable>of(
                    () -> main.list().add(1), () -> main.set().add(1), () -> main.map().put(1, 1))) {
                  try {
                    change.run();
                  } catch (UnsupportedOperationException e) {
                    refused.add("refused");
                  }
                }
                return refused;
              }
            }
            """);

    assertThat(results)
        .containsOnly(List.of(3, 1, 2, "refused", "refused", "refused"))
        .hasSize(2);
  }

  @Test
  void immutableResultsAreSharedAndOthersCopied() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record Point(int x) {}
              record Arrays(List<Optional<byte[]>> bytes) {}
              enum Level { LOW }
              @DiskMemoize Map<Point, Optional<Set<URI>>> a() { return Map.of(new Point(1), Optional.of(Set.of())); }
              @DiskMemoize File b() { return new File("b"); }
              @DiskMemoize List<Level> c() { return List.of(Level.LOW, Level.LOW); }
              @DiskMemoize byte[] d() { return new byte[1]; }
              @DiskMemoize Arrays e() { return new Arrays(List.of(Optional.of(new byte[1]))); }
              @DiskMemoize Point[] f() { return new Point[1]; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                List<Boolean> same = List.of(
                    main.a() == main.a(), main.b() == main.b(), main.c() == main.c(),
                    main.d() == main.d(), main.e() == main.e(), main.f() == main.f());
                return List.of(same, memo.kind("default").stats().memoryHits());
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(List.of(true, true, true, false, false, false), 6L));
  }
}
