package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.CheckReport;
import io.diskmemo.DamagedKindException;
import io.diskmemo.DiskMemo;
import io.diskmemo.Maintenance;
import io.diskmemo.MaintenanceException;
import io.diskmemo.MaintenanceReport;
import io.diskmemo.RestoreReport;
import io.diskmemo.Settings;
import io.diskmemo.Stats;
import io.diskmemo.testkit.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tool that only looks does not revive what it finds damaged. */
class DamageLeftAsItIsTest {
  private static final byte[] DAMAGED = new byte[20_000];

  @TempDir
  Path directory;

  @BeforeEach
  void damage() throws Exception {
    try (DiskMemo memo = Stores.open(directory)) {
      memo.kind("aaa").put("k", "v");
      memo.kind("default").put("k", "v");
      memo.maintenance().backup();
    }
    Files.write(database(), DAMAGED);
  }

  private Path database() {
    return directory.resolve("kinds/default/cache-2-1.db");
  }

  private DiskMemo lookAt() {
    Settings settings = Settings.builder()
        .directory(directory)
        .mustExist(true)
        .reviveDamaged(false)
        .build();
    return DiskMemo.open(settings.toBuilder().build());
  }

  private void assertLeftAsItIs() throws Exception {
    assertThat(Files.readAllBytes(database())).isEqualTo(DAMAGED);
    assertThat(directory.resolve("kinds/default/current")).hasContent("cache-2-1.db");
    assertThat(directory.resolve("kinds/default/quarantine")).doesNotExist();
  }

  @Test
  void checkReportsItAndOtherWorkIsRefused() throws Exception {
    try (DiskMemo memo = lookAt()) {
      Maintenance all = memo.maintenance().dryRun();
      for (List<CheckReport> checks : List.of(all.check(), all.repair())) {
        assertThat(checks).extracting(CheckReport::kind).containsExactly("aaa", "default");
        assertThat(checks).extracting(CheckReport::isSound).containsExactly(true, false);
        assertThat(checks.get(1).repaired()).isFalse();
      }
      assertThat(all.run()).extracting(MaintenanceReport::isComplete).containsExactly(true, false);
      assertThatThrownBy(all::stats)
          .isInstanceOfSatisfying(MaintenanceException.class, e -> {
            assertThat(e.reports(Stats.class)).extracting(Stats::kind).containsExactly("aaa");
            assertThat(e.reports(CheckReport.class)).isEmpty();
          })
          .cause()
          .isInstanceOfSatisfying(
              DamagedKindException.class, e -> assertThat(e.kind()).isEqualTo("default"))
          .hasMessageStartingWith("kind default is damaged (");
      assertThatThrownBy(() -> all.kind("default").tags()).isInstanceOf(DamagedKindException.class);
    }
    assertLeftAsItIs();
  }

  @Test
  void restorationIsAskedForAndDone() {
    try (DiskMemo memo = lookAt()) {
      assertThat(memo.maintenance().kind("default").restore())
          .extracting(RestoreReport::entries)
          .containsExactly(1L);
      assertThat(memo.kind("default").get("k", String.class)).contains("v");
    }
  }

  @Test
  void whoeverComesNextRevivesIt() {
    try (DiskMemo memo = lookAt()) {
      assertThatThrownBy(() -> memo.maintenance().kind("default").stats())
          .isInstanceOf(DamagedKindException.class);
    }
    try (DiskMemo memo = Stores.open(directory)) {
      assertThat(memo.maintenance().kind("default").check())
          .extracting(CheckReport::repaired)
          .containsExactly(true);
    }
  }
}
