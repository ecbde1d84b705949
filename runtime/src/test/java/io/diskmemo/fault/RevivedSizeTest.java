package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.EvictionPolicy;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that comes back has both what its backup has and what was stored since. */
class RevivedSizeTest {
  private static final long LIMIT = 50_000;
  private static final int VALUE = 3000;

  private static final Pattern CAME_BACK =
      Pattern.compile(" ([0-9]+) entries came back from the backup .*, ([0-9]+) from");

  @TempDir
  private Path directory;

  private static Profile profile(EvictionPolicy policy, long limit) {
    return Profile.builder()
        .evictionPolicy(policy)
        .sizeLimit(limit)
        .minFileSize(1000)
        .memoryLimit(0)
        .build();
  }

  private void store(Profile profile, int from, boolean withBackup) {
    try (DiskMemo memo = Stores.open(directory, profile)) {
      TestMethod<String> method =
          TestMethod.text("m").body(argument -> argument.repeat(VALUE / 3)).in(memo);
      for (int i = from; i < from + 2 * LIMIT / VALUE; i++) {
        method.call("" + i);
      }
      if (withBackup) {
        memo.maintenance().backup();
      }
    }
  }

  private void damage() throws Exception {
    Files.write(directory.resolve("kinds/default/cache-2-1.db"), new byte[20_000]);
  }

  private static void assertWithinLimit(KindCache kind) {
    assertThat(kind.volume()).isBetween(LIMIT / 2, LIMIT);
    long entries = kind.stats().entries();
    String report = kind.check().problems().get(0);
    Matcher cameBack = CAME_BACK.matcher(report);
    assertThat(cameBack.find()).as(report).isTrue();
    assertThat(Long.parseLong(cameBack.group(1)) + Long.parseLong(cameBack.group(2)))
        .isEqualTo(entries);
    assertThat(kind.check().isSound()).isTrue();
  }

  /** Together they were nearly twice the limit. */
  @ParameterizedTest
  @EnumSource
  void revivedDatabaseStaysWithinTheLimit(EvictionPolicy policy) throws Exception {
    store(profile(policy, LIMIT), 100, true);
    store(profile(policy, policy == EvictionPolicy.NONE ? 2 * LIMIT : LIMIT), 500, false);
    damage();
    try (DiskMemo memo = Stores.open(directory, profile(policy, LIMIT))) {
      assertWithinLimit(memo.kind("default"));
    }
  }

  @Test
  void oldestEntriesMakeRoom() throws Exception {
    Profile profile = profile(EvictionPolicy.LEAST_RECENTLY_STORED, LIMIT);
    store(profile, 100, true);
    store(profile, 500, false);
    damage();
    try (DiskMemo memo = Stores.open(directory, profile)) {
      TestMethod<String> method = TestMethod.text("m").in(memo);
      memo.kind("default").volume();

      assertThat(method.peek("120")).isEmpty(); // of the backup
      for (int i = 523; i < 533; i++) {
        assertThat(method.peek("" + i)).as("%d", i).isPresent();
      }
    }
  }
}
