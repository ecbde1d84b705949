package io.diskmemo.benchmarks.coordination;

import io.diskmemo.DiskMemo;
import io.diskmemo.Held;
import io.diskmemo.ProcessLock;
import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Attempts;
import io.diskmemo.benchmarks.Child;
import io.diskmemo.benchmarks.Directories;
import io.diskmemo.benchmarks.Done;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Suite;
import io.diskmemo.benchmarks.store.BareSqlite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What it costs that of all threads and processes one does the work. */
public final class CoordinationSuite implements Suite {
  private static final int PROCESSES = 4;
  private static final int THREADS = 2;
  private static final int WAIT_MILLIS = 10_000;
  private static final int WARMING_MILLIS = 2000;

  private final Attempts attempts = new Attempts();

  /** Nothing was measured yet. */
  public CoordinationSuite() {}

  @Override
  public String title() {
    return "Coordination: one at a time";
  }

  @Override
  public String explanation() {
    return "A cold miss is a call of a wrapper whose method takes no time: a look, a lease and a"
        + " store, in one commit with SQL statements as `StatementsTest` counts them; beside it"
        + " what SQLite takes for a look and a commit. Acquiring is a lock that nobody else wants."
        + " Waiting is the processor time of a process whose thread waits " + WAIT_MILLIS
        + " ms for the computation of another, as part of one core, beside a process that does"
        + " nothing. For fairness " + PROCESSES + " processes of " + THREADS
        + " threads want one lock all the time, and are looked at until the first has had it as"
        + " often as it wants; each would have " + 100 / PROCESSES + " %.";
  }

  @Override
  public List<Aim> aims() {
    return List.of(Aim.none("cold miss", "SQLite, look and commit"));
  }

  @Override
  public List<String> notes() {
    return attempts.notes();
  }

  private interface Work {
    void make(int number) throws Exception;
  }

  @Override
  public List<Measurement> run(Effort effort) throws Exception {
    boolean full = effort == Effort.FULL;
    List<Measurement> all = new ArrayList<>();
    alone(full ? 7 : 2, full ? 2000 : 300, all);
    waiting(full ? 3 : 1, full ? WAIT_MILLIS : WARMING_MILLIS, all);
    fairness(full ? 5 : 1, full ? 500 : 100, all);
    return all;
  }

  private static void alone(int rounds, int calls, List<Measurement> all) throws Exception {
    Path directory = Directories.make();
    try (DiskMemo memo = DiskMemo.open(directory.resolve("store"));
        BareSqlite sqlite = new BareSqlite(directory.resolve("bare.db"))) {
      Cold cold = new MemoizedCold(memo);
      Cold method = new Cold();
      ProcessLock lock = memo.lock("alone");
      Done done = new Done(memo.kind("default"));
      all.add(timed("cold miss", rounds, calls, cold::atOnce));
      done.require(0, (rounds + 1L) * calls);
      all.add(timed("SQLite, look and commit", rounds, calls, number -> {
        byte[] key = BareSqlite.key("NZ", number);
        if (!sqlite.isThere(key)) {
          sqlite.put(key, method.atOnce(number).getBytes(StandardCharsets.UTF_8));
        }
      }));
      all.add(timed("acquiring: a lock, taken and given back", rounds, calls, number -> {
        Held held = lock.lock();
        held.close();
      }));
    } finally {
      Directories.delete(directory);
    }
  }

  /** The first round is for the compiler. */
  private static Measurement timed(String name, int rounds, int calls, Work work) throws Exception {
    double[] micros = new double[rounds + 1];
    for (int round = 0; round <= rounds; round++) {
      long begun = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        work.make(round * calls + i);
      }
      micros[round] = (System.nanoTime() - begun) / 1e3 / calls;
    }
    return Measurement.of(name, "µs", Arrays.copyOfRange(micros, 1, rounds + 1));
  }

  private void waiting(int rounds, int millis, List<Measurement> all)
      throws IOException, InterruptedException {
    attempts.measure("waiting", 2, CoordinationSuite::participant, children -> {
      double[] waited = new double[rounds];
      double[] idle = new double[rounds];
      waitingPercent(children, -1, WARMING_MILLIS);
      for (int round = 0; round < rounds; round++) {
        waited[round] = waitingPercent(children, round, millis);
        children.get(1).tell("idle " + millis);
        idle[round] = new Spent(children.get(1).line()).percentOf(millis);
      }
      all.add(Measurement.of("waiting", "% of a core", waited));
      all.add(Measurement.of("doing nothing", "% of a core", idle));
    });
  }

  /** What a process said of its last work. */
  private record Spent(int computations, long cpuNanos) {
    Spent(String line) {
      this(line.split(" ", -1));
    }

    private Spent(String[] words) {
      this(Integer.parseInt(words[0]), Long.parseLong(words[1]));
    }

    double percentOf(int millis) {
      return 100.0 * cpuNanos / (millis * 1e6);
    }
  }

  /** Of the one that did not compute, whichever that was. */
  private static double waitingPercent(List<Child> children, int number, int millis)
      throws IOException {
    for (Child child : children) {
      child.tell("slowly " + number + " " + millis);
    }
    Spent one = new Spent(children.get(0).line());
    Spent other = new Spent(children.get(1).line());
    if (one.computations() + other.computations() != 1) {
      throw new IOException(one + " and " + other + " are not one computation");
    }
    return (one.computations() == 0 ? one : other).percentOf(millis);
  }

  private static Child participant(Path directory, int number) throws IOException {
    Child child = Child.java(
        List.of("-Xms64m"), Participant.class, directory.resolve("store").toString());
    child.line();
    return child;
  }

  private void fairness(int rounds, int times, List<Measurement> all)
      throws IOException, InterruptedException {
    attempts.measure("fairness", PROCESSES, CoordinationSuite::participant, children -> {
      double[] least = new double[rounds];
      double[] most = new double[rounds];
      double[] runs = new double[rounds];
      tokens(children, times); // warms up
      for (int round = 0; round < rounds; round++) {
        Fairness fairness = new Fairness(tokens(children, times));
        double[] shares = fairness.shares();
        least[round] = Arrays.stream(shares).min().orElseThrow();
        most[round] = Arrays.stream(shares).max().orElseThrow();
        runs[round] = fairness.longestRun();
      }
      all.add(Measurement.of("fairness: least share", "%", least));
      all.add(Measurement.of("fairness: largest share", "%", most));
      all.add(Measurement.of("fairness: longest run of one", "", runs));
    });
  }

  private static List<long[]> tokens(List<Child> children, int times) throws IOException {
    for (Child child : children) {
      child.tell("lock " + THREADS + " " + times);
    }
    List<long[]> tokens = new ArrayList<>();
    for (Child child : children) {
      tokens.add(
          Arrays.stream(child.line().split(" ", -1)).mapToLong(Long::parseLong).toArray());
    }
    return tokens;
  }
}
