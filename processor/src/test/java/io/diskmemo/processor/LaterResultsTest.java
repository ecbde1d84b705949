package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.Profile;
import io.diskmemo.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Methods that return stages. */
class LaterResultsTest {

  @Test
  void completedValuesAreKeptAndFailuresAreNot() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record Point(int x) {}
              @KeyIgnore int failures;
              @DiskMemoize CompletableFuture<Point> point(int x) {
                return CompletableFuture.supplyAsync(() -> new Point(x));
              }
              @DiskMemoize CompletionStage<? extends List<int[]>> list(int x) {
                return CompletableFuture.completedFuture(List.of(new int[] {x}));
              }
              @DiskMemoize CompletableFuture<String> failing() {
                failures++;
                return CompletableFuture.failedFuture(new IOException("no"));
              }
              static Object failure(Future<?> future) throws Exception {
                try {
                  return future.get();
                } catch (ExecutionException e) {
                  return e.getCause().getMessage();
                }
              }
              static Object run(DiskMemo memo) throws Exception {
                MemoizedMain main = new MemoizedMain(memo);
                List<Object> results = new ArrayList<>();
                results.add(main.peekPoint(1).isPresent());
                for (int i = 0; i < 2; i++) {
                  results.add(main.point(1).get());
                  results.add(main.list(2).toCompletableFuture().get().get(0)[0]);
                  results.add(failure(main.failing()));
                }
                Hit<Point> hit = main.peekPoint(1).get();
                results.add(hit.value());
                results.add(main.refreshPoint(1).get());
                results.add(main.evictPoint(1));
                results.add(main.failures);
                return results.toString();
              }
            }
            """);

    assertThat(result)
        .isEqualTo(List.of(
                false,
                "Point[x=1]",
                2,
                "no",
                "Point[x=1]",
                2,
                "no",
                "Point[x=1]",
                "Point[x=1]",
                true,
                2)
            .toString());
  }

  @Test
  void nullInPlaceOfAStageIsAFailureThatSaysSo() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              @KeyIgnore int calls;
              @DiskMemoize CompletableFuture<String> missing() { calls++; return null; }
              static String failure(Main main) throws Exception {
                try {
                  return main.missing().get();
                } catch (ExecutionException e) {
                  return e.getCause().getMessage();
                }
              }
              static Object run(DiskMemo memo) throws Exception {
                MemoizedMain main = new MemoizedMain(memo);
                return failure(main) + ", " + failure(main) + ", " + main.calls + " calls, "
                    + memo.kind("default").stats().entries() + " kept";
              }
            }
            """);

    assertThat(result)
        .isEqualTo("the method returned null, and no stage, the method returned null, and no stage,"
            + " 2 calls, 0 kept");
  }

  @Test
  void failedRefreshLeavesTheOldResult() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              @KeyIgnore boolean isDown;
              @DiskMemoize CompletableFuture<String> a() {
                return isDown
                    ? CompletableFuture.failedFuture(new IOException("down"))
                    : CompletableFuture.completedFuture("up");
              }
              static Object run(DiskMemo memo) {
                MemoizedMain main = new MemoizedMain(memo);
                main.a().join();
                main.isDown = true;
                Object failure = main.refreshA().handle((value, e) -> e.toString()).join();
                return List.of(failure, main.a().join());
              }
            }
            """);

    assertThat(result).isEqualTo(List.of("java.io.IOException: down", "up"));
  }

  @Test
  void commentSaysWhenTheValueIsKept() {
    assertThat(OnDisk.compile("""
                class Main {
                  @DiskMemoize CompletableFuture<String> a() { return null; }
                }
                """).succeeds().generated("test.MemoizedMain"))
        .contains("value: {@code CompletableFuture<String>}, kept once it is complete, immutable,")
        .contains("return a.callAsync(arguments, () -> super.a());");
  }

  /** When a method is called, its caller has often done the same for the next call. */
  @Test
  void resultOfABufferThatIsFilledAnewIsNotKept() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              @KeyIgnore final CountDownLatch go = new CountDownLatch(1);
              @DiskMemoize CompletableFuture<Integer> sum(byte[] data, List<String> more) {
                int sum = more.size();
                for (byte b : data) {
                  sum += b;
                }
                return CompletableFuture.completedFuture(sum);
              }
              static void fill(byte[] buffer, List<String> list, int content) {
                Arrays.fill(buffer, (byte) content);
                list.add("more");
              }
              static Object run(DiskMemo memo) {
                MemoizedMain main = new MemoizedMain(memo);
                byte[] buffer = new byte[4];
                List<String> list = new ArrayList<>();
                List<CompletableFuture<Integer>> sums = new ArrayList<>();
                for (int i = 1; i <= 3; i++) {
                  fill(buffer, list, i);
                  sums.add(main.sum(buffer, list));
                }
                sums.forEach(CompletableFuture::join);
                List<Integer> later = new ArrayList<>();
                byte[] other = new byte[4];
                List<String> others = new ArrayList<>();
                for (int i = 1; i <= 3; i++) {
                  fill(other, others, i);
                  later.add(main.sum(other.clone(), List.copyOf(others)).join());
                }
                return later;
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(5, 10, 15));
  }

  @Test
  void resultOfAReceiverThatChangesIsNotKept() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              @KeyPart int rate = 1;
              @KeyIgnore boolean changes = true;
              @DiskMemoize CompletableFuture<Integer> price(int amount) {
                if (changes) {
                  rate = 2; // as the caller might, before this is called
                }
                return CompletableFuture.completedFuture(rate * amount);
              }
              static Object run(DiskMemo memo) {
                MemoizedMain main = new MemoizedMain(memo);
                List<Integer> prices = new ArrayList<>();
                prices.add(main.price(10).join());
                main.changes = false;
                main.rate = 1;
                prices.add(main.price(10).join());
                main.changes = true;
                prices.add(main.refreshPrice(10).join());
                main.changes = false;
                main.rate = 1;
                prices.add(main.price(10).join());
                return prices + " " + memo.kind("default").stats().refusedFileChanged();
              }
            }
            """);

    assertThat(result).isEqualTo("[20, 10, 20, 10] 2");
  }

  private static final String DELEGATE = """
      interface Texts {
        @DiskMemoize CompletableFuture<String> change(String text);
        @DiskMemoize(ttl = "1h") String now(String text);
      }
      class Adding implements Texts, KeyEncodable {
        String mark = "!";
        boolean changes;
        @Override public void encodeKey(KeyWriter key) { key.writeString(mark); }
        @Override public CompletableFuture<String> change(String text) {
          return CompletableFuture.completedFuture(now(text));
        }
        @Override public String now(String text) {
          if (changes) {
            mark = "?"; // as the caller might, before this is called
          }
          return text + mark;
        }
      }
      class Plain implements Texts {
        @Override public CompletableFuture<String> change(String text) { return null; }
        @Override public String now(String text) { return text; }
      }
      """;

  @Test
  void resultOfADelegateThatChangesIsNotKept() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static Object run(DiskMemo memo) {
                Adding adding = new Adding();
                MemoizedTexts texts = new MemoizedTexts(memo, adding);
                List<String> all = new ArrayList<>();
                adding.changes = true;
                all.add(texts.change("a").join());
                adding.changes = false;
                adding.mark = "!";
                all.add(texts.change("a").join());
                adding.changes = true;
                all.add(texts.refreshChange("a").join());
                adding.changes = false;
                adding.mark = "!";
                all.add(texts.change("a").join());
                return all + " " + memo.kind("default").stats().refusedFileChanged();
              }
            }
            """ + DELEGATE);

    assertThat(result).isEqualTo("[a?, a!, a?, a!] 2");
  }

  @Test
  void onlyDelegatesWithoutStateAreAskedAside(@TempDir Path directory) throws Throwable {
    Program program = OnDisk.compile("""
            class Main {
              static Object run(DiskMemo memo) {
                Texts writesItself = new MemoizedTexts(memo, new Adding());
                Texts plain = new MemoizedTexts(memo, new Plain());
                writesItself.now("a");
                long late = memo.kind("default").stats().staleWhileRefreshing();
                plain.now("a");
                return List.of(late, memo.kind("default").stats().staleWhileRefreshing());
              }
            }
            """ + DELEGATE).load();
    Settings settings = Settings.builder()
        .directory(directory)
        .clock(InstantSource.fixed(Instant.EPOCH))
        .kind(
            "default",
            Profile.builder().staleWhileRefreshing(Duration.ofDays(1)).build())
        .build();
    InstantSource later = InstantSource.fixed(Instant.EPOCH.plus(Duration.ofHours(2)));

    assertThat(program.run(settings)).isEqualTo(List.of(0L, 0L));
    assertThat(program.run(settings.toBuilder().clock(later).build())).isEqualTo(List.of(0L, 1L));
  }

  @Test
  void filesAreLookedAtOnceMoreAndNotThreeTimes() {
    assertThat(OnDisk.compile("""
            class Main {
              @DiskMemoize CompletableFuture<String> a(@FileContent Path file, int x) { return null; }
            }
            """).succeeds().generated("test.MemoizedMain"))
        .contains(".onlyFilesMayChange()");
    assertThat(OnDisk.compile("""
            class Main {
              @DiskMemoize CompletableFuture<String> a(@FileContent Path file, int[] x) {
                return null;
              }
              @DiskMemoize String b(@FileContent Path file) { return null; }
            }
            """).succeeds().generated("test.MemoizedMain"))
        .doesNotContain(".onlyFilesMayChange()");
  }

  @Test
  void stagesOfNothing() {
    assertThat(Mistakes.inMethod(
            "@DiskMemoize java.util.concurrent.CompletionStage<Void> a() { return null; }"))
        .isEqualTo("[DiskMemo-Void] a returns a stage of Void, so there is nothing to store; return"
            + " a value or remove @DiskMemoize");
  }

  @Test
  void stageInsideAnotherType() {
    assertThat(
            Mistakes.inMethod(
                "@DiskMemoize List<java.util.concurrent.CompletableFuture<String>> a() { return null; }"))
        .startsWith("[DiskMemo-UnsupportedResult] result[] has type");
  }
}
