package io.diskmemo.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.coordination.Holdings.Holding;
import io.diskmemo.leases.LeaseWords;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks and the like in several processes that end, stop and go on. */
class CoordinationAcrossProcessesTest {
  private static final int ROUNDS = Integer.getInteger("tests.coordination.rounds", 4);

  /** Longer than any test: what ends, ends because somebody saw its holder dead. */
  private static final Duration FOR_EVER = Duration.ofHours(1);

  private static final Duration SHORT = Duration.ofMillis(300);

  /** Whoever is not stopped renews in time, whatever else the machine does. */
  private static final Duration RENEWED = Duration.ofSeconds(3);

  /** Three come in a time to live, so it would have expired by the last. */
  private static final int RENEWALS = 5;

  @TempDir
  Path directory;

  private final List<ChildJvm> children = new ArrayList<>();
  private long millis = 1_900_000_000_000L;

  @BeforeEach
  void begin() throws IOException {
    advance(Duration.ZERO);
  }

  @AfterEach
  void close() {
    ChildJvm.closeAll(children);
  }

  /** Sets the clock of all children, in one step for each. */
  private void advance(Duration duration) throws IOException {
    millis += duration.toMillis();
    Path next = Files.writeString(directory.resolve("clock.new"), String.valueOf(millis));
    Files.move(next, directory.resolve("clock"), StandardCopyOption.ATOMIC_MOVE);
  }

  private ChildJvm process(Duration ttl) {
    ChildJvm child = ChildJvm.start(
        Participant.class,
        directory.resolve("store"),
        log(),
        ttl.toMillis(),
        directory.resolve("clock"));
    children.add(child);
    return child.awaitLine("ready");
  }

  private Path log() {
    return directory.resolve("log");
  }

  @Test
  void lockOfTheDeadIsTakenAtOnce() {
    ChildJvm holder = process(FOR_EVER);
    ChildJvm next = process(FOR_EVER);
    long first = Long.parseLong(holder.ask("lock"));
    assertThat(next.ask("trylock")).isEqualTo("none");
    next.tell("lock");
    holder.kill();

    assertThat(Long.parseLong(next.line())).isGreaterThan(first);
    assertThat(next.ask("held")).isEqualTo("true");
  }

  @Test
  void methodThatIsDoneOneAtATimeIsInOneProcess() {
    ChildJvm first = process(FOR_EVER);
    ChildJvm second = process(FOR_EVER);
    ChildJvm third = process(FOR_EVER);
    assertThat(first.ask("enter")).isEqualTo("inside");
    second.tell("enter");
    Patience.moment(SHORT); // in which it would have come in
    assertThat(second.unreadLines()).isZero();
    assertThat(first.ask("leave")).isEqualTo("outside");
    assertThat(second.line()).isEqualTo("inside");
    third.tell("enter");
    Patience.moment(SHORT);
    assertThat(third.unreadLines()).isZero();
    second.kill();

    assertThat(third.line()).isEqualTo("inside");
  }

  @Test
  void methodWithARateHasItInAllProcessesTogether() throws IOException {
    ChildJvm first = process(SHORT);
    ChildJvm second = process(SHORT);
    assertThat(first.ask("call 3")).isEqualTo("called");
    assertThat(second.ask("call 3")).isEqualTo("called");
    assertThat(first.ask("call 3")).isEqualTo("called");
    second.tell("call 3");
    Patience.moment(SHORT);
    assertThat(second.unreadLines()).isZero();
    advance(Participant.PERIOD.dividedBy(2));

    assertThat(second.line()).isEqualTo("called");
  }

  @Test
  void lateReleaseFreesNobodyElsesLock() {
    ChildJvm stopped = process(RENEWED);
    ChildJvm successor = process(RENEWED);
    long first = Long.parseLong(stopped.ask("lock"));
    stopped.signal("STOP");
    long second = Long.parseLong(successor.ask("lock")); // when the other has expired
    stopped.signal("CONT");

    assertThat(second).isGreaterThan(first);
    assertThat(stopped.ask("held")).isEqualTo("false");
    assertThat(stopped.ask("unlock")).isEqualTo("done");
    assertThat(successor.ask("held")).isEqualTo("true");
    assertThat(stopped.ask("trylock")).isEqualTo("none");
    assertThat(successor.ask("unlock")).isEqualTo("done");
    assertThat(stopped.ask("trylock")).isNotEqualTo("none");
  }

  @Test
  void lateReleaseFreesNobodyElsesPermit() {
    ChildJvm stopped = process(RENEWED);
    ChildJvm successor = process(RENEWED);
    stopped.ask("acquire");
    stopped.ask("acquire");
    stopped.signal("STOP");
    successor.ask("acquire");
    successor.ask("acquire");
    stopped.signal("CONT");
    stopped.ask("release");
    stopped.ask("release");

    assertThat(successor.ask("held")).isEqualTo("true");
    assertThat(successor.ask("release")).isEqualTo("done");
    assertThat(successor.ask("held")).isEqualTo("true");
  }

  @Test
  void lockIsKeptForAsLongAsItsHolderLives() {
    ChildJvm holder = process(RENEWED);
    ChildJvm other = process(RENEWED);
    holder.ask("lock");
    other.tell("lock");
    new LeaseWords(directory.resolve("store")).awaitRenewals(RENEWALS);

    assertThat(other.unreadLines()).isZero();
    assertThat(holder.ask("held")).isEqualTo("true");
    holder.ask("unlock");
    assertThat(Long.parseLong(other.line())).isPositive();
  }

  @Test
  void lockIsNeverHeldTwiceWhileProcessesAreKilled() throws IOException {
    List<Holding> all = holdingsWhileProcessesAreKilled("lock");

    assertThat(Holdings.most(all)).isEqualTo(1);
    List<Holding> inTime = new ArrayList<>(all);
    inTime.sort(Comparator.comparingLong(Holding::beganNanos));
    assertThat(inTime).isSortedAccordingTo(Comparator.comparingLong(Holding::token));
  }

  @Test
  void semaphoreIsNeverOverItsPermitsWhileProcessesAreKilled() throws IOException {
    assertThat(Holdings.most(holdingsWhileProcessesAreKilled("semaphore"))).isEqualTo(2);
  }

  private List<Holding> holdingsWhileProcessesAreKilled(String what) throws IOException {
    Map<Long, Long> deaths = new HashMap<>();
    List<ChildJvm> living = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      living.add(looping(what));
    }
    for (int round = 0; round < ROUNDS; round++) {
      long lines = linesOfLog();
      Patience.until("work goes on", () -> linesOfLog() > lines + 50);
      ChildJvm victim = living.remove(0);
      deaths.put(victim.pid(), System.nanoTime()); // it holds nothing later, having been killed
      victim.kill();
      living.add(looping(what));
    }
    living.forEach(child -> {
      deaths.put(child.pid(), System.nanoTime());
      child.kill();
    });
    return Holdings.of(log(), deaths);
  }

  private ChildJvm looping(String what) {
    return process(FOR_EVER).tell("loop " + what).awaitLine("looping");
  }

  private long linesOfLog() {
    return Files.exists(log()) ? countLines() : 0;
  }

  private long countLines() {
    try {
      return Files.readAllLines(log()).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void throttleGrantsToAllProcessesTogetherWhatTheClockBrings() throws IOException {
    List<ChildJvm> all = List.of(process(SHORT), process(SHORT), process(SHORT));

    assertThat(drained(all)).isEqualTo(60); // saved up
    advance(Participant.PERIOD.dividedBy(4));
    assertThat(drained(all)).isEqualTo(15);
    advance(Duration.ofMillis(166)); // less than a permit takes
    assertThat(drained(all)).isZero();
    advance(Duration.ofMillis(1));
    assertThat(drained(all)).isEqualTo(1);
    advance(Participant.PERIOD.multipliedBy(1000));
    assertThat(drained(all)).isEqualTo(60); // not more at once
  }

  @Test
  void throttleOutlivesProcesses() throws IOException {
    assertThat(drained(List.of(process(SHORT)))).isEqualTo(60);
    children.forEach(ChildJvm::kill);

    assertThat(drained(List.of(process(SHORT)))).isZero();
  }

  @Test
  void clockThatIsSetBackNeitherGrantsNorBlocksForLongerThanAPeriod() throws IOException {
    List<ChildJvm> all = List.of(process(SHORT), process(SHORT), process(SHORT));
    assertThat(drained(all)).isEqualTo(60);
    advance(Duration.ofDays(-1));
    assertThat(drained(all)).isZero();
    advance(Participant.PERIOD.dividedBy(2));
    assertThat(drained(all)).isEqualTo(30);
    advance(Duration.ofDays(1));
    assertThat(drained(all)).isEqualTo(60);
    advance(Duration.ofDays(-1));
    assertThat(drained(all)).isZero();
  }

  private static int drained(List<ChildJvm> all) {
    all.forEach(child -> child.tell("drain 60"));
    return all.stream().mapToInt(child -> Integer.parseInt(child.line())).sum();
  }

  @Test
  void averageOfAllProcessesIsTheMeanOfTheirNumbers() {
    List<ChildJvm> all = List.of(process(SHORT), process(SHORT), process(SHORT));
    for (int i = 0; i < all.size(); i++) {
      all.get(i).tell("add " + 200 * i + " " + 200 * (i + 1));
    }
    all.forEach(child -> child.awaitLine("done"));

    all.forEach(child -> assertThat(child.ask("mean")).isEqualTo("299.5 600"));
    assertThat(process(SHORT).ask("mean")).isEqualTo("299.5 600");
  }
}
