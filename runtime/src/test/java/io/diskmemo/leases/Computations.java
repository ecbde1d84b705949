package io.diskmemo.leases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What processes wrote down of their computations. */
final class Computations {
  private Computations() {}

  /** A computation; the end is the last moment that there is if the process died in it. */
  record Computation(String name, String process, long beganNanos, long endedNanos) {
    boolean overlaps(Computation other) {
      return beganNanos < other.endedNanos && other.beganNanos < endedNanos;
    }
  }

  /** All that is written in a log, which may end within a line. */
  static List<Computation> of(Path log, Map<String, Long> deathsNanos) {
    Map<String, Computation> open = new HashMap<>();
    List<Computation> all = new ArrayList<>();
    for (String line : linesOf(log)) {
      String[] words = line.split(" ", -1);
      if (words.length < 5) {
        continue;
      }
      String who = words[1] + " " + words[2] + " " + words[3];
      long nanos = Long.parseLong(words[4]);
      if (words[0].equals("begin")) {
        long death = deathsNanos.getOrDefault(words[2], Long.MAX_VALUE);
        open.put(who, new Computation(words[1], words[2], nanos, death));
      } else {
        Computation begun = open.remove(who);
        all.add(new Computation(words[1], words[2], begun.beganNanos(), nanos));
      }
    }
    all.addAll(open.values());
    return all;
  }

  private static List<String> linesOf(Path log) {
    try {
      return Files.readAllLines(log);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pairs of computations of one name by different processes at the same time. */
  static List<String> overlaps(List<Computation> all) {
    Map<String, List<Computation>> byName = new HashMap<>();
    all.forEach(
        one -> byName.computeIfAbsent(one.name(), name -> new ArrayList<>()).add(one));
    List<String> found = new ArrayList<>();
    for (List<Computation> same : byName.values()) {
      for (int i = 0; i < same.size(); i++) {
        for (int j = 0; j < i; j++) {
          if (same.get(i).overlaps(same.get(j))) {
            found.add(same.get(i) + " and " + same.get(j));
          }
        }
      }
    }
    return found;
  }
}
