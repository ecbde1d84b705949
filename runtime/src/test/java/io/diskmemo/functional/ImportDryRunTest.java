package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.ImportReport;
import io.diskmemo.Profile;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dry run announces is what happens. */
class ImportDryRunTest {
  @TempDir
  private Path temporary;

  private final TestClock clock = new TestClock();
  private Path file;

  private DiskMemo open(String name, Profile profile) {
    return Stores.open(temporary.resolve(name), clock, profile);
  }

  private static Profile encrypted(int key) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) key);
    return Profile.builder().encryptionKey(bytes::clone).build();
  }

  @BeforeEach
  void name() {
    file = temporary.resolve("entries.dmx");
  }

  private void export(Profile profile) {
    try (DiskMemo from = open("from", profile)) {
      from.kind("default").put("small", "v", Duration.ofDays(1));
      from.kind("default").put("large", "v".repeat(10_000), Duration.ofDays(1));
      from.maintenance().exportTo(file);
    }
  }

  private static List<ImportReport> announced(DiskMemo to, Path file) {
    return to.maintenance().dryRun().importFrom(file);
  }

  @Test
  void entriesThatAreTooLargeAreAnnouncedAsSuch() {
    export(Profile.defaults());
    try (DiskMemo to = open("to", Profile.builder().maxEntrySize(5000).build())) {
      List<ImportReport> announced = announced(to, file);
      assertThat(announced).containsExactly(new ImportReport("default", 1, 0, 0, 1, 0, true));
      assertThat(temporary.resolve("to/kinds/default")).doesNotExist();

      assertThat(to.maintenance().importFrom(file)).isEqualTo(announced);
    }
  }

  @Test
  void entriesOfAnotherKeyAreAnnouncedAsSuch() {
    export(encrypted(1));
    try (DiskMemo to = open("to", encrypted(2))) {
      to.kind("default");
      List<ImportReport> announced = announced(to, file);
      assertThat(announced).containsExactly(new ImportReport("default", 0, 0, 0, 0, 2, true));

      assertThat(to.maintenance().importFrom(file)).isEqualTo(announced);
    }
  }
}
