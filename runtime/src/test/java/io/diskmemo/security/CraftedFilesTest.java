package io.diskmemo.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.Profile;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.ValueFilesOf;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files beside the database that hold anything: calls are right, and tools end as documented. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CraftedFilesTest {
  private static final Profile ON_DISK = Profile.builder().memoryLimit(0).build();
  private static final String LARGE = "v".repeat(70_000);
  private static final long ROUNDS = 40;

  @TempDir
  Path temporary;

  private Path root() {
    return temporary.resolve("store");
  }

  private void callsAreRight(Path root) {
    try (DiskMemo memo = Stores.open(root, ON_DISK)) {
      TestMethod<String> large = TestMethod.text("large").body(a -> a + LARGE).in(memo);
      TestMethod<String> small = TestMethod.text("small").in(memo);
      for (int i = 0; i < 2; i++) {
        assertThat(large.call("a")).isEqualTo("a" + LARGE);
        assertThat(small.call("a")).isEqualTo("a!");
      }
    }
  }

  /** Some bytes changed, some of them to extremes, or the file cut short or longer. */
  private static byte[] crafted(byte[] good, Random random, int most) {
    byte[] bad = switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(good, random.nextInt(good.length));
      case 1 -> Arrays.copyOf(good, good.length + 1 + random.nextInt(10_000));
      default -> good.clone();
    };
    int head = Math.min(most, bad.length);
    for (int i = 0; i < 4 && head >= 8; i++) {
      ByteBuffer at = ByteBuffer.wrap(bad).position(random.nextInt(head - 7));
      switch (random.nextInt(4)) {
        case 0 -> at.putInt(Integer.MAX_VALUE);
        case 1 -> at.putInt(-1);
        case 2 -> at.putLong(Long.MAX_VALUE);
        default -> at.put((byte) random.nextInt());
      }
    }
    return bad;
  }

  @Test
  void valueFilesOfAnyContentAreMisses() throws Exception {
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      callsAreRight(root());
      Path file = ValueFilesOf.defaultIn(root()).only();
      Files.write(file, crafted(Files.readAllBytes(file), random, 200));

      callsAreRight(root());
    }
  }

  @Test
  void coordinationAndLeasesOfAnyContentHarmNoCall() throws Exception {
    Random random = new Random(2);
    callsAreRight(root());
    Path leases = root().resolve("leases");
    Path coordination = root().resolve("kinds/default/coordination");
    byte[] goodLeases = Files.readAllBytes(leases);
    byte[] goodCounters = Files.readAllBytes(coordination);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] slots = crafted(goodLeases, random, goodLeases.length);
      if (round % 2 == 0 && slots.length == goodLeases.length) { // a whole file of other slots
        byte[] noise = new byte[slots.length - 8];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, slots, 8, noise.length);
      }
      Files.write(leases, slots);
      Files.write(coordination, crafted(goodCounters, random, 400));
      try {
        callsAreRight(root());
      } catch (DiskMemoException e) {
        // the number of a newer format is refused at the opening
        assertThat(e).hasMessageContaining("was made by a newer release");
        Files.write(leases, goodLeases);
        Files.write(coordination, goodCounters);
      }
    }
  }

  @Test
  void importsOfAnyContentStoreAllOrNothing() throws Exception {
    Path export = temporary.resolve("all.export");
    try (DiskMemo memo = Stores.open(root(), ON_DISK)) {
      TestMethod.text("small").in(memo).call("a");
      TestMethod.text("large").body(a -> a + LARGE).in(memo).call("a");
      memo.maintenance().exportTo(export);
    }
    byte[] good = Files.readAllBytes(export);
    Random random = new Random(3);
    Path other = temporary.resolve("other");
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bad = crafted(good, random, 300);
      if (Arrays.equals(bad, good)) {
        continue;
      }
      Files.write(export, bad);
      try (DiskMemo memo = Stores.open(other, ON_DISK)) {
        memo.kind("default");
        try {
          memo.maintenance().importFrom(export);
          throw new AssertionError("a changed file was imported in round " + round);
        } catch (DiskMemoException e) {
          assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(memo.kind("default").stats().entries()).isZero();
        assertThat(memo.kindNames()).containsExactly("default");
      }
    }
  }
}
