package io.diskmemo.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.ImportReport;
import io.diskmemo.InvalidSettingException;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.Stats;
import io.diskmemo.StoreHealth;
import io.diskmemo.codec.Blob;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import io.diskmemo.testkit.ValueFilesOf;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds whose values are encrypted. */
class EncryptionTest {
  private static final String SECRET = "the-canary-in-the-value";
  private static final String LONG = (SECRET + "-").repeat(10_000);

  @TempDir
  Path temporary;

  private static byte[] key(int with) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) with);
    return key;
  }

  private static Profile profile(int key) {
    return Profile.builder().memoryLimit(0).encryptionKey(() -> key(key)).build();
  }

  private static Profile plain() {
    return Profile.builder().memoryLimit(0).build();
  }

  private Path directory() {
    return temporary.resolve("store");
  }

  private DiskMemo open(Profile profile) {
    return Stores.open(directory(), profile);
  }

  private static TestMethod<String> small(DiskMemo memo) {
    return TestMethod.text("small").body(a -> a + SECRET).tags("t").in(memo);
  }

  private static TestMethod<String> large(DiskMemo memo) {
    return TestMethod.text("large").body(a -> a + LONG).in(memo);
  }

  private static TestMethod<Blob> blob(DiskMemo memo) {
    return TestMethod.blobs("blob", a -> Blob.of((a + LONG).getBytes(StandardCharsets.UTF_8)))
        .in(memo);
  }

  private static String text(Blob blob) {
    try (InputStream in = blob.newInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void callAll(DiskMemo memo, int computations) {
    TestMethod<String> small = small(memo);
    TestMethod<String> large = large(memo);
    TestMethod<Blob> blob = blob(memo);
    for (int i = 0; i < 2; i++) {
      assertThat(small.call("a")).isEqualTo("a" + SECRET);
      assertThat(large.call("a")).isEqualTo("a" + LONG);
      assertThat(text(blob.call("a"))).isEqualTo("a" + LONG);
    }
    assertThat(small.computations()).isEqualTo(computations);
    assertThat(large.computations()).isEqualTo(computations);
    assertThat(blob.computations()).isEqualTo(computations);
  }

  private boolean isReadable(Path place) throws IOException {
    try (Stream<Path> all = Files.walk(place)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(SECRET)) {
          return true;
        }
      }
      return false;
    }
  }

  @Test
  void valuesInRowsFilesBackupsAndExportsAreEncryptedAndComeBack() throws Exception {
    Path export = temporary.resolve("all.export");
    try (DiskMemo memo = open(profile(1))) {
      callAll(memo, 1);
      memo.kind("default").put("k", SECRET + LONG);
      memo.kind("default").put("small", SECRET);
      memo.maintenance().backup();
      memo.maintenance().exportTo(export);
      assertThat(isReadable(temporary)).isFalse();
      assertThat(ValueFilesOf.defaultIn(directory()).paths()).isNotEmpty();
    }
    try (DiskMemo memo = open(profile(1))) {
      callAll(memo, 0);
      KindCache cache = memo.kind("default");
      assertThat(cache.get("k", String.class)).contains(SECRET + LONG);
      assertThat(cache.check().isSound()).isTrue();
      cache.clear();
      memo.maintenance().restore();
    }
    assertThat(isReadable(temporary)).isFalse();
    try (DiskMemo memo = open(plain())) {
      callAll(memo, 1);
    }
    assertThat(isReadable(temporary)).as("the test would see it").isTrue();
  }

  @Test
  void aToolWithoutTheKeyBacksUpRestoresExportsAndImports() throws Exception {
    Path export = temporary.resolve("all.export");
    Path other = temporary.resolve("other");
    try (DiskMemo memo = open(profile(1))) {
      callAll(memo, 1);
    }
    try (DiskMemo tool = DiskMemo.open(directory())) {
      assertThat(tool.kind("default").check().isSound()).isTrue();
      tool.maintenance().exportTo(export);
      tool.maintenance().backup();
      tool.maintenance().restore();
      tool.maintenance().run();
    }
    try (DiskMemo tool = DiskMemo.open(other)) {
      tool.maintenance().importFrom(export);
    }
    for (Path store : List.of(directory(), other)) {
      try (DiskMemo memo = Stores.open(store, profile(1))) {
        callAll(memo, 0);
      }
    }
    assertThat(isReadable(temporary)).isFalse();
  }

  @Test
  void anotherKeyIsAMissThatIsCountedAndAComputedResultTakesItsPlace() {
    try (DiskMemo memo = open(profile(1))) {
      callAll(memo, 1);
    }
    try (DiskMemo memo = open(profile(2))) {
      assertThat(small(memo).peek("a")).isEmpty();
      Stats stats = memo.kind("default").stats();
      assertThat(stats.missesOtherKey()).isEqualTo(1);
      assertThat(stats.missesDamaged()).isZero();
      assertThat(stats.entries()).isEqualTo(3);
      assertThat(memo.kind("default").check().isSound()).isTrue();
    }
    try (DiskMemo memo = open(profile(1))) {
      callAll(memo, 0); // asking with another key took nothing away
    }
    try (DiskMemo memo = open(profile(2))) {
      callAll(memo, 1);
      assertThat(memo.kind("default").stats().entries()).isEqualTo(3);
    }
    try (DiskMemo memo = open(profile(2))) {
      callAll(memo, 0);
    }
  }

  @Test
  void plainEntriesInAnEncryptedKindAndTheReverseAreMissesOfTheSameSort() throws Exception {
    try (DiskMemo memo = open(plain())) {
      callAll(memo, 1);
    }
    try (DiskMemo memo = open(profile(1))) {
      callAll(memo, 1);
      assertThat(memo.kind("default").stats().missesOtherKey()).isEqualTo(3);
      assertThat(memo.kind("default").stats().missesDamaged()).isZero();
      memo.maintenance().run();
    }
    try (DiskMemo memo = open(plain())) {
      assertThat(small(memo).peek("a")).isEmpty();
      assertThat(blob(memo).peek("a")).isEmpty();
      assertThat(memo.kind("default").stats().missesOtherKey()).isEqualTo(2);
      assertThat(memo.kind("default").stats().entries()).isEqualTo(3);
    }
  }

  @Test
  void rowsThatSomebodySwappedOrDatedAnewAreDamaged() throws Exception {
    TestClock clock = new TestClock();
    try (DiskMemo memo = Stores.open(directory(), clock, profile(1))) {
      TestMethod<String> method =
          TestMethod.text("m").spec(s -> s.timeToLive(Duration.ofHours(1))).in(memo);
      method.call("a");
      method.call("b");
    }
    ForgedRows forged = new ForgedRows(directory());
    forged.swapValues();
    try (DiskMemo memo = Stores.open(directory(), clock, profile(1))) {
      TestMethod<String> method =
          TestMethod.text("m").spec(s -> s.timeToLive(Duration.ofHours(1))).in(memo);
      assertThat(method.call("a")).isEqualTo("a!");
      assertThat(method.call("b")).isEqualTo("b!");
      assertThat(method.computations()).isEqualTo(2);
      assertThat(memo.kind("default").stats().missesDamaged()).isEqualTo(2);
    }
    forged.expireLater(Duration.ofDays(1000));
    clock.advance(Duration.ofHours(2));
    try (DiskMemo memo = Stores.open(directory(), clock, profile(1))) {
      TestMethod<String> method =
          TestMethod.text("m").spec(s -> s.timeToLive(Duration.ofHours(1))).in(memo);
      assertThat(method.call("a")).isEqualTo("a!");
      assertThat(method.computations()).isEqualTo(1);
      assertThat(memo.kind("default").stats().missesDamaged()).isEqualTo(1);
    }
  }

  @Test
  void touchedEntriesAreEncryptedAnew() {
    TestClock clock = new TestClock();
    try (DiskMemo memo = Stores.open(directory(), clock, profile(1))) {
      KindCache cache = memo.kind("default");
      cache.put("small", SECRET, Duration.ofHours(1), "t");
      cache.put("large", LONG, Duration.ofHours(1), "t");
      assertThat(cache.touch("small", Duration.ofDays(1))).isTrue();
      assertThat(cache.touch("large", Duration.ofDays(1))).isTrue();
      clock.advance(Duration.ofHours(2));

      assertThat(cache.get("small", String.class)).contains(SECRET);
      assertThat(cache.get("large", String.class)).contains(LONG);
      assertThat(ValueFilesOf.defaultIn(directory()).onDisk()).hasSize(1);
      assertThat(cache.check().isSound()).isTrue();
      assertThat(cache.evictTag("t")).isEqualTo(2);
    }
  }

  @Test
  void anAddedValueDoesNotTakeThePlaceOfOneOfAnotherKey() {
    try (DiskMemo memo = open(profile(1))) {
      memo.kind("default").put("k", SECRET);
    }
    try (DiskMemo memo = open(profile(2))) {
      assertThat(memo.kind("default").get("k", String.class)).isEmpty();
      assertThat(memo.kind("default").add("k", "mine")).isFalse();
    }
    try (DiskMemo memo = open(profile(1))) {
      assertThat(memo.kind("default").get("k", String.class)).contains(SECRET);
    }
  }

  @Test
  void anImportedEntryTakesThePlaceOfOneThatExpiredSinceItWasEncrypted() throws Exception {
    TestClock clock = new TestClock();
    Path export = temporary.resolve("all.export");
    Path other = temporary.resolve("other");
    try (DiskMemo from = Stores.open(directory(), clock, profile(1));
        DiskMemo to = Stores.open(other, clock, profile(1))) {
      from.kind("default").put("k", "new", Duration.ofDays(1));
      from.maintenance().exportTo(export);
      to.kind("default").put("k", "old", Duration.ofHours(1));
      clock.advance(Duration.ofHours(2));

      assertThat(to.maintenance().importFrom(export))
          .containsExactly(new ImportReport("default", 1, 0, 0, 0, 0, true));
      assertThat(to.kind("default").get("k", String.class)).contains("new");
    }
    try (Connection connection = Stores.database(other);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT accessed FROM entry")) {
      assertThat(row.getLong(1)).as("no candidate for the next cull").isEqualTo(clock.millis());
    }
  }

  @Test
  void entriesOfAnotherKeyAreLeftOutOfAnImportAndCounted() {
    Path export = temporary.resolve("all.export");
    try (DiskMemo from = open(profile(1));
        DiskMemo to = Stores.open(temporary.resolve("other"), profile(2));
        DiskMemo same = Stores.open(temporary.resolve("same"), profile(1))) {
      from.kind("default").put("small", SECRET);
      from.kind("default").put("large", LONG);
      from.maintenance().exportTo(export);

      assertThat(to.maintenance().importFrom(export))
          .containsExactly(new ImportReport("default", 0, 0, 0, 0, 2, true));
      assertThat(to.kind("default").stats().entries()).isZero();
      assertThat(same.maintenance().importFrom(export))
          .containsExactly(new ImportReport("default", 2, 0, 0, 0, 0, true));
      assertThat(same.kind("default").get("large", String.class)).contains(LONG);
    }
  }

  @Test
  void numbersCountOnAndOnesOfAnotherKeyAreNotBegunAnew() {
    try (DiskMemo memo = open(profile(1))) {
      assertThat(memo.kind("default").increment("n", 5)).isEqualTo(5);
      assertThat(memo.kind("default").increment("n", 5)).isEqualTo(10);
    }
    try (DiskMemo memo = open(profile(2))) {
      assertThatThrownBy(() -> memo.kind("default").increment("n", 1))
          .isInstanceOf(DiskMemoException.class)
          .hasMessageContaining("encrypted with another key");
      assertThat(memo.kind("default").touch("n", Duration.ofDays(1))).isFalse();
      assertThat(memo.kind("default").pop("n", Long.class)).isEmpty();
    }
    try (DiskMemo memo = open(profile(1))) {
      assertThat(memo.kind("default").increment("n", 1)).isEqualTo(11);
    }
  }

  /** It is larger than all memory that the child has. */
  @Test
  void aBlobIsEncryptedAndDecryptedInPieces() {
    try (ChildJvm child = ChildJvm.startUnder(
        List.of("env", "_JAVA_OPTIONS=-Xmx32m"), LargeEncryptedBlob.class, directory())) {
      assertThat(child.success()).containsExactly("1 computation", "same", "same");
    }
  }

  /** Writes and reads a blob that is larger than the memory of its JVM. */
  static final class LargeEncryptedBlob {
    private static final int PIECES = 700;

    private LargeEncryptedBlob() {}

    public static void main(String[] arguments) throws Exception {
      Settings settings = Settings.builder()
          .directory(Path.of(arguments[0]))
          .kind(
              "default",
              Profile.builder()
                  .sizeLimit(4L << 30)
                  .maxEntrySize(1L << 30)
                  .encryptionKey(() -> key(3))
                  .build())
          .build();
      try (DiskMemo memo = DiskMemo.open(settings)) {
        TestMethod<Blob> method =
            TestMethod.blobs("m", a -> Blob.write(out -> write(out))).in(memo);
        method.call("a");
        Blob blob = method.call("a");
        System.out.println(method.computations() + " computation");
        for (int i = 0; i < 2; i++) {
          try (InputStream in = blob.newInputStream()) {
            System.out.println(isSame(in) ? "same" : "another");
          }
        }
      }
    }

    private static void write(java.io.OutputStream out) throws IOException {
      Random random = new Random(5);
      byte[] piece = new byte[64_000];
      for (int i = 0; i < PIECES; i++) {
        random.nextBytes(piece);
        out.write(piece);
      }
    }

    private static boolean isSame(InputStream in) throws IOException {
      Random random = new Random(5);
      byte[] piece = new byte[64_000];
      for (int i = 0; i < PIECES; i++) {
        random.nextBytes(piece);
        if (!Arrays.equals(piece, in.readNBytes(piece.length))) {
          return false;
        }
      }
      return in.read() < 0;
    }
  }

  @Test
  void aKeyOfAnotherLengthIsRefusedWhereTheKindIsOpened() {
    Profile profile = Profile.builder().encryptionKey(() -> new byte[16]).build();
    try (DiskMemo memo = open(profile)) {
      assertThatThrownBy(() -> small(memo))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessage("encryptionKey of kind default has 16 bytes; give 32 random ones");
    }
  }

  private static Settings.Builder twoKinds(Path directory, Supplier<byte[]> first) {
    return Settings.builder()
        .directory(directory)
        .kind(
            "first",
            Profile.builder()
                .breakerPause(Duration.ofMillis(50))
                .encryptionKey(first)
                .build())
        .kind("second", plain());
  }

  @Test
  void aKeyThatCannotBeHadKeepsNoOtherKindFromAnEviction() {
    try (DiskMemo memo = DiskMemo.open(twoKinds(directory(), () -> key(1)).build())) {
      memo.kind("first").put("k", "v", Duration.ofDays(1), "t");
      memo.kind("second").put("k", "v", Duration.ofDays(1), "t");
    }
    List<Supplier<byte[]>> bad = List.of(
        () -> null,
        () -> {
          throw new IllegalArgumentException("no key: 00112233");
        },
        () -> {
          throw new NoClassDefFoundError("Vault");
        });
    for (Supplier<byte[]> supplier : bad) {
      try (DiskMemo memo = DiskMemo.open(twoKinds(directory(), supplier).build())) {
        memo.kind("second").put("again", "v", Duration.ofDays(1), "t");
        assertThatThrownBy(() -> memo.evictTag("t"))
            .isInstanceOf(DiskMemoException.class)
            .hasMessageContaining("encryptionKey of kind first")
            .message()
            .doesNotContain("00112233");
        assertThat(memo.kind("second").contains("again")).isFalse();
      }
    }
  }

  @Test
  void aWrapperWorksFromMemoryUntilTheKeyCanBeHad() {
    AtomicBoolean there = new AtomicBoolean();
    Supplier<byte[]> vault = () -> {
      if (!there.get()) {
        throw new IllegalStateException("sealed");
      }
      return key(1);
    };
    try (DiskMemo memo = DiskMemo.open(twoKinds(directory(), vault).build())) {
      TestMethod<String> method = TestMethod.text("m").kind("first").in(memo);
      assertThat(method.call("a")).isEqualTo("a!");
      assertThat(method.call("a")).isEqualTo("a!");
      assertThat(method.computations()).isOne();
      there.set(true);
      Threads.until(() -> memo.kind("first").stats().health().state() == StoreHealth.State.HEALTHY);
      method.call("b");
    }
    try (DiskMemo memo = DiskMemo.open(twoKinds(directory(), vault).build())) {
      assertThat(TestMethod.text("m").kind("first").in(memo).peek("b")).contains("b!");
    }
  }

  @Test
  void aSlowVaultKeepsNoOtherKindWaiting() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    Supplier<byte[]> vault = () -> {
      asked.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return key(1);
    };
    try (DiskMemo memo = DiskMemo.open(twoKinds(directory(), vault).build());
        Threads threads = new Threads()) {
      Future<KindCache> first = threads.begin(() -> memo.kind("first"));
      asked.await();
      Future<KindCache> second = threads.begin(() -> memo.kind("second"));
      assertThat(Threads.result(second).name()).isEqualTo("second");
      answer.countDown();
      assertThat(Threads.result(first).name()).isEqualTo("first");
    }
  }

  @Test
  void theKeyIsNotShownAndNotWritten() throws Exception {
    byte[] key = "0123456789abcdefghijklmnopqrstuv".getBytes(StandardCharsets.US_ASCII);
    Profile profile = Profile.builder().encryptionKey(key::clone).build();
    try (DiskMemo memo = Stores.open(directory(), InstantSource.system(), profile)) {
      callAll(memo, 1);
      assertThat("" + memo.kind("default").stats() + memo.maintenance().settings())
          .doesNotContain("456789abc");
    }
    try (Stream<Path> all = Files.walk(directory())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .doesNotContain("456789abc");
      }
    }
  }

  @Test
  void kindsWithoutAKeyLoadNothingOfTheCipher() {
    List<String> loaded;
    try (ChildJvm child = ChildJvm.startUnder(
        List.of("env", "JAVA_TOOL_OPTIONS=-Xlog:class+load:stdout"),
        PlainCalls.class,
        directory())) {
      loaded = child.success();
    }
    assertThat(loaded).anyMatch(line -> line.contains("io.diskmemo.internal.disk.Sealing"));
    assertThat(loaded)
        .noneMatch(line ->
            line.contains("io.diskmemo.internal.seal.") || line.contains("javax.crypto.Cipher"));
  }

  /** Stores and reads without encryption. */
  static final class PlainCalls {
    private PlainCalls() {}

    public static void main(String[] arguments) throws Exception {
      try (DiskMemo memo = Stores.open(Path.of(arguments[0]), plain())) {
        new EncryptionTest().callAll(memo, 1);
      }
    }
  }
}
