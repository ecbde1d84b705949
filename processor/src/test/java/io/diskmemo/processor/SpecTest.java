package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.Profile;
import io.diskmemo.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What annotations say, in specifications and in what becomes of it. */
class SpecTest {

  @Test
  void specificationSaysWhatTheAnnotationSays() {
    String source = OnDisk.compile("""
            class Main {
              static class Inner {
                @DiskMemoize List<int[]> plain(Map<String, ? extends Inner.Level> a, String... b) { return null; }
                @DiskMemoize(kind = "geo-1", ttl = "36h", version = -3) int full() { return 1; }
                @DiskMemoize(ttl = "never") int never() { return 1; }
                enum Level {}
              }
            }
            """).succeeds().generated("test.MemoizedMain_Inner");

    assertThat(specifications(source))
        .containsExactly(
            "(\"test.Main$Inner\", \"plain\","
                + " \"java.util.Map<java.lang.String, ? extends test.Main.Inner.Level>\","
                + " \"java.lang.String[]\")"
                + ".returns(\"java.util.List<int[]>\").kind(\"default\")",
            "(\"test.Main$Inner\", \"full\").returns(\"int\").kind(\"geo-1\").version(-3)"
                + ".timeToLive(Duration.ofHours(36))",
            "(\"test.Main$Inner\", \"never\").returns(\"int\").kind(\"default\").neverExpires()");
  }

  /** What is said before the fingerprint, on one line each. */
  private static List<String> specifications(String source) {
    return Pattern.compile(">method(.*?)\\s*\\.fingerprint", Pattern.DOTALL)
        .matcher(source)
        .results()
        .map(result -> result.group(1).replaceAll("\\s+\\.", ".").replaceAll("\\s+", " "))
        .toList();
  }

  @Test
  void entriesAreFoundByKindAndByNameOfTheMethod() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static class Inner {
                @DiskMemoize int a(Map<String, ? extends Level> a, String... b) { return 1; }
                @DiskMemoize(kind = "geo-1") int a() { return 1; }
                enum Level {}
              }
              static Object run(DiskMemo memo) {
                Inner inner = new MemoizedMain_Inner(memo);
                inner.a(Map.of(), "b");
                inner.a();
                return List.of(
                    memo.kindNames(),
                    memo.kind("geo-1").keys().count(),
                    evicted(memo, "test.Main$Inner.a(java.util.Map)"),
                    evicted(memo, "test.Main$Inner.a("
                        + "java.util.Map<java.lang.String, ? extends test.Main.Inner.Level>,java.lang.String[])"),
                    evicted(memo, "test.Main$Inner.a"));
              }
              static List<Long> evicted(DiskMemo memo, String method) {
                return memo.maintenance().evict(EvictionFilter.all().withMethod(method)).stream()
                    .map(EvictionReport::evicted)
                    .toList();
              }
            }
            """);

    assertThat(result)
        .isEqualTo(List.of(
            List.of("default", "geo-1"), 1L, List.of(0L, 0L), List.of(1L, 0L), List.of(0L, 1L)));
  }

  @Test
  void resultsLiveAsLongAsTheAnnotationSaysAndElseAsTheProfileSays(@TempDir Path directory)
      throws Throwable {
    Program program = OnDisk.compile("""
            class Main {
              @DiskMemoize int plain() { return 1; }
              @DiskMemoize(ttl = "36h") int hours() { return 1; }
              @DiskMemoize(ttl = "never") int never() { return 1; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                main.plain();
                main.hours();
                main.never();
                return Count.computed(memo);
              }
            }
            """).load();
    Settings settings = Settings.builder()
        .directory(directory)
        .kind("default", Profile.builder().ttl(Duration.ofDays(2)).build())
        .build();

    assertThat(program.run(at(0, settings))).isEqualTo(3L);
    assertThat(program.run(at(35, settings))).isEqualTo(0L);
    assertThat(program.run(at(36, settings))).isEqualTo(1L);
    assertThat(program.run(at(48, settings))).isEqualTo(1L);
    assertThat(program.run(at(1_000_000, settings))).isEqualTo(2L);
  }

  private static Settings at(int hours, Settings settings) {
    Instant time = Instant.EPOCH.plus(Duration.ofHours(hours));
    return settings.toBuilder().clock(InstantSource.fixed(time)).build();
  }
}
