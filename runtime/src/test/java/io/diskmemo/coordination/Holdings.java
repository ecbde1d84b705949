package io.diskmemo.coordination;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What processes wrote down of the locks and permits that they held. */
final class Holdings {
  private Holdings() {}

  /** The end is the last moment that there is if the process died in it. */
  record Holding(long token, long beganNanos, long endedNanos) {}

  private record Step(long nanos, int change) {}

  /** All that is written in a log; of a process that died, until when it lived for certain. */
  static List<Holding> of(Path log, Map<Long, Long> deathsNanos) throws IOException {
    Map<Long, Holding> open = new HashMap<>();
    List<Holding> all = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      String[] words = line.split(" ", -1);
      if (words.length == 4) {
        long token = Long.parseLong(words[1]);
        long nanos = Long.parseLong(words[3]);
        if (words[0].equals("begin")) {
          long death = deathsNanos.getOrDefault(Long.parseLong(words[2]), Long.MAX_VALUE);
          open.put(token, new Holding(token, nanos, Math.max(nanos, death)));
        } else {
          Holding begun = open.remove(token);
          all.add(new Holding(token, begun.beganNanos(), nanos));
        }
      }
    }
    all.addAll(open.values());
    return all;
  }

  /** How many were held at one moment. */
  static int most(List<Holding> all) {
    List<Step> steps = new ArrayList<>();
    for (Holding holding : all) {
      steps.add(new Step(holding.beganNanos(), 1));
      steps.add(new Step(holding.endedNanos(), -1));
    }
    steps.sort(Comparator.comparingLong(Step::nanos).thenComparingInt(Step::change));
    int now = 0;
    int most = 0;
    for (Step step : steps) {
      now += step.change();
      most = Math.max(most, now);
    }
    return most;
  }
}
