package io.diskmemo.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.internal.disk.MappedWrites;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.key.Key;
import io.diskmemo.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What remains open of lease files that somebody replaced. */
class ReplacedLeaseFileTest {
  @TempDir
  Path root;

  private final AtomicLong nanos = new AtomicLong(1_000);
  private StoreDirectory directory;
  private Leases leases;

  @BeforeEach
  void open() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "needs /proc");
    directory = StoreDirectory.openOrCreate(root.resolve("store"));
    leases = leases("one");
  }

  private Leases leases(String identity) {
    return new Leases(
        directory, identity, new TestClock(), nanos::get, Thread::new, MappedWrites.toMemory());
  }

  @AfterEach
  void close() {
    leases.close();
  }

  private Optional<Lease> tryTake(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    bytes[7] = (byte) number;
    WaitTerms terms = new WaitTerms("k", "m", Duration.ZERO, WaitObserver.NONE);
    return leases.tryTake(new LeaseRequest(Key.of(bytes), Duration.ofHours(1), terms));
  }

  private void replace() throws IOException {
    Files.delete(directory.root().resolve("leases"));
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
  }

  private long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(this::isOfTheFile).count();
    }
  }

  private boolean isOfTheFile(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor)
          .toString()
          .contains(root.toRealPath().toString());
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  @Test
  void filesUnderWhichNothingIsHeldAreClosed() throws IOException {
    for (int i = 0; i < 100; i++) {
      tryTake(1).orElseThrow().close();
      replace();
    }
    tryTake(1).orElseThrow().close();

    assertThat(descriptors()).isEqualTo(1);
  }

  @Test
  void fileUnderWhichSomethingIsHeldIsClosedAfterIt() throws IOException {
    Lease held = tryTake(1).orElseThrow();
    replace();
    assertThat(tryTake(2)).isPresent();
    assertThat(held.isHeld()).isTrue();
    assertThat(descriptors()).isEqualTo(2);
    held.close();
    replace();
    assertThat(tryTake(3)).isPresent();

    assertThat(descriptors()).isEqualTo(2); // of the second, which is held, and the third
  }

  /** Its channel would have given back the number of the other. */
  @Test
  void twoWhoDoNotKnowEachOtherHaveTheFileOpenOnce() throws IOException {
    Lease held = tryTake(1).orElseThrow();
    try (Leases other = leases("two")) {
      assertThat(other.table()).isNotNull();
      assertThat(descriptors()).isEqualTo(1);
    }

    assertThat(held.isHeld()).isTrue();
    assertThat(descriptors()).isEqualTo(1);
  }

  @Test
  void numbersAreGivenBackWithoutTheFile() {
    assertThat(tryTake(1)).isPresent();
    for (int i = 0; i < 2 * SlotTable.MOST_OWNERS; i++) {
      try (Leases other = leases("two")) {
        assertThat(other.table()).isNotNull();
      }
    }
  }
}
