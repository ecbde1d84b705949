package io.diskmemo.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand threads, platform and virtual, that read and write the disk at once. */
class ManyThreadsTest {
  private static final int THREADS = 1000;
  private static final int CALLS = 10;
  private static final int KEYS = 200;

  /** Of a kind, whatever the number of threads: a writer, a few readers, and one that pins. */
  private static final int MOST_CONNECTIONS = 8;

  @TempDir
  Path directory;

  private final Queue<Throwable> problems = new ConcurrentLinkedQueue<>();
  private final AtomicLong mostConnections = new AtomicLong();

  @Test
  void platformThreadsShareAFewConnections() throws Exception {
    run(Thread::new);
  }

  @Test
  void virtualThreadsShareAFewConnections() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with Java 21");
    run(ManyThreadsTest::virtual);
  }

  private static Thread virtual(Runnable work) {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      return (Thread) Class.forName("java.lang.Thread$Builder")
          .getMethod("unstarted", Runnable.class)
          .invoke(builder, work);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private void run(Function<Runnable, Thread> threads) throws Exception {
    Profile onDisk = Profile.builder().memoryLimit(0).build();
    try (DiskMemo memo = Stores.open(directory, onDisk)) {
      TestMethod<String> method = TestMethod.text("m").in(memo);
      CountDownLatch go = new CountDownLatch(1);
      List<Thread> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        all.add(threads.apply(() -> call(method, go, number)));
      }
      all.forEach(Thread::start);
      go.countDown();
      for (Thread thread : all) {
        thread.join();
      }
      assertThat(problems).isEmpty();
      assertThat(method.computations()).isEqualTo(KEYS);
      assertThat(memo.kind("default").stats().missesUnavailable()).isZero();
    }
    if (Files.isDirectory(Path.of("/proc/self/fd"))) {
      assertThat(mostConnections.get()).isBetween(1L, (long) MOST_CONNECTIONS);
    }
  }

  private void call(TestMethod<String> method, CountDownLatch go, int number) {
    try {
      go.await();
      for (int i = 0; i < CALLS; i++) {
        String key = "k" + (number * 31 + i * 7) % KEYS;
        assertThat(method.call(key)).isEqualTo(key + "!");
      }
      if (number % 100 == 0) {
        mostConnections.accumulateAndGet(connections(), Math::max);
      }
    } catch (Throwable e) {
      problems.add(e);
    }
  }

  private static long connections() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return 0;
    }
    try (Stream<Path> open = Files.list(descriptors)) {
      return open.filter(descriptor -> linkOf(descriptor).endsWith("cache-2-1.db"))
          .count();
    }
  }

  private static String linkOf(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // the one that lists them
    }
  }
}
