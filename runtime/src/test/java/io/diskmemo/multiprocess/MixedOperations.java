package io.diskmemo.multiprocess;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.EvictionFilter;
import io.diskmemo.EvictionPolicy;
import io.diskmemo.JournalMode;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process of {@link MixedOperationsTest}. Every value says under which key it was written, so that
 * whoever reads it can tell.
 */
final class MixedOperations {
  static final long SIZE_LIMIT = 60_000;
  static final int THREADS = 4;
  static final int POOL = 200;
  static final int WIDE = 1500;

  /** Of each thread, however slow the machine is. */
  private static final int LEAST_STEPS = 200;

  private static final int STEPS_BETWEEN_WORDS = 50;

  private static final String WIDE_TAG = "wide";

  /** All but NONE, which refuses batches. */
  private static final List<EvictionPolicy> POLICIES = List.of(
      EvictionPolicy.LEAST_RECENTLY_STORED,
      EvictionPolicy.LEAST_RECENTLY_USED,
      EvictionPolicy.LEAST_FREQUENTLY_USED,
      EvictionPolicy.LEAST_COST_SAVED);

  private final DiskMemo memo;
  private final KindCache mixed;
  private final KindCache counters;
  private final KindCache pool;
  private final KindCache wide;
  private final MemoizedText method;
  private final AtomicLong operations = new AtomicLong();
  private final AtomicLong added = new AtomicLong();
  private final Queue<String> popped = new ConcurrentLinkedQueue<>();

  private MixedOperations(DiskMemo memo) {
    this.memo = memo;
    this.mixed = memo.kind("mixed");
    this.counters = memo.kind("counters");
    this.pool = memo.kind("pool");
    this.wide = memo.kind("wide");
    this.method = new MemoizedText(memo, "mixed");
  }

  /** Each process has a policy of its own for the kind that is always full. */
  static Settings settings(Path directory, JournalMode journal, int process) {
    Profile patient = Profile.builder()
        .timeout(Duration.ofSeconds(20))
        .minFileSize(1000)
        .journalMode(journal)
        .mmapSize(process % 2 * (1 << 20))
        .build();
    EvictionPolicy policy = POLICIES.get(process % POLICIES.size());
    return Settings.builder()
        .directory(directory)
        .kind(
            "mixed",
            patient.toBuilder()
                .sizeLimit(SIZE_LIMIT)
                .evictionPolicy(policy)
                .tagIndex(process % 3 > 0)
                .build())
        .kind("wide", patient.toBuilder().shards(2).build())
        .kind("counters", patient)
        .kind("pool", patient)
        .build();
  }

  /** Arguments: directory, number of this process, seconds, journal mode. */
  public static void main(String[] arguments) throws Exception {
    try (DiskMemo memo = DiskMemo.open(settings(
        Path.of(arguments[0]),
        JournalMode.valueOf(arguments[3]),
        Integer.parseInt(arguments[1])))) {
      MixedOperations process = new MixedOperations(memo);
      System.out.println("open");
      System.in.read();
      process.run(Long.parseLong(arguments[1]), Duration.ofSeconds(Long.parseLong(arguments[2])));
    }
  }

  private void run(long number, Duration length) throws InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(number * THREADS + i);
      threads.add(new Thread(() -> repeatUntil(end, random), "mixed-" + i));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("operations " + operations);
    System.out.println("added " + added);
    System.out.println("popped " + String.join(" ", popped));
  }

  private void repeatUntil(long end, Random random) {
    try {
      for (int i = 0; i < LEAST_STEPS || System.nanoTime() - end < 0; i++) {
        step(random);
        if (i % STEPS_BETWEEN_WORDS == 0) {
          System.out.println("at " + i); // a child that is silent for long counts as hanging
        }
        operations.incrementAndGet();
      }
    } catch (Throwable e) {
      System.out.println("violation: " + e);
      e.printStackTrace();
    }
  }

  private void step(Random random) {
    String name = "t" + random.nextInt(5) + "/" + random.nextInt(60);
    switch (random.nextInt(26)) {
      case 0, 1, 2, 3, 4, 5, 6, 7 -> call(name, random);
      case 8, 9 ->
        mixed.put(name, value(name, random), Duration.ofHours(1), MemoizedText.tagOf(name));
      case 10, 11 -> require(name, mixed.get(name, String.class));
      case 12 -> require(name, mixed.pop(name, String.class));
      case 13 -> mixed.add(name, value(name, random));
      case 14 -> mixed.delete(name);
      case 15 -> memo.evictTag(MemoizedText.tagOf(name));
      case 16 -> mixed.touch(name, Duration.ofHours(2));
      case 17, 18 -> increment(random);
      case 19, 20 ->
        pool.pop("pooled-" + random.nextInt(POOL), String.class).ifPresent(popped::add);
      case 21 -> batch(random);
      case 22 -> maintenance(random);
      case 23, 24 -> wide(random);
      default -> mixed.put(name, value(name, random), Duration.ofMillis(1 + random.nextInt(20)));
    }
  }

  private void call(String name, Random random) {
    String computed = value(name, random);
    require(name, Optional.of(method.text(name, () -> computed)));
  }

  private void batch(Random random) {
    try (Batch batch = memo.batch()) {
      for (int i = 0; i < 10; i++) {
        call("t" + random.nextInt(5) + "/" + random.nextInt(60), random);
      }
      if (random.nextInt(4) > 0) {
        batch.commit();
      }
    }
  }

  private void maintenance(Random random) {
    switch (random.nextInt(10)) {
      case 0 -> memo.maintenance().kind("mixed").run();
      case 1 ->
        memo.maintenance()
            .kind("mixed")
            .evict(EvictionFilter.all().withMethod(MemoizedText.METHOD));
      case 2 -> mixed.clear();
      case 3 -> mixed.expire();
      case 4 -> mixed.cull();
      case 5 -> mixed.keys().limit(5).forEach(mixed::delete);
      default -> mixed.stats();
    }
  }

  /** So many entries that they are evicted by hiding them, and cleared by a new database. */
  private void wide(Random random) {
    String name = "w/" + random.nextInt(WIDE);
    switch (random.nextInt(40)) {
      case 0 -> memo.evictTag(WIDE_TAG);
      case 1 -> wide.clear();
      case 2 -> memo.maintenance().kind("wide").run();
      case 3, 4, 5, 6 -> wideBatch(random);
      case 7, 8 -> wide.delete(name);
      case 9, 10, 11, 12 -> wide.put(name, value(name, random), Duration.ofHours(1), WIDE_TAG);
      default -> require(name, wide.get(name, String.class));
    }
  }

  private void wideBatch(Random random) {
    try (Batch batch = memo.batch()) {
      for (int i = 0; i < 500; i++) {
        String name = "w/" + random.nextInt(WIDE);
        wide.put(name, name + "=", Duration.ofHours(1), WIDE_TAG);
      }
      batch.commit();
    }
  }

  private void increment(Random random) {
    int delta = 1 + random.nextInt(9);
    counters.increment("counter-" + random.nextInt(3), delta);
    added.addAndGet(delta);
  }

  private static String value(String name, Random random) {
    return name + "=" + "x".repeat(random.nextInt(2_000));
  }

  private static void require(String name, Optional<String> value) {
    if (value.isPresent() && !value.get().matches(name + "=x*")) {
      throw new IllegalStateException(value.get() + " came back for " + name);
    }
  }
}
