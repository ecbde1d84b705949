package io.diskmemo.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.CheckReport;
import io.diskmemo.DiskMemo;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that both have everything in memory. */
class EvictionAcrossProcessesTest {
  private static final int ROUNDS = Integer.getInteger("tests.rounds", 200);

  @TempDir
  private Path directory;

  private ChildJvm a;
  private ChildJvm b;

  @BeforeEach
  void startBoth() {
    a = start();
    b = start();
    a.awaitLine("running").tell("go").awaitLine("open");
    b.awaitLine("running").tell("go").awaitLine("open");
  }

  private ChildJvm start() {
    return ChildJvm.start(
        CacheProcess.class, directory.resolve("store"), directory.resolve("truth"));
  }

  @AfterEach
  void endBoth() {
    a.close();
    b.close();
  }

  @Test
  void whatOneProcessComputesIsADiskHitInTheOther() {
    assertThat(a.ask("text t1/x")).isEqualTo("computed t1/x=0");
    assertThat(b.ask("text t1/x")).isEqualTo("hit t1/x=0");
    assertThat(b.ask("stats")).contains("memoryHits=0, diskHits=1, missesAbsent=0");
    assertThat(b.ask("text t1/x")).isEqualTo("hit t1/x=0");
    assertThat(b.ask("stats")).contains("memoryHits=1, diskHits=1");
  }

  @Test
  void anEvictedTextIsNeverReturnedByTheOtherProcess() {
    for (int round = 0; round < ROUNDS; round++) {
      String name = "t" + round % 5 + "/" + round % 3;
      String other = "t" + (round + 1) % 5 + "/x";
      String known = texts(name, other).get(1);
      long version = Long.parseLong(a.ask("change " + name));
      a.ask(
          switch (round % 4) {
            case 0 -> "evict-tag every";
            case 1 -> "evict-method";
            case 2 -> "clear";
            default -> "evict-tag " + MemoizedText.tagOf(name);
          });
      assertThat(b.ask("text " + name)).isEqualTo("computed " + name + "=" + version);
      assertThat(a.ask("text " + name)).isEqualTo("hit " + name + "=" + version);
      assertThat(b.ask("text " + other)).endsWith(known);
    }
  }

  /** Both processes have both texts in memory afterwards. */
  private List<String> texts(String name, String other) {
    List<String> texts = List.of(known(name), known(other));
    assertThat(a.ask("text " + name)).isEqualTo("hit " + texts.get(0));
    assertThat(a.ask("text " + other)).isEqualTo("hit " + texts.get(1));
    return texts;
  }

  private String known(String name) {
    b.ask("text " + name);
    String known = b.ask("text " + name);
    assertThat(known).startsWith("hit ");
    return known.substring("hit ".length());
  }

  @Test
  void aReplacedOrDeletedValueIsNeverReturnedByTheOtherProcess() {
    for (int round = 0; round < ROUNDS; round++) {
      ChildJvm writer = round % 2 == 0 ? a : b;
      ChildJvm reader = round % 2 == 0 ? b : a;
      writer.ask("put key v" + round);
      assertThat(reader.ask("get key")).isEqualTo("v" + round);
      assertThat(writer.ask("get key")).isEqualTo("v" + round);
      switch (round % 3) {
        case 0 -> assertThat(writer.ask("delete key")).isEqualTo("true");
        case 1 -> assertThat(writer.ask("pop key")).isEqualTo("v" + round);
        default -> assertThat(writer.ask("put key other")).isEqualTo("true");
      }
      assertThat(reader.ask("get key")).isEqualTo(round % 3 == 2 ? "other" : "nothing");
    }
  }

  @Test
  void manyThatAreClearedOrHiddenAreNeverReturnedByTheOtherProcess() {
    for (int round = 0; round < Math.max(12, ROUNDS / 50); round++) {
      ChildJvm writer = round % 2 == 0 ? a : b;
      ChildJvm reader = round % 2 == 0 ? b : a;
      String value = "v" + round;
      assertThat(writer.ask("fill " + value)).isEqualTo(value);
      assertThat(reader.ask("filled")).isEqualTo("[" + value + "]");
      assertThat(writer.ask("filled")).isEqualTo("[" + value + "]");
      switch (round % 4) {
        case 0 -> assertThat(writer.ask("clear")).isEqualTo("1200");
        case 1 -> assertThat(reader.ask("clear")).isEqualTo("1200");
        case 2 -> assertThat(writer.ask("evict-tag many")).isEqualTo("1200");
        default -> {
          writer.tell("clear");
          reader.tell("clear");
          assertThat(Long.parseLong(writer.line()) + Long.parseLong(reader.line()))
              .isEqualTo(1200);
        }
      }
      assertThat(reader.ask("filled")).isEqualTo("[nothing]");
      assertThat(writer.ask("filled")).isEqualTo("[nothing]");
      writer.ask("put m7 again");
      assertThat(reader.ask("get m7")).isEqualTo("again");
      reader.ask("delete m7");
    }
  }

  @Test
  void aTextThatIsComputedDuringItsEvictionIsNotStored() {
    List<String> evictions = List.of("evict-tag every", "evict-method", "clear", "evict-tag t2");
    for (int round = 0; round < ROUNDS / 3; round++) {
      String name = "t2/" + round;
      b.tell("slowly " + name).awaitLine("computing");
      long version = Long.parseLong(a.ask("change " + name));
      a.ask(evictions.get(round % evictions.size()));
      boolean waits = round % 2 == 0;
      if (waits) {
        a.tell("text " + name);
      }
      assertThat(b.ask("go")).isEqualTo(name + "=" + (version - 1)); // the call began before
      if (waits) {
        a.awaitLine("computed " + name + "=" + version);
      }
      assertThat(b.ask("text " + name)).endsWith(name + "=" + version);
      assertThat(a.ask("text " + name)).isEqualTo("hit " + name + "=" + version);
    }
  }

  @Test
  void theStoreIsSoundWhileOthersAreInIt() {
    a.ask("text t1/x");
    b.ask("text t2/x");
    try (DiskMemo memo = DiskMemo.open(CacheProcess.settings(directory.resolve("store")))) {
      CheckReport report = memo.kind("texts").check();
      assertThat(report.problems()).isEmpty();
      assertThat(report.entries()).isEqualTo(2);
    }
  }
}
