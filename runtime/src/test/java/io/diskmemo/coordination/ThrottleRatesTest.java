package io.diskmemo.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.generated.GateSpec;
import io.diskmemo.multiprocess.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One name with two rates. */
class ThrottleRatesTest {
  @TempDir
  Path directory;

  /** A program whose log is its output. */
  static final class Program {
    public static void main(String[] arguments) {
      System.setErr(System.out);
      try (DiskMemo memo = DiskMemo.open(Path.of(arguments[0]))) {
        for (int i = 0; i < 3; i++) {
          memo.gate(throttled("same", 5));
          memo.throttle("same", 5, Duration.ofSeconds(1));
          memo.gate(throttled("mail", 5));
          memo.throttle("mail", 1 + i, Duration.ofSeconds(1));
        }
      }
    }

    private static GateSpec throttled(String name, int permits) {
      return GateSpec.builder().throttled(name, permits, Duration.ofSeconds(1)).build();
    }
  }

  @Test
  void isToldInTheLogOnceForEachName() {
    try (ChildJvm child = ChildJvm.start(Program.class, directory.resolve("store"))) {
      assertThat(child.remainingLines().stream().filter(line -> line.contains("throttle")))
          .singleElement()
          .asString()
          .contains("the throttle \"mail\" is used with the rates 5 in PT1S and 1 in PT1S; say the"
              + " same everywhere, or use another name");
    }
  }
}
