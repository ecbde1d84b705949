package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.testkit.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files that a process was writing when it was killed or stopped. */
@EnabledOnOs(OS.LINUX)
class TemporaryFilesTest {
  @TempDir
  Path directory;

  private List<Path> temporary() throws Exception {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> file.toString().endsWith(".tmp")).toList();
    }
  }

  @Test
  void fileOfAProcessThatIsStoppedStaysAndThatOfADeadOneGoes() throws Exception {
    try (DiskMemo memo = Stores.open(directory)) {
      memo.kind("default");
      Path target = directory.resolve("kinds/default/other");
      try (ChildJvm writer = ChildJvm.start(TemporaryWriter.class, target)) {
        writer.awaitLine("written");
        writer.signal("STOP");
        assertThat(temporary()).hasSize(1);
        memo.maintenance().run();
        assertThat(temporary()).hasSize(1);
        writer.kill();
        memo.maintenance().run();

        assertThat(temporary()).isEmpty();
      }
    }
  }

  @Test
  void filesOfOthersStay() throws Exception {
    try (DiskMemo memo = Stores.open(directory)) {
      memo.kind("default");
      Path other = Files.createFile(directory.resolve("kinds/default/notes.tmp"));
      memo.maintenance().run();

      assertThat(other).exists();
    }
  }
}
