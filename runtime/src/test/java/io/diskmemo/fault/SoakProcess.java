package io.diskmemo.fault;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.KindCache;
import io.diskmemo.PersistentDeque;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.multiprocess.MemoizedText;
import io.diskmemo.multiprocess.Truth;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * A process of {@link SoakTest}: threads that do anything, until they are told to rest and to say what
 * the process holds. A text says of which name and of which version of its tag it is; nobody may see
 * an older one than was published after its eviction. Calls of methods must not fail; what is asked for
 * by name may throw a {@link DiskMemoException}.
 */
final class SoakProcess {
  static final int TAGS = 8;
  private static final int PUBLISHED = 100;
  private static final int THREADS = 3;
  private static final int NAMES = 150;
  private static final int MANY = 1_100;

  private final Settings settings;
  private final DiskMemo memo;
  private final KindCache kind;
  private final KindCache many;
  private final MemoizedText method;
  private final PersistentDeque<String> jobs;
  private final Truth truth;
  private final AtomicLong operations = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  /** Held for writing while the process rests. */
  private final ReentrantReadWriteLock work = new ReentrantReadWriteLock(true);

  private SoakProcess(Settings settings, DiskMemo memo, Truth truth) {
    this.settings = settings;
    this.memo = memo;
    this.kind = memo.kind("soaked");
    this.many = memo.kind("many");
    this.method = new MemoizedText(memo, "soaked");
    this.jobs = memo.deque("jobs", String.class, 500);
    this.truth = truth;
  }

  static Settings settings(Path directory) {
    Profile profile = Profile.builder()
        .sizeLimit(4 << 20)
        .memoryLimit(1 << 20)
        .minFileSize(1500)
        .breakerPause(Duration.ofMillis(200))
        .lockTtl(Duration.ofSeconds(1))
        .build();
    return Settings.builder()
        .directory(directory)
        .kind("soaked", profile)
        .kind("many", profile)
        .build();
  }

  /** Arguments: directory, truth, seed. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Settings settings = settings(Path.of(arguments[0]));
    try (DiskMemo memo = DiskMemo.open(settings)) {
      SoakProcess process = new SoakProcess(settings, memo, new Truth(Path.of(arguments[1])));
      System.out.println("open");
      process.begin(Long.parseLong(arguments[2]));
      while (commands.readLine() != null) {
        process.rest(commands);
      }
    }
  }

  private void begin(long seed) {
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(seed * THREADS + i);
      Thread thread = new Thread(() -> workOn(random), "soak-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void rest(BufferedReader commands) throws IOException {
    work.writeLock().lock();
    try {
      System.gc();
      System.out.println(held());
      commands.readLine();
    } finally {
      work.writeLock().unlock();
    }
  }

  private Footprint held() throws IOException {
    String[] descriptors = Path.of("/proc/self/fd").toFile().list();
    return new Footprint(
        descriptors == null ? 0 : descriptors.length,
        ManagementFactory.getThreadMXBean().getThreadCount(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        resident(),
        operations.getAndSet(0),
        refused.getAndSet(0));
  }

  /** In kilobytes. */
  private static long resident() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String line = lines.filter(one -> one.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", ""));
    }
  }

  private void workOn(Random random) {
    while (true) {
      work.readLock().lock();
      try {
        step(random);
        operations.incrementAndGet();
      } catch (DiskMemoException e) {
        refused.incrementAndGet();
      } catch (Throwable e) {
        System.out.println("violation " + e);
        e.printStackTrace();
      } finally {
        work.readLock().unlock();
      }
    }
  }

  private void step(Random random) {
    String name = "t" + random.nextInt(TAGS) + "/" + random.nextInt(NAMES);
    switch (random.nextInt(60)) {
      case 0 -> evict(random.nextInt(TAGS));
      case 1, 2, 3 -> kind.put(name, name + "=");
      case 4, 5, 6, 7 -> kind.get(name, String.class).ifPresent(text -> require(text, name + "="));
      case 8 -> kind.delete(name);
      case 9, 10 -> batch(random);
      case 11 -> jobs.offerLast("job=" + name);
      case 12 -> require(jobs.isEmpty() ? null : jobs.pollFirst(), "job=t");
      case 13, 14, 15 -> many(random);
      case 16 -> rare(random, name);
      default -> call(method, name);
    }
  }

  /** A call fails with nothing of the cache's. */
  private void call(MemoizedText called, String name) {
    int tag = Integer.parseInt(MemoizedText.tagOf(name).substring(1));
    long least = truth.get(PUBLISHED + tag);
    try {
      String text = called.text(name, () -> name + "=" + truth.get(tag) + padding(name));
      String end = padding(name);
      require(text, name + "=");
      long version =
          Long.parseLong(text.substring(name.length() + 1, text.length() - end.length()));
      if (!text.endsWith(end) || version < least) {
        throw new IllegalStateException(name + " has " + version + " after " + least);
      }
    } catch (DiskMemoException e) {
      throw new IllegalStateException("a call of a method threw", e);
    }
  }

  /** Every tenth is long. */
  private static String padding(String name) {
    int hash = Math.floorMod(name.hashCode() * 31, 1_000);
    return ":" + "v".repeat(hash % 10 == 0 ? hash * 40 : hash);
  }

  private void evict(int tag) {
    long version = truth.add(tag, 1);
    memo.evictTag("t" + tag);
    truth.set(PUBLISHED + tag, version);
  }

  private void batch(Random random) {
    try (Batch batch = memo.batch()) {
      for (int i = 0; i < 10; i++) {
        call(method, "t" + random.nextInt(TAGS) + "/" + random.nextInt(NAMES));
      }
      batch.commit();
    }
  }

  /** So many entries that they are evicted by hiding them, and cleared by a new database. */
  private void many(Random random) {
    String key = "m" + random.nextInt(MANY);
    switch (random.nextInt(40)) {
      case 0 -> fill();
      case 1 -> memo.evictTag("many");
      case 2 -> many.clear();
      case 3, 4, 5, 6, 7 -> many.put(key, key + "=" + "m".repeat(random.nextInt(3_000)));
      default -> many.get(key, String.class).ifPresent(value -> require(value, key + "="));
    }
  }

  private void fill() {
    try (Batch batch = memo.batch()) {
      for (int i = 0; i < MANY; i++) {
        many.put("m" + i, "m" + i + "=", Duration.ofHours(1), "many");
      }
      batch.commit();
    }
  }

  private void rare(Random random, String name) {
    switch (random.nextInt(30)) {
      case 0 -> memo.maintenance().kind("soaked").run();
      case 1 -> kind.check();
      case 2 -> kind.cull();
      case 3 -> kind.put(name, name + "=", Duration.ofMillis(1));
      case 4 -> kind.expire();
      case 5, 6 -> openAgain(name);
      default -> kind.stats();
    }
  }

  /** Handles come and go beside the one that stays. */
  private void openAgain(String name) {
    try (DiskMemo other = DiskMemo.open(settings)) {
      call(new MemoizedText(other, "soaked"), name);
    }
  }

  private static void require(String value, String beginning) {
    if (value != null && !value.startsWith(beginning)) {
      throw new IllegalStateException(value + " came back for " + beginning);
    }
  }
}
