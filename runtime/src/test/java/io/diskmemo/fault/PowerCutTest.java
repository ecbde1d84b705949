package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.Synchronous;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The disk loses power while a process stores. */
class PowerCutTest {
  private static final int CUTS = Integer.getInteger("tests.power.cuts", 3);
  private static final int LIVES_PER_DISK = 5;
  private static final int MOST_STEPS = 150;

  private final Random random = new Random(Long.getLong("tests.seed", 42));

  /** What is on the disk of now, of all lives that it has seen. */
  private final List<String> kept = new ArrayList<>();

  private int acknowledged;
  private int lost;

  @TempDir
  private Path directory;

  @ParameterizedTest
  @EnumSource
  void whatIsLeftIsWhatWasStoredUpToSomeMoment(Synchronous synchronous) throws IOException {
    for (int cut = 0; cut < CUTS; cut += LIVES_PER_DISK) {
      try (LoopDisk disk = LoopDisk.mount(directory.resolve("disk-" + cut))) {
        kept.clear();
        for (int life = cut; life < Math.min(cut + LIVES_PER_DISK, CUTS); life++) {
          cut(disk, synchronous, cut, life);
        }
      }
    }
    System.out.println(synchronous + " cuts=" + CUTS + " stored=" + acknowledged + " lost=" + lost);
  }

  private void cut(LoopDisk disk, Synchronous synchronous, int first, int number) {
    Path store = disk.place().resolve("store");
    List<String> said;
    int before;
    try (ChildJvm victim =
        ChildJvm.start(PowerCutVictim.class, store, synchronous, "live", first, number)) {
      int lines = 1 + random.nextInt(MOST_STEPS);
      victim.awaitUnreadLines(lines);
      if (number % 2 == 0) {
        disk.writeBack(); // of the latest commits only a part
      }
      Patience.moment(Duration.ofNanos(random.nextInt(3_000_000)));
      before = victim.unreadLines();
      disk.cutPower();
      victim.kill();
      said = victim.remainingLines();
    }
    disk.mountAgain();
    try (ChildJvm teller =
        ChildJvm.start(PowerCutVictim.class, store, synchronous, "tell", first, number)) {
      List<String> left = teller.success();
      assertThat(left)
          .contains("stored true true")
          .noneMatch(line -> line.matches("(wrong|unsound).*"));
      verify(synchronous, "life" + number, said, before, left);
    }
  }

  /**
   * Of what was said, only the lines before the cut bind: unlike a power cut, it leaves the processes
   * running, and ext4 answers an fsync that began before it and ends after it as if it had succeeded.
   */
  private void verify(
      Synchronous synchronous, String life, List<String> said, int before, List<String> left) {
    List<String> promised = said.subList(0, before);
    long puts = putsIn(said);
    Set<String> found =
        left.stream().filter(line -> line.startsWith("found ")).collect(Collectors.toSet());
    int last = (int)
        found.stream().filter(line -> line.startsWith("found " + life + "/")).count();
    IntStream.range(0, last).forEach(step -> kept.add("found " + life + "/" + step));
    assertThat(found).containsExactlyInAnyOrderElementsOf(kept);
    assertThat(left.get(0)).matches("entries \\d+");
    assertThat(Integer.parseInt(left.get(0).substring("entries ".length())))
        .as("a row of a replaced value can be back without its file")
        .isBetween(found.size(), found.size() + PowerCutVictim.REPLACED);
    assertThat((long) last)
        .isBetween(synchronous == Synchronous.FULL ? putsIn(promised) : 0, puts + 1);
    left.stream()
        .filter(line -> line.startsWith("replaced/"))
        .filter(line -> line.contains(life))
        .forEach(line -> verifyReplacement(life, line, last));
    if (synchronous == Synchronous.FULL) {
      requireLatest(life, promised, left);
    }
    acknowledged += (int) puts;
    lost += Math.max(0, (int) puts - last);
  }

  private static long putsIn(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("put ")).count();
  }

  /** It is of the same moment as what is there besides it. */
  private static void verifyReplacement(String life, String line, int last) {
    int number = Integer.parseInt(line.substring(line.indexOf('/') + 1, line.indexOf(' ')));
    String value = line.substring(line.indexOf(' ') + 1);
    int latest = Math.floorDiv(last - 1 - number, PowerCutVictim.REPLACED) * PowerCutVictim.REPLACED
        + number;
    assertThat(value)
        .isIn(
            PowerCutVictim.replacement(life, latest),
            latest == last - 1 // put, but its replacement may be lost
                ? PowerCutVictim.replacement(life, latest - PowerCutVictim.REPLACED)
                : PowerCutVictim.replacement(life, latest));
  }

  /** The last replacements that were said are there, or later ones, made in the moment of the cut. */
  private static void requireLatest(String life, List<String> said, List<String> left) {
    int steps = (int) said.stream().filter(line -> line.startsWith("replaced ")).count();
    for (int step = Math.max(0, steps - PowerCutVictim.REPLACED + 1); step < steps; step++) {
      int number = step % PowerCutVictim.REPLACED;
      assertThat(left)
          .as("replacement %d of %s, or a later one of its key", step, life)
          .containsAnyElementsOf(IntStream.iterate(
                  step,
                  later -> later < PowerCutVictim.MOST_STEPS,
                  later -> later + PowerCutVictim.REPLACED)
              .mapToObj(
                  later -> "replaced/" + number + " " + PowerCutVictim.replacement(life, later))
              .toList());
    }
  }
}
