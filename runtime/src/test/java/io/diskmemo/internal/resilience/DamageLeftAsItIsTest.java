package io.diskmemo.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.NewEntries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is not to revive anything does not do so later either. */
class DamageLeftAsItIsTest {
  @TempDir
  Path directory;

  private KindStore open(StoreDirectory opened) {
    return KindStore.open(
        opened, "default", KindStores.limits(1 << 20), 1, Clock.systemUTC(), Runnable::run);
  }

  @Test
  void databaseThatIsLostWhileItIsOpenIsNotRevived() throws Exception {
    StoreDirectory reviving = StoreDirectory.openOrCreate(directory);
    try (KindStore store = open(reviving)) {
      store.storeAllOrNone(List.of(NewEntries.entry("k", 1, 10, "t")));
    }
    try (KindStore store = open(reviving.withoutRevival())) {
      Path database = directory.resolve("kinds/default/cache-2-1.db");
      Files.delete(database);
      DamagedKind damaged = new DamagedKind(() -> store, System::nanoTime);

      assertThatThrownBy(() -> damaged.repair(
              new Failure(Trouble.CORRUPT, Failure.Operation.READ, "something was met")))
          .isInstanceOf(DiskException.class)
          .hasMessageContaining("left as they are");
      assertThat(store.takeRescued()).isEmpty();
      assertThat(database).doesNotExist();
      assertThat(directory.resolve("kinds/default/current")).hasContent("cache-2-1.db");
    }
  }
}
