package io.diskmemo.security;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.codec.Blob;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** Calls methods whose argument nobody may find again, by every way that a call can take. */
final class CanaryCalls {
  private static final String LARGE = "v".repeat(100_000);

  private static final CountDownLatch LONG_WAIT = new CountDownLatch(1);

  private CanaryCalls() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
      recording.start();
      Profile profile = Profile.builder()
          .memoryLimit(0)
          .sizeLimit(400_000)
          .maxEntrySize(300_000)
          .lockWait(Duration.ofSeconds(60))
          .build();
      Settings settings = Settings.builder()
          .directory(directory)
          .kind("default", profile)
          .waitListener(wait -> LONG_WAIT.countDown())
          .build();
      try (DiskMemo memo = DiskMemo.open(settings)) {
        hitsAndFailures(memo);
        waits(memo);
        damage(memo, directory);
        evictions(memo);
        memo.maintenance().backup();
        memo.maintenance().exportTo(directory.resolveSibling("all.export"));
        memo.maintenance().run();
        recording.stop();
        Files.createDirectories(Path.of(arguments[1]).getParent());
        // the store stays open in the dump: its log is not yet written into the database
        recording.dump(Path.of(arguments[1]));
      }
    }
    System.out.println("all calls were right");
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static void require(boolean right) {
    if (!right) {
      throw new AssertionError("a call was not right");
    }
  }

  private static void hitsAndFailures(DiskMemo memo) throws Exception {
    TestMethod<String> small =
        TestMethod.text("small").body(a -> "result").tags(CanaryTest.IN_A_TAG).in(memo);
    TestMethod<String> large = TestMethod.text("large").body(a -> LARGE).in(memo);
    TestMethod<Blob> blob = TestMethod.blobs(
            "blob", a -> Blob.of(LARGE.getBytes(StandardCharsets.UTF_8)))
        .in(memo);
    for (int i = 0; i < 3; i++) {
      require(small.call(CanaryTest.CANARY).equals("result"));
      require(large.call(CanaryTest.CANARY).equals(LARGE));
      require(blob.call(CanaryTest.CANARY).sizeBytes() == LARGE.length());
      require(small.callAsync(CanaryTest.CANARY).get().equals("result"));
    }
    small.refresh(CanaryTest.CANARY);
    small.evict(CanaryTest.CANARY);
    TestMethod<String> failing = TestMethod.text("failing")
        .body(a -> {
          throw new IllegalStateException("no");
        })
        .in(memo);
    try {
      failing.call(CanaryTest.CANARY);
      require(false);
    } catch (IllegalStateException e) {
      require(e.getMessage().equals("no"));
    }
    TestMethod<String> keyless = TestMethod.text("keyless")
        .body(a -> "result")
        .key((key, a) -> {
          throw new java.io.IOException("no key");
        })
        .in(memo);
    require(keyless.call(CanaryTest.CANARY).equals("result"));
    TestMethod<String> unwritable = TestMethod.<String>copied(
            "unwritable",
            new io.diskmemo.codec.Codec<String>() {
              @Override
              public void write(io.diskmemo.codec.ValueWriter out, String value) {
                throw new IllegalArgumentException("cannot be written");
              }

              @Override
              public String read(io.diskmemo.codec.ValueReader in) {
                throw new IllegalArgumentException("cannot be read");
              }
            },
            a -> "result")
        .in(memo);
    require(unwritable.call(CanaryTest.CANARY).equals("result"));
    memo.kind("default").put("name", "value");
  }

  private static void waits(DiskMemo memo) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    TestMethod<String> slow = TestMethod.text("slow")
        .body(a -> {
          begun.countDown();
          LONG_WAIT.await(); // which is logged
          return "result";
        })
        .in(memo);
    try (Threads threads = new Threads()) { // the common pool may have one thread
      Future<String> first = threads.begin(() -> slow.call(CanaryTest.CANARY));
      begun.await();
      Future<String> second = threads.begin(() -> slow.call(CanaryTest.CANARY));
      require(first.get().equals("result") && second.get().equals("result"));
    }
  }

  private static void damage(DiskMemo memo, Path directory) throws Exception {
    TestMethod<String> small = TestMethod.text("damaged").body(a -> "result").in(memo);
    small.call(CanaryTest.CANARY);
    Stores.tamper(directory, "UPDATE entry SET checksum = checksum + 1");
    require(small.call(CanaryTest.CANARY).equals("result"));
    memo.kind("default").check();
  }

  private static void evictions(DiskMemo memo) {
    TestMethod<String> many = TestMethod.text("many").body(a -> LARGE).in(memo);
    for (int i = 0; i < 20; i++) { // more than there is room for
      many.call(CanaryTest.CANARY + i);
    }
    TestMethod<String> tooLarge =
        TestMethod.text("tooLarge").body(a -> LARGE.repeat(4)).in(memo);
    tooLarge.call(CanaryTest.CANARY);
    TestMethod<String> tagged =
        TestMethod.text("tagged").body(a -> "result").tags(CanaryTest.IN_A_TAG).in(memo);
    for (String name : List.of("a", "b")) {
      tagged.call(CanaryTest.CANARY + name);
    }
    memo.evictTag(CanaryTest.IN_A_TAG);
    tagged.call(CanaryTest.CANARY);
    memo.kind("default").expire();
    memo.kind("default").cull();
  }
}
