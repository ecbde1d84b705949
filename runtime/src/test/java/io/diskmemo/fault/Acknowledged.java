package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.CheckReport;
import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.multiprocess.MemoizedText;
import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.ValueFilesOf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What victims said that they had done to one store, and what that store must hold then. */
final class Acknowledged {
  private final List<String> called = new ArrayList<>();
  private final List<String> committed = new ArrayList<>();
  private final Map<String, Set<String>> puts = new HashMap<>();
  private final Set<String> begun = new HashSet<>();
  private long incrementsDone;
  private long incrementsBegun;
  private Set<String> many = new HashSet<>(Set.of("nothing"));
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
        case "changing" -> many.add(words[1]);
        case "changed" -> many = new HashSet<>(Set.of(words[1]));
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
    verifyMany(memo.kind("many"));
    assertThat(memo.kind("churn").volume()).isLessThanOrEqualTo(KillVictim.CHURN_LIMIT);
    for (CheckReport report : memo.maintenance().dryRun().check()) {
      assertThat(report.problems()).isEmpty();
      assertThat(report.damaged()).isZero();
    }
    assertThat(kept.put("after", "words")).isTrue();
    assertThat(kept.get("after", String.class)).contains("words");
  }

  private void verifyMany(KindCache kind) {
    String found = kind.get("m1", String.class).orElse("nothing");
    assertThat(found).isIn(many);
    many = new HashSet<>(Set.of(found));
    boolean filled = !found.equals("nothing");
    assertThat(kind.keys().count()).isEqualTo(filled ? KillVictim.MANY : 0);
    for (int i = 0; i < KillVictim.MANY; i++) {
      assertThat(kind.get("m" + i, String.class))
          .isEqualTo(filled ? Optional.of(KillVictim.manyValue(found, i)) : Optional.empty());
    }
  }

  /** One sweep leaves the value files that rows name, and one database of each kind. */
  static void verifyFiles(Path store) throws IOException {
    for (String kind : KillVictim.KINDS) {
      Path home = store.resolve("kinds").resolve(kind);
      try (KindStore opened = KindStores.open(store, kind, 1 << 30, InstantSource.system())) {
        opened.sweep();
      }
      ValueFilesOf files = new ValueFilesOf(home);
      assertThat(files.onDisk()).isEqualTo(files.inRows());
      try (Stream<Path> all = Files.list(home)) {
        assertThat(all.filter(file -> file.toString().endsWith(".db")))
            .containsExactly(
                home.resolve(Files.readString(home.resolve("current")).strip()));
      }
    }
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
