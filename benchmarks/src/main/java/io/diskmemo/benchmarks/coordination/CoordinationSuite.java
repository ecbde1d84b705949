package io.diskmemo.benchmarks.coordination;

import io.diskmemo.DiskMemo;
import io.diskmemo.Held;
import io.diskmemo.ProcessLock;
import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Child;
import io.diskmemo.benchmarks.Directories;
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
  private static final int WAIT_MILLIS = 2000;

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
    return List.of(Aim.none("cold miss", "SQLite: look and commit"));
  }

  private interface Work {
    void make(int number) throws Exception;
  }

  @Override
  public List<Measurement> run(Effort effort) throws Exception {
    boolean full = effort == Effort.FULL;
    List<Measurement> all = new ArrayList<>();
    alone(full ? 7 : 2, full ? 2000 : 300, all);
    waiting(full ? 7 : 2, all);
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
      all.add(timed("cold miss", rounds, calls, cold::atOnce));
      all.add(timed("SQLite: look and commit", rounds, calls, number -> {
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

  private static void waiting(int rounds, List<Measurement> all) throws IOException {
    Path directory = Directories.make();
    try (Child holder = participant(directory);
        Child waiter = participant(directory)) {
      double[] waited = new double[rounds + 1];
      double[] idle = new double[rounds + 1];
      for (int round = 0; round <= rounds; round++) {
        holder.tell("slowly " + round + " " + WAIT_MILLIS);
        waiter.tell("slowly " + round + " " + WAIT_MILLIS);
        waited[round] =
            percent(Math.min(Long.parseLong(holder.line()), Long.parseLong(waiter.line())));
        waiter.tell("idle " + WAIT_MILLIS);
        idle[round] = percent(Long.parseLong(waiter.line()));
      }
      all.add(Measurement.of("waiting", "% of a core", Arrays.copyOfRange(waited, 1, rounds + 1)));
      all.add(
          Measurement.of("doing nothing", "% of a core", Arrays.copyOfRange(idle, 1, rounds + 1)));
    } finally {
      Directories.delete(directory);
    }
  }

  private static double percent(long cpuNanos) {
    return 100.0 * cpuNanos / (WAIT_MILLIS * 1e6);
  }

  private static Child participant(Path directory) throws IOException {
    Child child = Child.java(
        List.of("-Xms64m"), Participant.class, directory.resolve("store").toString());
    child.line();
    return child;
  }

  private static void fairness(int rounds, int times, List<Measurement> all) throws IOException {
    Path directory = Directories.make();
    List<Child> children = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        children.add(participant(directory));
      }
      double[] least = new double[rounds + 1];
      double[] most = new double[rounds + 1];
      double[] runs = new double[rounds + 1];
      for (int round = 0; round <= rounds; round++) {
        Fairness fairness = new Fairness(tokens(children, times));
        double[] shares = fairness.shares();
        least[round] = Arrays.stream(shares).min().orElseThrow();
        most[round] = Arrays.stream(shares).max().orElseThrow();
        runs[round] = fairness.longestRun();
      }
      all.add(
          Measurement.of("fairness: least share", "%", Arrays.copyOfRange(least, 1, rounds + 1)));
      all.add(
          Measurement.of("fairness: largest share", "%", Arrays.copyOfRange(most, 1, rounds + 1)));
      all.add(Measurement.of(
          "fairness: longest run of one", "", Arrays.copyOfRange(runs, 1, rounds + 1)));
    } finally {
      for (Child child : children) {
        child.close();
      }
      Directories.delete(directory);
    }
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
