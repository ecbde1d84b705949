package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Methods that are called through gates, as programs have them. */
@Timeout(60)
class GateTest {

  @Test
  void methodIsInOneThreadAtATime() throws Throwable {
    assertThat(OnDisk.run("""
            class Main {
              int inside;
              int most;
              @OneAtATime void enter() {
                most = Math.max(most, ++inside);
                Thread.yield();
                inside--;
              }
              static Object run(DiskMemo memo) throws Exception {
                Main one = new MemoizedMain(memo);
                ExecutorService threads = Executors.newFixedThreadPool(4);
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                  all.add(threads.submit(one::enter));
                }
                for (Future<?> each : all) {
                  each.get();
                }
                threads.shutdown();
                return one.most;
              }
            }
            """)).isEqualTo(1);
  }

  /** The state of the receiver is in no key, so that it may be anything. */
  @Test
  void recursionAndCallsOnThisDoNotWaitForThemselves() throws Throwable {
    assertThat(OnDisk.run("""
            class Main {
              private final StringBuilder log = new StringBuilder();
              @OneAtATime(name = "n") int down(int n) {
                log.append(n);
                return n == 0 ? 0 : other(n - 1);
              }
              @OneAtATime(name = "n") int other(int n) { return down(n) + 1; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                return main.down(5) + ":" + main.log;
              }
            }
            """)).isEqualTo("5:543210");
  }

  @Test
  void annotationsOfTypesAreNoPartOfTheName() throws Throwable {
    assertThat(OnDisk.run("""
            class Main {
              @java.lang.annotation.Target(java.lang.annotation.ElementType.TYPE_USE)
              @interface N { int value() default 0; }
              @Throttled(permits = 1, period = "100d")
              void send(@N(3) int a, @N(4) int @N(5) [] @N(6) [] b, @N(7) String c, @N(8) String[] d,
                  List<@N(9) String> e) {}
              static Object run(DiskMemo memo) {
                new MemoizedMain(memo).send(1, null, null, null, null);
                return memo.throttle(Main.class.getName()
                        + ".send(int,int[][],java.lang.String,java.lang.String[],java.util.List)",
                    1, Duration.ofDays(100)).tryAcquire();
              }
            }
            """)).isEqualTo(false);
  }

  @Test
  void exceptionsComeThroughAndLeaveTheGateOpen() throws Throwable {
    String source = """
        class Main {
          @OneAtATime void fail() throws IOException { throw new IOException("mine"); }
          @OneAtATime void stop() { throw new AssertionError("mine"); }
          static Object run(DiskMemo memo) throws Exception {
            Main main = new MemoizedMain(memo);
            Callable<Object> failing = () -> { main.fail(); return null; };
            for (int i = 0; i < 2; i++) {
              FutureTask<Object> task = new FutureTask<>(failing);
              new Thread(task).start();
              try {
                task.get();
              } catch (ExecutionException e) {
                if (i == 1) {
                  throw (Exception) e.getCause();
                }
              }
              try {
                main.stop();
              } catch (AssertionError e) {
                continue;
              }
            }
            return null;
          }
        }
        """;

    assertThatThrownBy(() -> OnDisk.run(source)).isInstanceOf(IOException.class).hasMessage("mine");
  }

  @Test
  void hitTakesNoPermitAndARefreshDoes() throws Throwable {
    assertThat(OnDisk.run("""
            class Main {
              @DiskMemoize @Throttled(permits = 3, period = "100d", name = "t")
              String text(String s) { return s + "!"; }
              static Object run(DiskMemo memo) {
                MemoizedMain main = new MemoizedMain(memo);
                String all = main.text("a") + main.text("a") + main.text("a") + main.text("b");
                all += main.refreshText("a") + main.text("a");
                return all + memo.throttle("t", 3, Duration.ofDays(100)).tryAcquire();
              }
            }
            """)).isEqualTo("a!a!a!b!a!a!false");
  }

  @Test
  void hitWaitsForNobody() throws Throwable {
    assertThat(OnDisk.run("""
            class Main {
              @DiskMemoize @OneAtATime(name = "b") String text(String s) { return s + "!"; }
              static Object run(DiskMemo memo) throws Exception {
                Main main = new MemoizedMain(memo);
                main.text("a");
                FutureTask<String> other = new FutureTask<>(() -> main.text("a"));
                return memo.barrier("b").pass(() -> {
                  new Thread(other).start();
                  return other.get();
                });
              }
            }
            """)).isEqualTo("a!");
  }

  @Test
  void namesAreThoseOfBarriersAndThrottles() throws Throwable {
    assertThat(OnDisk.run("""
            class Main {
              @Throttled(permits = 1, period = "100d") void one(List<String> a, int... b) {}
              static class Base {
                @Throttled(permits = 1, period = "100d") public int inherited() { return 1; }
              }
              static class Derived extends Base {
                @OneAtATime int own() { return 1; }
              }
              static Object run(DiskMemo memo) {
                new MemoizedMain(memo).one(List.of());
                new MemoizedMain_Derived(memo).inherited();
                Duration period = Duration.ofDays(100);
                return memo.throttle("test.Main.one(java.util.List,int[])", 1, period).tryAcquire()
                    + " " + memo.throttle("test.Main$Base.inherited()", 1, period).tryAcquire()
                    + " " + memo.throttle("test.Main$Derived.own()", 1, period).tryAcquire();
              }
            }
            """)).isEqualTo("false false true");
  }

  @Test
  void everyFormOfWrapperHasGates() throws Throwable {
    assertThat(OnDisk.run("""
            final class Main {
              static int sum;
              private int state = 1;
              @OneAtATime void add(int n) { sum += state * n; }
              interface Adder {
                @OneAtATime void add(int n);
                default int twice() { return 2; }
              }
              enum Level {
                LOW;
                @OneAtATime int level() { return ordinal() + 1; }
              }
              record Pair(int a, Object b) {
                @Throttled(permits = 5, period = "1s") int first() { return a; }
              }
              static class Statics {
                @OneAtATime static <T extends Comparable<T>> T max(T a, T b) {
                  return a.compareTo(b) > 0 ? a : b;
                }
              }
              static class Constructed {
                final int size;
                Constructed() { size = size(); }
                @OneAtATime int size() { return 7; }
              }
              static Object run(DiskMemo memo) {
                new MemoizedMain(memo, new Main()).add(1);
                Main main = new Main();
                Adder adder = new MemoizedMain_Adder(memo, n -> main.add(n));
                adder.add(adder.twice());
                return sum
                    + new MemoizedMain_Level(memo, Level.LOW).level()
                    + new MemoizedMain_Pair(memo, new Pair(10, main)).first()
                    + new MemoizedMain_Statics(memo).max(20, 3)
                    + new MemoizedMain_Constructed(memo).size
                    + " " + memo.kindNames();
              }
            }
            """)).isEqualTo("41 []");
  }

  @Test
  void interruptReachesWhoDeclaresIt() throws Throwable {
    assertThat(OnDisk.run("""
            class Main {
              @OneAtATime void declared() throws InterruptedException {}
              @OneAtATime void above() throws Exception {}
              @OneAtATime boolean undeclared() { return Thread.currentThread().isInterrupted(); }
              @OneAtATime boolean other() throws IOException {
                return Thread.currentThread().isInterrupted();
              }
              static Object run(DiskMemo memo) throws Exception {
                Main main = new MemoizedMain(memo);
                String all = "";
                Thread.currentThread().interrupt();
                try {
                  main.declared();
                } catch (InterruptedException e) {
                  all += "interrupted ";
                }
                Thread.currentThread().interrupt();
                try {
                  main.above();
                } catch (InterruptedException e) {
                  all += "interrupted ";
                }
                Thread.currentThread().interrupt();
                return all + main.undeclared() + main.other() + Thread.interrupted();
              }
            }
            """)).isEqualTo("interrupted interrupted truetruetrue");
  }
}
