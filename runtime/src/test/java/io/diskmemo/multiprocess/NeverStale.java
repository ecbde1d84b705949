package io.diskmemo.multiprocess;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.EvictionFilter;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.Synchronous;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process of {@link NeverStaleTest}. One thread owns some tags: it changes their truth, evicts, and
 * then publishes the version that nobody may go below. The others read all tags. The same with values
 * that are put by hand.
 */
final class NeverStale {
  static final int TAGS = 8;
  static final int LEAST_READS = 200;
  static final int LEAST_CHANGES = 40;

  private static final int PUBLISHED = 100;
  private static final int PUT = 200;
  private static final int PUT_PUBLISHED = 300;

  private final DiskMemo memo;
  private final KindCache kind;
  private final MemoizedText method;
  private final Truth truth;
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong computations = new AtomicLong();
  private final AtomicLong evictions = new AtomicLong();
  private volatile boolean failed;

  private NeverStale(DiskMemo memo, Truth truth) {
    this.memo = memo;
    this.kind = memo.kind("texts");
    this.method = new MemoizedText(memo, "texts");
    this.truth = truth;
  }

  /** Commits wait for the disk, which leaves time to read between a ticket and its commit. */
  static Settings settings(Path directory) {
    Settings settings = CacheProcess.settings(directory);
    Profile slow =
        settings.profile("texts").toBuilder().synchronous(Synchronous.FULL).build();
    return settings.toBuilder().kind("texts", slow).build();
  }

  /** Arguments: directory, truth, number of this process, number of processes, seconds. */
  public static void main(String[] arguments) throws Exception {
    try (DiskMemo memo = DiskMemo.open(settings(Path.of(arguments[0])))) {
      NeverStale process = new NeverStale(memo, new Truth(Path.of(arguments[1])));
      System.out.println("open");
      System.in.read();
      process.run(
          Integer.parseInt(arguments[2]),
          Integer.parseInt(arguments[3]),
          Duration.ofSeconds(Integer.parseInt(arguments[4])));
    }
  }

  private void run(int number, int processes, Duration length) throws InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    List<Thread> threads = new ArrayList<>();
    threads.add(new Thread(() -> repeat(end, () -> change(number, processes)), "owner"));
    for (int i = 0; i < 3; i++) {
      threads.add(new Thread(() -> repeat(end, this::read), "reader-" + i));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println(reads + " " + computations + " " + evictions);
  }

  private void repeat(long end, Runnable step) {
    try {
      while (!failed && (System.nanoTime() - end < 0 || isTooLittle())) {
        step.run();
      }
    } catch (Throwable e) {
      failed = true;
      System.out.println("violation: " + e);
      e.printStackTrace();
    }
  }

  private boolean isTooLittle() {
    return reads.get() < LEAST_READS || evictions.get() < LEAST_CHANGES;
  }

  private void change(int number, int processes) {
    int tag = ThreadLocalRandom.current().nextInt(TAGS / processes) * processes + number;
    if (ThreadLocalRandom.current().nextBoolean()) {
      long version = truth.add(tag, 1);
      evict(tag);
      truth.set(PUBLISHED + tag, version);
    } else {
      long version = truth.add(PUT + tag, 1);
      kind.put("put-" + tag, version, Duration.ofHours(1), "t" + tag);
      truth.set(PUT_PUBLISHED + tag, version);
    }
    evictions.incrementAndGet();
    Patience.moment(Duration.ofNanos(ThreadLocalRandom.current().nextLong(2_000_000)));
  }

  private void evict(int tag) {
    switch (ThreadLocalRandom.current().nextInt(8)) {
      case 0 -> kind.clear();
      case 1 -> memo.maintenance().evict(EvictionFilter.all().withMethod(MemoizedText.METHOD));
      case 2 -> {
        kind.keys().forEach(kind::delete);
        kind.evictTag("t" + tag); // what was being computed, and had no key to delete
      }
      case 3 -> memo.maintenance().evict(EvictionFilter.all().withTag("every"));
      case 4 ->
        memo.maintenance()
            .evict(EvictionFilter.all().withTag("t" + tag).withMethod(MemoizedText.METHOD));
      default -> memo.evictTag("t" + tag);
    }
  }

  private void read() {
    int tag = ThreadLocalRandom.current().nextInt(TAGS);
    long least = truth.get(PUBLISHED + tag);
    String name = "t" + tag + "/" + ThreadLocalRandom.current().nextInt(3);
    String text = ThreadLocalRandom.current().nextInt(16) == 0 ? inBatch(name) : text(name);
    requireAtLeast(least, name, Long.parseLong(text.substring(name.length() + 1)));
    long leastPut = truth.get(PUT_PUBLISHED + tag);
    kind.get("put-" + tag, Long.class)
        .ifPresent(version -> requireAtLeast(leastPut, "put-" + tag, version));
    reads.addAndGet(2);
  }

  private static void requireAtLeast(long least, String what, long version) {
    if (version < least) {
      throw new IllegalStateException(
          what + " has version " + version + " after " + least + " was published");
    }
  }

  private String inBatch(String name) {
    try (Batch batch = memo.batch()) {
      text(name);
      Patience.moment(Duration.ofNanos(1));
      long least = truth.get(PUBLISHED + CacheProcess.slotOf(name));
      String text = text(name);
      requireAtLeast(least, name, Long.parseLong(text.substring(name.length() + 1)));
      batch.commit();
      return text;
    }
  }

  private String text(String name) {
    return method.text(name, () -> {
      long version = truth.get(CacheProcess.slotOf(name));
      computations.incrementAndGet();
      if (ThreadLocalRandom.current().nextInt(4) == 0) {
        Patience.moment(Duration.ofMillis(1));
      }
      return name + "=" + version;
    });
  }
}
