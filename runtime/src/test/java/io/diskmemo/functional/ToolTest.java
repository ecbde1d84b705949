package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.EvictionPolicy;
import io.diskmemo.InvalidSettingException;
import io.diskmemo.Profile;
import io.diskmemo.RestoreReport;
import io.diskmemo.SettingReport;
import io.diskmemo.Settings;
import io.diskmemo.StoreException;
import io.diskmemo.testkit.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tool that opens what an application made. */
class ToolTest {
  @TempDir
  Path temporary;

  @Test
  void toolMakesNoStore() {
    Path missing = temporary.resolve("missing");

    assertThatThrownBy(() -> openAsATool(missing))
        .isInstanceOfSatisfying(StoreException.class, e -> {
          assertThat(e.operation()).isEqualTo("open the directory");
          assertThat(e.isTransient()).isFalse();
        })
        .isInstanceOf(DiskMemoException.class)
        .hasMessageContaining("there is no directory " + missing);
    assertThat(missing).doesNotExist();
  }

  @Test
  void toolGoesByTheProfileThatTheApplicationUsed() {
    Profile profile = Profile.builder().sizeLimit(5_000).ttl(Duration.ofDays(1)).build();
    try (DiskMemo application = Stores.open(temporary, profile)) {
      application.kind("default").put("k", 1);
      try (DiskMemo tool = openAsATool(temporary)) {
        assertThat(tool.maintenance().stats().get(0).sizeLimitBytes()).isEqualTo(5_000);
        assertThat(tool.maintenance().run().get(0).entries()).isEqualTo(1);
        assertThat(tool.maintenance().clear().get(0).evicted()).isEqualTo(1);
      }
      assertThat(application.kind("default").contains("k")).isFalse();
    }
    try (DiskMemo tool = openAsATool(temporary)) {
      assertThat(tool.kind("default").stats().sizeLimitBytes()).isEqualTo(5_000);
    }
  }

  /** One setting that a tool found by itself made it forget the application's size limit. */
  @Test
  void settingsThatToolsFindTakeNothingFromThoseThatWereNoted() {
    Profile large =
        Profile.builder().sizeLimit(10L << 30).ttl(Duration.ofDays(1)).build();
    useWith(large);
    System.setProperty("diskmemo.kind.default.ttl", "3h");
    try (DiskMemo tool = openAsATool(Settings.load().toBuilder())) {
      Map<String, SettingReport> settings = tool.maintenance().settings().stream()
          .collect(Collectors.toMap(SettingReport::setting, setting -> setting));

      assertThat(settings.get("size-limit").value()).isEqualTo(Long.toString(10L << 30));
      assertThat(settings.get("size-limit").origin()).isEqualTo("noted by an application");
      assertThat(settings.get("ttl").value()).isEqualTo("PT3H");
      assertThat(settings.get("ttl").origin()).isEqualTo("the system properties");
    } finally {
      System.clearProperty("diskmemo.kind.default.ttl");
    }
  }

  @Test
  void smallerLimitOfAToolIsNoContradictionToTheNotedLargestEntry() {
    useWith(Profile.builder().sizeLimit(10L << 30).build());
    System.setProperty("diskmemo.kind.default.size-limit", "1MB");
    try (DiskMemo tool = openAsATool(Settings.load().toBuilder())) {
      assertThat(tool.maintenance().stats().get(0).sizeLimitBytes()).isEqualTo(1_000_000);
    } finally {
      System.clearProperty("diskmemo.kind.default.size-limit");
    }
  }

  @Test
  void notedSettingThatNobodyUnderstandsIsNamedWithItsKind() throws Exception {
    useWith(Profile.defaults());
    Stores.tamper(temporary, "UPDATE setting SET value = 'huge' WHERE name = 'size-limit'");
    try (DiskMemo tool = openAsATool(temporary)) {
      assertThatThrownBy(() -> tool.maintenance().stats())
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("kind default, by what an application noted: \"huge\" is no size");
    }
  }

  /** The settings of the application are in the backup, and the tool culled by its own before it had them. */
  @Test
  void toolThatRestoresALostDatabaseTakesNothingFromIt() throws Exception {
    try (DiskMemo application = openUnlimited()) {
      backUpThree(application);
    }
    Files.delete(temporary.resolve("kinds/default/cache-2-1.db"));
    System.setProperty("diskmemo.kind.default.size-limit", "1MB");
    try (DiskMemo tool = openAsATool(Settings.load().toBuilder())) {
      assertThat(tool.maintenance().restore().get(0).entries()).isEqualTo(3);
      assertThat(tool.maintenance().stats().get(0).entries()).isEqualTo(3);
    } finally {
      System.clearProperty("diskmemo.kind.default.size-limit");
    }
  }

  /** It revived the database unasked before, by its own limits, and then took what came of that for sound. */
  @Test
  void toolThatRestoresADamagedDatabaseTakesNothingFromIt() throws Exception {
    try (DiskMemo application = openUnlimited()) {
      backUpThree(application);
      application.kind("default").put("later", new byte[500_000]);
      application.evictTag("of nothing");
    }
    Files.write(temporary.resolve("kinds/default/cache-2-1.db"), new byte[20_000]);
    System.setProperty("diskmemo.kind.default.size-limit", "1MB");
    try (DiskMemo tool = openAsATool(Settings.load().toBuilder())) {
      RestoreReport report = tool.maintenance().restore().get(0);
      assertThat(report.entries()).isEqualTo(3);
      assertThat(report.entriesFromFiles()).isEqualTo(1);
      assertThat(report.evictionsKnown()).isFalse();
      assertThat(tool.maintenance().stats().get(0).entries()).isEqualTo(4);
    } finally {
      System.clearProperty("diskmemo.kind.default.size-limit");
    }
  }

  /** Somebody copies a kind before an upgrade, and evictions failed from then on. */
  @Test
  void directoryBesideKindsThatHasNoNameOfAKindIsNone() throws Exception {
    try (DiskMemo application = Stores.open(temporary)) {
      application.kind("default").put("k", 1, Duration.ofDays(1), "t");
      application.maintenance().backup();
    }
    Path kinds = temporary.resolve("kinds");
    Files.createDirectories(kinds.resolve("default.bak/backup"));
    Files.copy(kinds.resolve("default/current"), kinds.resolve("default.bak/current"));
    try (DiskMemo tool = openAsATool(temporary)) {
      assertThat(tool.kindNames()).containsExactly("default");
      assertThat(tool.maintenance().check()).hasSize(1);
      assertThat(tool.maintenance().restore()).hasSize(1);
      assertThat(tool.evictTag("t")).isEqualTo(1);
    }
  }

  /** Larger than a tool would keep by its own settings. */
  private DiskMemo openUnlimited() {
    return Stores.open(
        temporary,
        Profile.builder()
            .sizeLimit(4_000_000)
            .maxEntrySize(1_000_000)
            .minFileSize(100_000)
            .evictionPolicy(EvictionPolicy.NONE)
            .build());
  }

  private static void backUpThree(DiskMemo application) {
    for (int i = 0; i < 3; i++) {
      application.kind("default").put(i, new byte[500_000]);
    }
    application.maintenance().backup();
  }

  private void useWith(Profile profile) {
    try (DiskMemo application = Stores.open(temporary, profile)) {
      application.kind("default").put("k", 1);
    }
  }

  private static DiskMemo openAsATool(Path directory) {
    return DiskMemo.open(Settings.builder().directory(directory).mustExist(true).build());
  }

  private DiskMemo openAsATool(Settings.Builder settings) {
    return DiskMemo.open(settings.directory(temporary).mustExist(true).build());
  }
}
