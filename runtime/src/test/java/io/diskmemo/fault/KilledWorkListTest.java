package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.PersistentDeque;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Patience;
import io.diskmemo.testkit.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they push to a deque, take from it, and put into a map. */
class KilledWorkListTest {
  private static final int KILLS = Integer.getInteger("tests.kills", 20);

  private final Random random = new Random(Long.getLong("tests.seed", 42));

  @TempDir
  private Path directory;

  /** Pushed and acknowledged, and not taken by anybody who lived to say so. */
  private final Set<String> there = new HashSet<>();

  private final Map<String, Set<String>> values = new HashMap<>();
  private long acknowledged;

  /** What a victim was doing when it died. */
  private record Last(List<String> pushing, boolean taking) {}

  @Test
  void whatWasAcknowledgedIsThereOrWasTakenAndNothingComesTwice() {
    for (int kill = 0; kill < KILLS; kill++) {
      verify(kill("life" + kill));
    }
    System.out.println("work list kills=" + KILLS + " acknowledged=" + acknowledged);
    assertThat(acknowledged).isPositive();
  }

  private Last kill(String life) {
    try (ChildJvm victim =
        ChildJvm.start(WorkListVictim.class, directory, life).awaitLine("opening")) {
      if (random.nextInt(4) == 0) {
        Patience.moment(Duration.ofMillis(random.nextInt(300))); // while it opens, or soon after
      } else {
        int lines = 1 + random.nextInt(200);
        victim.awaitUnreadLines(lines);
        Patience.moment(Duration.ofNanos(random.nextInt(3_000_000)));
      }
      victim.kill();
      return hear(victim.remainingLines());
    }
  }

  private Last hear(List<String> lines) {
    Last last = new Last(List.of(), false);
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      last = new Last(List.of(), false);
      switch (words[0]) {
        case "pushing" -> last = new Last(List.of(words[1]), false);
        case "pushed" -> push(List.of(words[1]));
        case "committing" -> last = new Last(batch(words[1]), false);
        case "committed" -> push(batch(words[1]));
        case "taking" -> last = new Last(List.of(), true);
        case "took" -> took(words[1]);
        case "putting" ->
          values.computeIfAbsent(words[1], KilledWorkListTest::absent).add(words[2]);
        case "put" -> values.put(words[1], new HashSet<>(Set.of(words[2])));
        default -> throw new AssertionError("the victim says " + line);
      }
    }
    return last;
  }

  private static Set<String> absent(String key) {
    return new HashSet<>(Set.of("nothing"));
  }

  private static List<String> batch(String job) {
    return IntStream.range(0, WorkListVictim.BATCH).mapToObj(i -> job + "+" + i).toList();
  }

  private void push(List<String> jobs) {
    there.addAll(jobs);
    acknowledged++;
  }

  private void took(String job) {
    if (!job.equals("null")) {
      assertThat(there.remove(job)).as("%s is taken a second time", job).isTrue();
    }
    acknowledged++;
  }

  private void verify(Last last) {
    try (DiskMemo memo = Stores.open(directory)) {
      PersistentDeque<String> jobs = memo.deque("jobs", String.class);
      List<String> found = new ArrayList<>(jobs);
      assertThat(found).doesNotHaveDuplicates().hasSize(jobs.size());
      if (!last.pushing().isEmpty() && found.contains(last.pushing().get(0))) {
        there.addAll(last.pushing()); // all or none
      }
      Set<String> lost = new HashSet<>(there);
      found.forEach(lost::remove);
      assertThat(lost).hasSizeLessThanOrEqualTo(last.taking() ? 1 : 0);
      assertThat(there).containsAll(found);
      there.removeAll(lost); // it died with what it took
      assertThat(jobs.damaged()).isZero();
      verify(memo.map("map", String.class, String.class));
    }
  }

  private void verify(Map<String, String> map) {
    values.forEach((key, allowed) -> {
      String found = map.getOrDefault(key, "nothing");
      assertThat(found).isIn(allowed);
      allowed.retainAll(Set.of(found));
    });
    assertThat(values.keySet()).containsAll(map.keySet());
  }
}
