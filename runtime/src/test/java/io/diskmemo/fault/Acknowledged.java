package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.CheckReport;
import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.multiprocess.MemoizedText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What victims said that they had done to one store, and what that store must hold then. */
final class Acknowledged {
  private final List<String> called = new ArrayList<>();
  private final List<String> committed = new ArrayList<>();
  private final Map<String, Set<String>> puts = new HashMap<>();
  private final Set<String> begun = new HashSet<>();
  private long incrementsDone;
  private long incrementsBegun;
  private int verified;

  /** Notes what a victim said before its end. */
  void hear(List<String> lines) {
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "called" -> called.add(words[1]);
        case "committing" -> begun.add(words[1]);
        case "committed" -> {
          begun.remove(words[1]);
          committed.add(words[1]);
        }
        case "putting" -> puts.computeIfAbsent(words[1], this::absent).add(words[2]);
        case "put" -> puts.put(words[1], new HashSet<>(Set.of(words[2])));
        case "incrementing" -> incrementsBegun++;
        case "incremented" -> incrementsDone++;
        default -> {} // opening, open, closed
      }
    }
  }

  private Set<String> absent(String key) {
    return new HashSet<>(Set.of(key.startsWith("doomed-") ? key : "nothing"));
  }

  /** Looks at everything that has not been looked at, and at the soundness of it all. */
  void verify(DiskMemo memo) {
    KindCache kept = memo.kind("kept");
    MemoizedText text = new MemoizedText(memo, "kept");
    for (String name : called.subList(verified, called.size())) {
      assertThat(text.known(name)).isEqualTo(KillVictim.valueOf(name));
    }
    verified = called.size();
    committed.forEach(id -> assertThat(entriesOf(id, text)).isEqualTo(KillVictim.BATCH));
    begun.forEach(id -> assertThat(entriesOf(id, text)).isIn(0L, (long) KillVictim.BATCH));
    begun.clear();
    committed.clear();
    puts.forEach((key, allowed) -> {
      String found = kept.get(key, String.class).orElse("nothing");
      assertThat(found).isIn(allowed);
      allowed.retainAll(Set.of(found));
    });
    long count = kept.get("counter", Long.class).orElse(0L);
    assertThat(count).isBetween(incrementsDone, incrementsBegun);
    incrementsDone = count;
    incrementsBegun = count;
    assertThat(memo.kind("churn").volume()).isLessThanOrEqualTo(KillVictim.CHURN_LIMIT);
    for (CheckReport report : memo.maintenance().dryRun().check()) {
      assertThat(report.problems()).isEmpty();
      assertThat(report.damaged()).isZero();
    }
    assertThat(kept.put("after", "words")).isTrue();
    assertThat(kept.get("after", String.class)).contains("words");
  }

  /** Looks at everything once more. */
  void verifyAll(DiskMemo memo) {
    verified = 0;
    verify(memo);
  }

  private static long entriesOf(String batch, MemoizedText text) {
    return IntStream.range(0, KillVictim.BATCH)
        .mapToObj(i -> "b/" + batch + "-" + i)
        .filter(name -> isKnown(name, text))
        .count();
  }

  private static boolean isKnown(String name, MemoizedText text) {
    try {
      assertThat(text.known(name)).isEqualTo(KillVictim.valueOf(name));
      return true;
    } catch (MemoizedText.NotKnown e) {
      return false;
    }
  }

  long acknowledgements() {
    return called.size() + incrementsDone;
  }
}
