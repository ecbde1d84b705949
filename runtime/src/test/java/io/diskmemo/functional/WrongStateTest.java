package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.CheckReport;
import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.KindCache;
import io.diskmemo.MaintenanceReport;
import io.diskmemo.Profile;
import io.diskmemo.StoreHealth.State;
import io.diskmemo.multiprocess.Patience;
import io.diskmemo.testkit.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state row of a database says what cannot be. */
class WrongStateTest {
  private static final int ENTRIES = 40;
  private static final Profile ON_DISK = Profile.builder().memoryLimit(0).build();

  @TempDir
  Path directory;

  private void store() {
    try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
      KindCache kind = memo.kind("default");
      for (int i = 0; i < ENTRIES; i++) {
        kind.put("k" + i, "v", Duration.ofDays(1), "t");
      }
    }
  }

  private static long present(KindCache kind) {
    return kind.keys().count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "7", "-1", "'x'"})
  void evictionsAndStoresGoByTheRowsWhereTheLastRowIsTooLow(String lastRow) throws Exception {
    store();
    Stores.tamper(directory, "UPDATE state SET last_row = " + lastRow);
    try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
      KindCache kind = memo.kind("default");

      assertThat(kind.put("new", "v", Duration.ofDays(1), "t")).isTrue();
      assertThat(kind.evictTag("t")).isEqualTo(ENTRIES + 1);
      assertThat(kind.get("k3", String.class)).isEmpty();
      assertThat(present(kind)).isZero();
    }
  }

  @Test
  void checkFindsALastRowThatIsTooLowAndRepairRaisesIt() throws Exception {
    store();
    Stores.tamper(directory, "UPDATE state SET last_row = 7");
    try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
      assertThat(memo.kind("default").check().problems())
          .containsExactly("the state says that the last row is 7, and there is " + ENTRIES);
      assertThat(memo.maintenance().repair().get(0).repaired()).isTrue();
      assertThat(memo.kind("default").check().isSound()).isTrue();
    }
  }

  /** No number after it is left for what is stored next, and evictions compare with it. */
  @ParameterizedTest
  @ValueSource(strings = {"last_row", "sequence"})
  void aDatabaseWhoseNumbersAreAtTheirEndIsMadeAnew(String number) throws Exception {
    store();
    try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
      KindCache kind = memo.kind("default");
      Stores.tamper(directory, "UPDATE state SET " + number + " = 9223372036854775807");
      kind.stats(); // so that the disk is looked after

      assertThatThrownBy(() -> kind.evictTag("t"))
          .isInstanceOf(DiskMemoException.class)
          .hasMessageContaining("9223372036854775807, which nobody counted");
      Path next = directory.resolve("kinds/default/cache-2-2.db");
      Patience.until(
          "another database is there",
          () -> kind.stats().health().state() == State.HEALTHY && Files.exists(next));
      assertThat(kind.put("new", "v", Duration.ofDays(1), "t")).isTrue();
      assertThat(kind.evictTag("t")).isEqualTo(1);
      assertThat(present(kind)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "size = -9223372036854775807",
        "size = 9223372036854775807",
        "size = size + 1099511627776",
        "size = -1, entries = -5",
        "entries = -1"
      })
  void nothingIsCulledByASizeThatCannotBe(String wrong) throws Exception {
    store();
    Stores.tamper(directory, "UPDATE state SET " + wrong);
    try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
      KindCache kind = memo.kind("default");

      assertThat(kind.put("new", "v")).isTrue();
      assertThat(present(kind)).isEqualTo(ENTRIES + 1);
      assertThat(kind.check().isSound()).isTrue();
    }
  }

  @Test
  void cullByHandCountsFirstWhereTheSizeCannotBe() throws Exception {
    store();
    Stores.tamper(directory, "UPDATE state SET size = size + 1099511627776");
    try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
      assertThat(memo.kind("default").cull()).isZero();
      assertThat(present(memo.kind("default"))).isEqualTo(ENTRIES);
    }
  }

  /** Half more than the limit could be true, so that only a look at all entries tells. */
  @Test
  void maintenanceMendsTheSumsBeforeItCulls() throws Exception {
    store();
    Stores.tamper(directory, "UPDATE state SET size = 1610612736");
    try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
      MaintenanceReport report = memo.maintenance().run().get(0);

      assertThat(report.culled()).isZero();
      assertThat(report.check().problems()).hasSize(1);
      assertThat(present(memo.kind("default"))).isEqualTo(ENTRIES);
      CheckReport again = memo.kind("default").check();
      assertThat(again.isSound()).isTrue();
    }
  }

  /** The sums are right, and culls go on step by step. */
  @Test
  void aLimitThatWasLoweredByMoreThanHalfIsKept() {
    store();
    Profile small =
        Profile.builder().memoryLimit(0).sizeLimit(4000).cullLimit(5).build();
    try (DiskMemo memo = Stores.open(directory, small)) {
      KindCache kind = memo.kind("default");
      for (int i = 0; i < ENTRIES; i++) {
        kind.put("n" + i, "v");
      }

      assertThat(kind.volume()).isLessThanOrEqualTo(4000);
      assertThat(kind.get("n" + (ENTRIES - 1), String.class)).hasValue("v");
    }
  }
}
