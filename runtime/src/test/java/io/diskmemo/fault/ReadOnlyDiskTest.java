package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Patience;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file system finds an error and allows no more writing, while a store on it is open. (It can't be
 * mounted read-only by hand then: Linux refuses that while files are open for writing.)
 */
class ReadOnlyDiskTest {
  @TempDir
  private Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void callsGoOnAndStoringResumesOnTheRepairedDisk(boolean takenAwayMeanwhile) throws IOException {
    try (LoopDisk disk = LoopDisk.mount(directory)) {
      Path store = disk.place().resolve("store");
      try (ChildJvm process = ChildJvm.start(TroubledProcess.class, store).awaitLine("open")) {
        require(process, "call before", "right");
        disk.writeBack(); // mapped pages are clean, so that the next write to one is noticed
        disk.failToReadOnly();
        require(process, "call during", "right");
        require(process, "put key", "refused");
        require(process, "evict during", "refused");
        require(process, "call before", "right");
        assertThat(process.ask("state")).isNotEqualTo("HEALTHY");
        if (takenAwayMeanwhile) {
          disk.takeAway();
          require(process, "call without", "right");
        }

        disk.exchangeForRepaired();
        Patience.until("it is the store of the repaired disk", () -> isBack(process));
        require(process, "call after", "right");
        require(process, "known before", String.valueOf(TroubledProcess.CALLS));
        require(process, "check", "true");
      }
      try (ChildJvm next = ChildJvm.start(TroubledProcess.class, store).awaitLine("open")) {
        require(next, "known before", String.valueOf(TroubledProcess.CALLS));
        require(next, "known after", String.valueOf(TroubledProcess.CALLS));
        require(next, "check", "true");
      }
    }
  }

  /** Who was healthy in the empty folder notices with a store that its files are others. */
  private static boolean isBack(ChildJvm process) {
    require(process, "call back", "right");
    return process.ask("known before").equals(String.valueOf(TroubledProcess.CALLS))
        && process.ask("state").equals("HEALTHY");
  }

  private static void require(ChildJvm process, String command, String answer) {
    assertThat(process.ask(command)).as(process.complaints()).isEqualTo(answer);
  }
}
