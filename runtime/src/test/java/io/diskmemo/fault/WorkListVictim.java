package io.diskmemo.fault;

import io.diskmemo.DiskMemo;
import io.diskmemo.PersistentDeque;
import io.diskmemo.PersistentMap;
import io.diskmemo.testkit.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A process that is killed while it pushes and takes. It says what it is about to do, and what is done. */
final class WorkListVictim {
  static final int BATCH = 5;

  private final PersistentDeque<String> jobs;
  private final PersistentMap<String, String> map;
  private final String life;
  private final Random random;

  private WorkListVictim(DiskMemo memo, String life) {
    this.jobs = memo.deque("jobs", String.class);
    this.map = memo.map("map", String.class, String.class);
    this.life = life;
    this.random = new Random(life.hashCode());
  }

  /** Arguments: directory, a name for this life. */
  public static void main(String[] arguments) {
    System.out.println("opening");
    try (DiskMemo memo = Stores.open(Path.of(arguments[0]))) {
      WorkListVictim victim = new WorkListVictim(memo, arguments[1]);
      for (int step = 0; step < Integer.MAX_VALUE; step++) {
        victim.step(step);
      }
    }
  }

  private void step(int step) {
    String job = life + "-" + step;
    switch (random.nextInt(6)) {
      case 0, 1 -> push(job);
      case 2 -> pushMany(job);
      case 3, 4 -> take();
      default -> put("key-" + random.nextInt(3), job);
    }
  }

  private void push(String job) {
    String longer = job + "-".repeat(random.nextInt(3) * 3000);
    System.out.println("pushing " + longer);
    if (random.nextBoolean()) {
      jobs.addFirst(longer);
    } else {
      jobs.addLast(longer);
    }
    System.out.println("pushed " + longer);
  }

  private void pushMany(String job) {
    List<String> many = List.of(job + "+0", job + "+1", job + "+2", job + "+3", job + "+4");
    System.out.println("committing " + job);
    jobs.addAll(many);
    System.out.println("committed " + job);
  }

  private void take() {
    System.out.println("taking");
    System.out.println("took " + (random.nextBoolean() ? jobs.pollFirst() : jobs.pollLast()));
  }

  private void put(String key, String value) {
    System.out.println("putting " + key + " " + value);
    map.merge(key, value, (old, added) -> added);
    System.out.println("put " + key + " " + value);
  }
}
