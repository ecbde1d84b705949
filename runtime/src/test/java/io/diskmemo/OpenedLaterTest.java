package io.diskmemo;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.multiprocess.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory that could be used only later, beside an instance that found it usable. */
class OpenedLaterTest {
  @TempDir
  Path directory;

  /** Says whether it gets the lock. */
  static final class Program {
    public static void main(String[] arguments) throws Exception {
      try (DiskMemo memo = DiskMemo.open(settings(Path.of(arguments[0])))) {
        System.out.println(memo.lock("l").tryLock(Duration.ZERO).isPresent());
      }
    }
  }

  private static Settings settings(Path store) {
    return Settings.builder().directory(store).build();
  }

  /** The end of the other gave back all numbers, so that locks looked like those of a dead process. */
  @Test
  void keepsItsLocksWhenTheOtherIsClosed() throws Exception {
    Path store = directory.resolve("store");
    DiskMemo.open(settings(store)).close();
    try (DiskMemo later = DiskMemo.openLater(settings(store));
        Held held = later.lock("l").lock()) {
      try (DiskMemo other = DiskMemo.open(settings(store))) {
        other.lock("m").lock().close();
      }
      try (ChildJvm child = ChildJvm.start(Program.class, store)) {
        assertThat(child.success()).containsExactly("false");
      }

      assertThat(held.isHeld()).isTrue();
    }
  }
}
