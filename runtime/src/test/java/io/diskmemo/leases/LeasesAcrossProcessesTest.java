package io.diskmemo.leases;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.leases.Computations.Computation;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes, one key. */
class LeasesAcrossProcessesTest {
  private static final int PROCESSES = Integer.getInteger("tests.flight.processes", 3);
  private static final int THREADS = Integer.getInteger("tests.flight.threads", 4);
  private static final int BODY_MILLIS = Integer.getInteger("tests.flight.body", 200);
  private static final int KEYS = Integer.getInteger("tests.flight.keys", 60);
  private static final int SECONDS = Integer.getInteger("tests.flight.seconds", 4);

  /** However busy the machine is, keys are evicted and computed again. */
  private static final int FEWEST_KILLS = 3;

  /** Longer than any test: a lease that ends, ends because somebody saw its owner dead. */
  private static final Duration FOR_EVER = Duration.ofHours(1);

  private static final Duration SHORT = Duration.ofMillis(300);

  /** Whoever is not stopped renews in time, whatever else the machine does. */
  private static final Duration RENEWED = Duration.ofSeconds(3);

  /** Three come in a time to live, so it would have expired by the last. */
  private static final int RENEWALS = 5;

  @TempDir
  Path directory;

  private final List<ChildJvm> children = new ArrayList<>();

  @AfterEach
  void close() {
    ChildJvm.closeAll(children);
  }

  private ChildJvm process(Duration lockTtl) {
    return process(lockTtl, BODY_MILLIS);
  }

  private ChildJvm process(Duration lockTtl, int bodyMillis) {
    ChildJvm child = ChildJvm.start(
        Computer.class, directory.resolve("store"), log(), lockTtl.toMillis(), bodyMillis);
    children.add(child);
    return child.awaitLine("ready");
  }

  private Path log() {
    return directory.resolve("log");
  }

  private List<Computation> computations() {
    return Computations.of(log(), Map.of());
  }

  @Test
  void manyProcessesMakeOneComputation() {
    List<ChildJvm> all = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      all.add(process(FOR_EVER));
    }
    all.forEach(child -> child.tell("call t/cold " + THREADS));
    Set<String> results = new TreeSet<>();
    all.forEach(child -> results.add(child.line()));

    assertThat(results).hasSize(1);
    assertThat(computations()).hasSize(1);
  }

  @Test
  void deathOfTheHolderIsSeenBeforeItsLeaseExpires() {
    ChildJvm holder = process(FOR_EVER);
    ChildJvm next = process(FOR_EVER);
    holder.tell("begin t/a").awaitLine("computing");
    next.ask("call t/other 1"); // so that it has a number of its own, and not the dead's
    next.tell("begin t/a");
    holder.kill();

    next.awaitLine("computing").tell("go");
    assertThat(next.line()).startsWith("t/a@");
    assertThat(computations()).hasSize(3);
  }

  @Test
  void slotOfTheDeadIsTakenByWhoeverComesLater() {
    ChildJvm holder = process(FOR_EVER);
    holder.tell("begin t/a").awaitLine("computing");
    holder.kill();

    assertThat(process(FOR_EVER).ask("call t/a 1")).startsWith("t/a@");
  }

  @Test
  void valueOfAHolderThatWasStoppedIsNotStored() {
    ChildJvm stopped = process(RENEWED);
    ChildJvm successor = process(RENEWED);
    stopped.tell("begin t/a").awaitLine("computing");
    stopped.signal("STOP");
    successor.tell("begin t/a").awaitLine("computing"); // when the lease has expired
    stopped.signal("CONT");
    String late = stopped.tell("go").line();
    assertThat(stopped.ask("stats")).endsWith(" 1"); // a lost lease
    successor.tell("go");
    String stored = successor.line();

    assertThat(late).startsWith("t/a@").isNotEqualTo(stored);
    assertThat(process(SHORT).ask("call t/a 1")).isEqualTo(stored);
    assertThat(computations()).hasSize(2);
  }

  @Test
  void valueThatWasEvictedWhileItsHolderWasStoppedIsNotStored() {
    ChildJvm stopped = process(RENEWED);
    ChildJvm successor = process(RENEWED);
    stopped.tell("begin t/a").awaitLine("computing");
    stopped.signal("STOP");
    assertThat(successor.ask("evict t")).isEqualTo("0");
    String stored = successor.ask("call t/a 1");
    stopped.signal("CONT");
    String late = stopped.tell("go").line();

    assertThat(late).startsWith("t/a@").isNotEqualTo(stored);
    assertThat(process(SHORT).ask("call t/a 1")).isEqualTo(stored);
    assertThat(stopped.ask("call t/a 1")).isEqualTo(stored);
  }

  @Test
  void leaseIsRenewedAsLongAsItsHolderComputes() {
    ChildJvm holder = process(RENEWED);
    ChildJvm other = process(RENEWED);
    holder.tell("begin t/a").awaitLine("computing");
    other.tell("begin t/a");
    new LeaseWords(directory.resolve("store")).awaitRenewals(RENEWALS);
    assertThat(other.unreadLines()).isZero();
    String computed = holder.tell("go").line();

    assertThat(other.line()).isEqualTo(computed);
    assertThat(computations()).hasSize(1);
  }

  @Test
  void failureIsItsOwnCallersAndTheNextComputesAtOnce() {
    ChildJvm failing = process(FOR_EVER);
    ChildJvm next = process(FOR_EVER);
    failing.tell("fail t/a").awaitLine("computing");
    next.tell("begin t/a");
    assertThat(failing.tell("go").line()).isEqualTo("failed t/a");

    next.awaitLine("computing").tell("go");
    assertThat(next.line()).startsWith("t/a@");
  }

  /** Who comes late has waited less often; so that they go on side by side is seen in one of many trials. */
  @Test
  void methodThatKeepsFailingIsNotCalledByOneProcessAfterAnother() {
    List<ChildJvm> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(process(FOR_EVER));
    }
    all.forEach(child -> child.ask("call t/warm 1")); // so that they arrive together
    AtomicInteger trials = new AtomicInteger();
    Patience.until(
        "some compute side by side",
        () -> roundsOfFailures(all, "t/" + trials.incrementAndGet()) < all.size());
  }

  /** Each round one fails, until the others have waited often enough and go on side by side. */
  private static int roundsOfFailures(List<ChildJvm> all, String key) {
    all.forEach(child -> child.tell("fail " + key));
    int rounds = 0;
    List<ChildJvm> waiting = new ArrayList<>(all);
    while (!waiting.isEmpty()) {
      Patience.until(
          "somebody computes", () -> waiting.stream().anyMatch(c -> c.unreadLines() > 0));
      Patience.moment(Duration.ofMillis(200)); // for those who compute beside it
      List<ChildJvm> computing =
          waiting.stream().filter(child -> child.unreadLines() > 0).toList();
      computing.forEach(child -> child.awaitLine("computing").tell("go"));
      computing.forEach(child -> assertThat(child.line()).isEqualTo("failed " + key));
      waiting.removeAll(computing);
      rounds++;
    }
    return rounds;
  }

  @Test
  void processesThatCrossEndLongBeforeTheyAreTiredOfWaiting() {
    ChildJvm one = process(FOR_EVER);
    ChildJvm two = process(FOR_EVER);
    one.tell("nest t/1 t/2").awaitLine("computing");
    two.tell("nest t/2 t/1").awaitLine("computing");
    one.tell("go");
    two.tell("go");

    assertThat(one.line()).startsWith("t/1(t/2");
    assertThat(two.line()).startsWith("t/2(t/1");
  }

  @Test
  void processesInACircleOfThreeEnd() {
    ChildJvm one = process(FOR_EVER);
    ChildJvm two = process(FOR_EVER);
    ChildJvm three = process(FOR_EVER);
    one.tell("nest t/1 t/2").awaitLine("computing");
    two.tell("nest t/2 t/3").awaitLine("computing");
    three.tell("nest t/3 t/1").awaitLine("computing");
    children.forEach(child -> child.tell("go"));

    children.forEach(child -> assertThat(child.line()).matches("t/[123]\\(t/[123].*"));
  }

  @Test
  void leaseFileThatIsRemovedIsMadeAnew() throws Exception {
    ChildJvm one = process(FOR_EVER);
    assertThat(one.ask("call t/first 1")).startsWith("t/first@");
    Files.delete(directory.resolve("store/leases"));
    ChildJvm two = process(FOR_EVER);
    assertThat(two.ask("call t/second 1")).startsWith("t/second@");
    Patience.moment(Duration.ofMillis(1100)); // as often as it is looked for
    one.tell("begin t/a").awaitLine("computing");
    two.tell("begin t/a");
    Patience.moment(SHORT);
    assertThat(two.unreadLines()).isZero();
    String computed = one.tell("go").line();

    assertThat(two.line()).isEqualTo(computed);
  }

  /** What it does after the moment before the signal is not counted. */
  private static void kill(ChildJvm victim, Map<String, Long> deaths) {
    deaths.put(String.valueOf(victim.pid()), System.nanoTime());
    victim.kill();
  }

  @Test
  void noKeyIsComputedByTwoLivingProcessesAtOnceWhateverDies() {
    Random random = new Random(7);
    Map<String, Long> deaths = new HashMap<>();
    for (int i = 0; i < PROCESSES; i++) {
      process(Duration.ofSeconds(30), 5).tell("loop " + KEYS);
    }
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    int kills = 0;
    while (System.nanoTime() < end || kills < FEWEST_KILLS) {
      Patience.moment(Duration.ofMillis(200 + random.nextInt(300)));
      ChildJvm victim = children.remove(random.nextInt(children.size()));
      kill(victim, deaths);
      kills++;
      ChildJvm evictor = process(Duration.ofSeconds(30), 5);
      evictor.ask("evict t");
      evictor.tell("loop " + KEYS);
    }
    children.forEach(child -> kill(child, deaths));
    List<Computation> all = Computations.of(log(), deaths);

    System.out.println(
        "leases: " + all.size() + " computations, " + kills + " kills, overlaps: none");
    assertThat(all).hasSizeGreaterThan(KEYS);
    assertThat(Computations.overlaps(all)).isEmpty();
  }
}
