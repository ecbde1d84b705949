package io.diskmemo.fault;

import io.diskmemo.DiskMemo;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillLoopTest {
  private static final int KILLS = Integer.getInteger("tests.kills", 20);
  private static final int LIVES_PER_STORE = 5;
  private static final int ENDLESS = Integer.MAX_VALUE;

  private final Random random = new Random(Long.getLong("tests.seed", 42));

  @TempDir
  private Path directory;

  @Test
  void whatWasAcknowledgedIsThereAfterAKillAtAnyMoment() throws IOException {
    long acknowledgements = 0;
    for (int kill = 0; kill < KILLS; kill += LIVES_PER_STORE) {
      Path store = directory.resolve("store-" + kill);
      Acknowledged acknowledged = new Acknowledged();
      for (int life = 0; life < Math.min(LIVES_PER_STORE, KILLS - kill); life++) {
        if (random.nextInt(3) == 0) {
          killBesideABystander(store, kill + life, acknowledged);
        } else {
          kill(store, kill + life, acknowledged);
          verify(store, acknowledged);
        }
      }
      try (DiskMemo memo = DiskMemo.open(KillVictim.settings(store))) {
        acknowledged.verifyAll(memo);
      }
      Acknowledged.verifyFiles(store);
      acknowledgements += acknowledged.acknowledgements();
    }
    System.out.println("kills=" + KILLS + " acknowledged=" + acknowledgements);
  }

  private static void verify(Path store, Acknowledged acknowledged) throws IOException {
    try (DiskMemo memo = DiskMemo.open(KillVictim.settings(store))) {
      acknowledged.verify(memo);
    }
    Acknowledged.verifyFiles(store);
  }

  /** Somebody who has the store open does not notice the death of another. */
  private void killBesideABystander(Path store, int number, Acknowledged acknowledged) {
    try (DiskMemo bystander = DiskMemo.open(KillVictim.settings(store))) {
      bystander.kind("kept").put("bystander", "here");
      for (int i = 0; i < KillVictim.MANY; i++) {
        bystander.kind("many").get("m" + i, String.class); // now in memory
      }
      kill(store, number, acknowledged);
      acknowledged.verify(bystander);
    }
  }

  private void kill(Path store, int number, Acknowledged acknowledged) {
    try (ChildJvm victim =
        ChildJvm.start(KillVictim.class, store, "life" + number, ENDLESS).awaitLine("opening")) {
      if (random.nextBoolean()) {
        Patience.moment(Duration.ofMillis(random.nextInt(300))); // while it opens, or soon after
      } else {
        int lines = 1 + random.nextInt(200);
        victim.awaitUnreadLines(lines);
        Patience.moment(Duration.ofNanos(random.nextInt(3_000_000)));
      }
      victim.kill();
      acknowledged.hear(victim.remainingLines());
    }
  }
}
