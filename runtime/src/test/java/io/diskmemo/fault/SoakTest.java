package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Commands;
import io.diskmemo.multiprocess.Patience;
import io.diskmemo.testkit.MountedTmpfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several JVMs work on one store for long, amid faults; what they hold stays what it was early on. */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class SoakTest {
  private static final int SECONDS = Integer.getInteger("tests.soak.seconds", 5);
  private static final int PROCESSES = Integer.getInteger("tests.soak.processes", 3);
  private static final int ROUNDS = Math.max(3, SECONDS / 60);

  /** These are stopped at times and never killed, so that they could leak. */
  private static final int SURVIVORS = Math.max(1, PROCESSES / 4);

  private enum Fault {
    KILL,
    TERMINATE,
    STOP,
    FILL,
    DELETE_VALUES
  }

  private final Random random = new Random(Long.getLong("tests.seed", 42));
  private final List<ChildJvm> processes = new ArrayList<>();
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private long operations;
  private long refused;
  private int started;

  @TempDir
  private Path directory;

  private Path disk;
  private Optional<MountedTmpfs> small = Optional.empty();

  @BeforeEach
  void mount() throws IOException {
    assumeTrue(
        Files.isDirectory(Path.of("/proc/self/fd")), "/proc is missing, by which leaks are seen");
    disk = Files.createDirectory(directory.resolve("disk"));
    small = MountedTmpfs.ifPossible(disk, "64m");
  }

  @AfterEach
  void unmount() {
    try {
      ChildJvm.closeAll(processes);
    } finally {
      small.ifPresent(MountedTmpfs::close);
    }
  }

  @Test
  void whatProcessesHoldStaysWhatItWasEarlyOn() throws IOException {
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(start());
    }
    StoreFiles files = new StoreFiles(disk.resolve("store"));
    Footprint early = Footprint.NONE;
    Footprint late = early;
    long earlyFiles = 0;
    for (int round = 0; round < ROUNDS; round++) {
      disturb(Duration.ofSeconds(SECONDS).dividedBy(ROUNDS));
      Footprint survivors = rest();
      long others = files.sweepAndCountOthers();
      System.out.println("SOAK round " + round + ": " + survivors + ", " + others + " files");
      if (round < Math.max(1, ROUNDS / 3)) {
        early = early.or(survivors);
        earlyFiles = Math.max(earlyFiles, others);
      } else {
        late = late.or(survivors);
        assertThat(others).isLessThanOrEqualTo(earlyFiles + 2 * PROCESSES);
      }
      processes.forEach(process -> process.tell("go"));
    }
    rest();
    System.out.println("SOAK " + SECONDS + " s, faults=" + faults + " operations=" + operations
        + " refused=" + refused + " early=" + early + " late=" + late);
    assertThat(late.descriptors()).isLessThanOrEqualTo(early.descriptors() + 10);
    assertThat(late.threads()).isLessThanOrEqualTo(early.threads() + 8);
    assertThat(late.heapBytes()).isLessThanOrEqualTo(early.heapBytes() * 3 / 2 + (4 << 20));
    assertThat(late.residentKilobytes())
        .isLessThanOrEqualTo(early.residentKilobytes() * 3 / 2 + (32 << 10));
  }

  private ChildJvm start() {
    return ChildJvm.start(
            SoakProcess.class, disk.resolve("store"), directory.resolve("truth"), started++)
        .awaitLine("open");
  }

  private void disturb(Duration length) throws IOException {
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() - end < 0) {
      Patience.moment(Duration.ofMillis(random.nextInt(500)));
      Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
      cause(fault);
      faults.merge(fault, 1, Integer::sum);
    }
  }

  private void cause(Fault fault) throws IOException {
    switch (fault) {
      case KILL -> replaceOne("KILL");
      case TERMINATE -> replaceOne("TERM");
      case STOP -> stopOne();
      case FILL -> fill();
      case DELETE_VALUES -> deleteValues();
    }
  }

  private void replaceOne(String signal) {
    int number = SURVIVORS + random.nextInt(PROCESSES - SURVIVORS);
    ChildJvm victim = processes.get(number);
    victim.signal(signal);
    requireNoViolation(victim, victim.remainingLines());
    victim.close();
    processes.set(number, start());
  }

  private void stopOne() {
    ChildJvm stopped = processes.get(random.nextInt(PROCESSES));
    stopped.signal("STOP");
    Patience.moment(Duration.ofMillis(random.nextInt(1_500)));
    stopped.signal("CONT");
  }

  private void fill() throws IOException {
    if (small.isPresent()) {
      Path filler = disk.resolve("filler");
      Commands.succeeds("dd", "if=/dev/zero", "of=" + filler, "bs=64k"); // it fails at the end
      Patience.moment(Duration.ofMillis(random.nextInt(1_000)));
      Files.delete(filler);
    }
  }

  private void deleteValues() throws IOException {
    List<Path> values = StoreFiles.values(disk.resolve("store"));
    for (int i = 0; i < Math.min(3, values.size()); i++) {
      Files.deleteIfExists(values.get(random.nextInt(values.size())));
    }
  }

  /** What those hold most that are never killed. */
  private Footprint rest() {
    processes.forEach(process -> process.tell("rest"));
    Footprint most = Footprint.NONE;
    for (int i = 0; i < PROCESSES; i++) {
      Footprint one = footprint(processes.get(i));
      if (i < SURVIVORS) {
        most = most.or(one);
      }
    }
    return most;
  }

  private Footprint footprint(ChildJvm process) {
    List<String> lines = new ArrayList<>(List.of(process.line()));
    while (!Footprint.isOne(lines.get(lines.size() - 1))) {
      lines.add(process.line());
    }
    Footprint one = Footprint.parse(lines.remove(lines.size() - 1));
    requireNoViolation(process, lines);
    operations += one.operations();
    refused += one.refused();
    return one;
  }

  private static void requireNoViolation(ChildJvm process, List<String> lines) {
    assertThat(lines).as(process.complaints()).noneMatch(line -> line.startsWith("violation"));
  }
}
