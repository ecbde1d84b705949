package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.codec.CorruptValueException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
      String[] typeAndValue = row.split("; ");
      String method = "m" + checks.length();
      methods.append("@DiskMemoize %s %s() { return %s; }\n"
          .formatted(typeAndValue[0], method, typeAndValue[1]));
      checks.append(
          "if (!Arrays.deepEquals(new Object[] {main.%1$s()}, new Object[] {again.%1$s()})) wrong.add(\"%2$s\");\n"
              .formatted(method, row.replace("\"", "'")));
    }

    Object wrong = Programs.run("""
            class Main {
              %s
              static Object run() {
                DiskMemo memo = new DiskMemo();
                Main main = new Main();
                Main again = new MemoizedMain(memo);
                List<String> wrong = new ArrayList<>();
                %s
                return wrong;
              }
            }
            """.formatted(methods, checks));

    assertThat(wrong).isEqualTo(List.of());
  }

  @Test
  void collectionsThatWereReadAreUnmodifiableAndKeepTheirOrder() throws Throwable {
    Object result = Programs.run("""
            class Main {
              @DiskMemoize List<Integer> list() { return new ArrayList<>(List.of(1)); }
              @DiskMemoize Set<Integer> set() { return new LinkedHashSet<>(List.of(3, 1, 2)); }
              @DiskMemoize Map<Integer, Integer> map() { return new TreeMap<>(Map.of(1, 2)); }
              static Object run() {
                Main main = new MemoizedMain(new DiskMemo());
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

    assertThat(result).isEqualTo(List.of(3, 1, 2, "refused", "refused", "refused"));
  }

  @Test
  void immutableResultsAreSharedAndOthersCopied() throws Throwable {
    Object result = Programs.run("""
            class Main {
              record Point(int x) {}
              record Arrays(List<Optional<byte[]>> bytes) {}
              enum Level {}
              @DiskMemoize Map<Point, Optional<Set<URI>>> a() { return null; }
              @DiskMemoize File b() { return null; }
              @DiskMemoize List<Level> c() { return null; }
              @DiskMemoize byte[] d() { return null; }
              @DiskMemoize Arrays e() { return null; }
              @DiskMemoize Point[] f() { return null; }
              static Object run() {
                DiskMemo memo = new DiskMemo();
                new MemoizedMain(memo);
                return memo.specs.stream().map(spec -> spec.sharesResult()).toList();
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(true, true, true, false, false, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Set<Integer>; new LinkedHashSet<>(List.of(7, 8)); equal elements in a set of size 2",
        "Map<Integer, Integer>; new LinkedHashMap<>(Map.of(7, 1, 8, 1)); equal keys in a map of size 2",
      })
  void equalElementsAreDamage(String type, String value, String message) {
    assertThatThrownBy(() -> Programs.run("""
                    class Main {
                      @DiskMemoize %s value() { return %s; }
                      static Object run() {
                        DiskMemo memo = new DiskMemo();
                        Main main = new MemoizedMain(memo);
                        main.value();
                        byte[] bytes = memo.stored.values().iterator().next();
                        for (int i = 0; i < bytes.length; i++) {
                          bytes[i] = bytes[i] == 8 ? 7 : bytes[i];
                        }
                        return new MemoizedMain(memo).value();
                      }
                    }
                    """.formatted(type, value)))
        .isInstanceOf(CorruptValueException.class)
        .hasMessage(message);
  }

  @Test
  void damagedBytesEndInAnExceptionAndNeverInAnError() throws Throwable {
    Object result = Programs.run("""
            class Main {
              record Row(String name, int[][] cells, Optional<Instant> time, Map<String, Set<Long>> map) {}
              @DiskMemoize List<Row> value() {
                return List.of(
                    new Row("a", new int[][] {{1}, {2, 3}}, Optional.of(Instant.EPOCH), Map.of("k", Set.of(1L))),
                    new Row("b", null, Optional.empty(), Map.of()));
              }
              static Object run() {
                DiskMemo memo = new DiskMemo();
                Main main = new MemoizedMain(memo);
                main.value();
                var entry = memo.stored.entrySet().iterator().next();
                byte[] whole = entry.getValue();
                Random random = new Random(1);
                for (int i = 0; i < 20_000; i++) {
                  byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length) + 1);
                  damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                  entry.setValue(damaged);
                  try {
                    main.value();
                  } catch (RuntimeException expected) {
                    continue;
                  }
                }
                return "no error";
              }
            }
            """);

    assertThat(result).isEqualTo("no error");
  }
}
