package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.StoreHealth;
import io.diskmemo.multiprocess.Patience;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody dropped tables of a kind. */
class LostTablesTest {
  private static final Profile ON_DISK = Profile.builder().memoryLimit(0).build();

  @TempDir
  Path directory;

  private static TestMethod<String> method(DiskMemo memo) {
    return TestMethod.text("m").tags("t").in(memo);
  }

  private boolean isMadeAnew() {
    try {
      return Files.readString(directory.resolve("kinds/default/current")).equals("cache-2-2.db\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isHealthy(KindCache kind) {
    return kind.stats().health().state() == StoreHealth.State.HEALTHY;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE entry",
        "DROP TABLE total",
        "DROP TABLE state",
        "DROP INDEX entry_method"
      })
  void theNextProcessMakesTheDatabaseAnew(String loss) throws Exception {
    try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
      method(memo).call("a");
      memo.maintenance().backup();
    }
    Stores.tamper(directory, loss);
    try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
      TestMethod<String> method = method(memo);

      assertThat(method.call("a")).isEqualTo("a!");
      assertThat(method.computations()).as("it came back from the backup").isZero();
      assertThat(memo.kind("default").check().quarantined())
          .anyMatch(name -> name.contains("cache-2-1"));
      assertThat(memo.evictTag("t")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DROP TABLE entry", "DROP TABLE total", "DROP TABLE state"})
  void aRunningProcessMakesTheDatabaseAnew(String loss) throws Exception {
    try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
      TestMethod<String> method = method(memo);
      method.call("a");
      Stores.tamper(directory, loss);

      method.call("b"); // counts
      memo.kind("default").stats();
      Patience.until("another database is there", () -> {
        method.call("a");
        askForTotals(memo);
        return isMadeAnew();
      });
      Patience.until("results are stored", () -> {
        int before = method.computations();
        method.call("a");
        return method.computations() == before;
      });
      assertThat(memo.evictTag("t")).isPositive();
    }
  }

  /** What only some tools read is missed by them, who say so; or another store takes its place now. */
  private static void askForTotals(DiskMemo memo) {
    try {
      memo.maintenance().stats();
    } catch (DiskMemoException e) {
      assertThat(e.getMessage())
          .containsAnyOf("no such table", "it lacks a table", "the store is closed");
    }
  }

  @Test
  void anEvictionThatFindsNoTableHasTheDatabaseLookedAt() throws Exception {
    try (DiskMemo memo = Stores.open(directory, ON_DISK)) {
      KindCache kind = memo.kind("default");
      kind.put("k", "v");
      Stores.tamper(directory, "DROP TABLE tag");
      kind.stats(); // so that the disk is looked after

      assertThatThrownBy(() -> kind.evictTag("t"))
          .isInstanceOf(DiskMemoException.class)
          .hasMessageContaining("no such table");
      Patience.until("another database is there", () -> isHealthy(kind) && isMadeAnew());
      assertThat(kind.evictTag("t")).isZero();
    }
  }
}
