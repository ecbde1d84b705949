package io.diskmemo.flights;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.testkit.NoThreads;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Methods whose result comes later, in a JVM whose common pool gets no thread. */
class WithoutThreadsTest {
  @TempDir
  Path directory;

  /** Calls a method, also when work that others gave the pool waits there for ever. */
  static final class Program {
    public static void main(String[] arguments) throws Exception {
      try (DiskMemo memo = Stores.open(Path.of(arguments[0]))) {
        TestMethod<String> method = TestMethod.text("m").in(memo);
        say(method.callAsync("a"));
        say(method.callAsync("a"));
        for (int i = 0; i < 100; i++) { // threads of a pool queue in several places
          Thread other = new Thread(Program::giveThePoolWork);
          other.start();
          other.join();
          method.callAsync("a" + i).get(60, TimeUnit.SECONDS);
        }
        giveThePoolWork();
        say(method.callAsync("b"));
        System.out.println(method.computations());
      }
      System.exit(0);
    }

    private static void giveThePoolWork() {
      try {
        ForkJoinPool.commonPool().execute(() -> {});
      } catch (OutOfMemoryError e) {
        return; // it has it all the same
      }
    }

    private static void say(CompletableFuture<String> stage) throws Exception {
      System.out.println(stage.get(60, TimeUnit.SECONDS));
    }
  }

  @Test
  void futuresCompleteAllTheSame() {
    String options = "JAVA_TOOL_OPTIONS=-Djava.util.concurrent.ForkJoinPool.common.parallelism=2"
        + " -Djava.util.concurrent.ForkJoinPool.common.threadFactory=" + NoThreads.class.getName();
    try (ChildJvm child =
        ChildJvm.startUnder(List.of("env", options), Program.class, directory.resolve("store"))) {
      assertThat(child.success()).containsExactly("a!", "a!", "b!", "102");
    }
  }
}
