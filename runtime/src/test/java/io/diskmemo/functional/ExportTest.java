package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.EvictionFilter;
import io.diskmemo.ExportFileException;
import io.diskmemo.ExportReport;
import io.diskmemo.ImportReport;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Entries in a file, and back. */
class ExportTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final byte[] LARGE = new byte[5000];
  private static final Profile PROFILE = Profile.builder().minFileSize(1000).build();

  @TempDir
  Path temporary;

  private final TestClock clock = new TestClock();
  private Path file;

  @BeforeEach
  void nameFile() {
    file = temporary.resolve("entries.dmx");
  }

  private DiskMemo open(String name) {
    return Stores.open(temporary.resolve(name), clock, PROFILE);
  }

  private static void fill(DiskMemo memo) {
    TestMethod.text("m").tags("m", "both").in(memo).call("a");
    KindCache kind = memo.kind("default");
    kind.put("small", "v", DAY, "s", "both");
    kind.put("large", LARGE, DAY, "l");
    memo.kind("other").put("k", "v", DAY, "s");
  }

  @Test
  void entriesComeBackElsewhereWithTheirTagsAndTimes() {
    try (DiskMemo from = open("from");
        DiskMemo to = open("to")) {
      fill(from);
      assertThat(from.maintenance().exportTo(file))
          .containsExactly(new ExportReport("default", 3, 0), new ExportReport("other", 1, 0));

      assertThat(to.maintenance().importFrom(file))
          .containsExactly(
              new ImportReport("default", 3, 0, 0, 0, 0, true),
              new ImportReport("other", 1, 0, 0, 0, 0, true));

      KindCache kind = to.kind("default");
      assertThat(kind.get("small", String.class)).contains("v");
      assertThat(kind.get("large", byte[].class)).contains(LARGE);
      assertThat(to.kind("other").get("k", String.class)).contains("v");
      TestMethod<String> method = TestMethod.text("m").tags("m", "both").in(to);
      assertThat(method.call("a")).isEqualTo("a!");
      assertThat(method.computations()).isZero();
      assertThat(kind.check().isSound()).isTrue();
      assertThat(to.evictTag("both")).isEqualTo(2);
      assertThat(method.peek("a")).isEmpty();
      clock.advance(DAY);
      assertThat(kind.get("large", byte[].class)).isEmpty();
    }
  }

  @Test
  void liveEntriesStayAndExpiredOnesAreLeftOut() {
    try (DiskMemo from = open("from");
        DiskMemo to = open("to")) {
      fill(from);
      from.kind("default").put("long", "v");
      from.maintenance().exportTo(file);
      to.kind("default").put("small", "mine");
      assertThat(to.maintenance().kind("default").importFrom(file))
          .containsExactly(new ImportReport("default", 3, 1, 0, 0, 0, true));
      assertThat(to.kind("default").get("small", String.class)).contains("mine");
      assertThat(to.kindNames()).containsExactly("default");

      clock.advance(DAY);
      to.kind("default").clear();
      assertThat(to.maintenance().kind("default").importFrom(file))
          .containsExactly(new ImportReport("default", 2, 0, 2, 0, 0, true));
    }
  }

  @Test
  void importedEntryTakesThePlaceOfWhatMemoryTiersHoldOfAnExpiredOne() {
    try (DiskMemo from = open("from");
        DiskMemo to = open("to")) {
      to.kind("default").put("small", "old", Duration.ofHours(1));
      assertThat(to.kind("default").get("small", String.class)).contains("old");
      clock.advance(Duration.ofHours(2));
      fill(from);
      from.maintenance().exportTo(file);
      to.maintenance().importFrom(file);

      assertThat(to.kind("default").get("small", String.class)).contains("v");
    }
  }

  @Test
  void kindTagAndMethodChooseEntriesBothWays() {
    try (DiskMemo from = open("from");
        DiskMemo to = open("to")) {
      fill(from);
      EvictionFilter small = EvictionFilter.all().withTag("s");
      EvictionFilter method = EvictionFilter.all().withMethod("io.test.Sample.m");
      assertThat(from.maintenance().dryRun().exportTo(file, small))
          .containsExactly(new ExportReport("default", 1, 0), new ExportReport("other", 1, 0));
      assertThat(file).doesNotExist();
      assertThat(from.maintenance().exportTo(file, small))
          .containsExactly(new ExportReport("default", 1, 0), new ExportReport("other", 1, 0));
      Path ofMethod = temporary.resolve("method.dmx");
      assertThat(from.maintenance().kind("default").exportTo(ofMethod, method))
          .containsExactly(new ExportReport("default", 1, 0));
      Path all = temporary.resolve("all.dmx");
      from.maintenance().exportTo(all);

      assertThat(to.maintenance().dryRun().importFrom(all, method))
          .containsExactly(new ImportReport("default", 1, 0, 0, 0, 0, true));
      assertThat(to.maintenance().importFrom(all, method))
          .containsExactly(new ImportReport("default", 1, 0, 0, 0, 0, true));
      assertThat(to.maintenance().importFrom(all, EvictionFilter.all().withTag("l")))
          .containsExactly(new ImportReport("default", 1, 0, 0, 0, 0, true));
      assertThat(to.maintenance().importFrom(file)).hasSize(2);
      assertThat(to.kind("default").stats().entries()).isEqualTo(3);
    }
  }

  @Test
  void damagedEntriesAreLeftOutAndNothingIsOverwritten() throws Exception {
    try (DiskMemo memo = open("from")) {
      fill(memo);
      Stores.tamper(temporary.resolve("from"), "UPDATE entry SET value = x'' WHERE id = 1");
      assertThat(memo.maintenance().kind("default").exportTo(file))
          .containsExactly(new ExportReport("default", 2, 1));
      assertThatThrownBy(() -> memo.maintenance().exportTo(file))
          .isInstanceOf(ExportFileException.class)
          .hasMessage(file + " is there already; name another file, or delete it");
      Path missing = temporary.resolve("missing.dmx");
      assertThatThrownBy(() -> memo.maintenance().importFrom(missing))
          .hasMessage(missing + " is not there; name a file that cache:export or exportTo wrote");
      try (FileSystem archive =
          FileSystems.newFileSystem(temporary.resolve("archive.zip"), Map.of("create", "true"))) {
        assertThatThrownBy(() -> memo.maintenance().importFrom(archive.getPath("/entries.dmx")))
            .hasMessage(
                "/entries.dmx: it is of no file system of the machine; name a file that is");
      }
      Path astray = temporary.resolve("missing/entries");
      assertThatThrownBy(() -> memo.maintenance().exportTo(astray))
          .isInstanceOf(ExportFileException.class)
          .hasMessage(astray
              + " has no directory to be in; make it first, or name a file in one that is there");
      Path cancelled = temporary.resolve("cancelled.dmx");
      memo.maintenance().cancelWhen(() -> true).exportTo(cancelled);
      assertThat(cancelled).doesNotExist();
    }
  }

  @Test
  void entriesThatFindNoRoomAreCountedAndTheOthersAreStored() {
    Profile small = PROFILE.toBuilder().sizeLimit(4000).maxEntrySize(4000).build();
    try (DiskMemo from = open("from");
        DiskMemo to = Stores.open(temporary.resolve("to"), clock, small)) {
      fill(from);
      from.maintenance().exportTo(file);

      assertThat(to.maintenance().kindOrNew("default").importFrom(file))
          .containsExactly(new ImportReport("default", 2, 0, 0, 1, 0, true));
      assertThat(to.kind("default").volume()).isLessThanOrEqualTo(4000);
    }
  }

  @Test
  void thousandsOfEntriesGoInSeveralTransactions() {
    try (DiskMemo from = open("from");
        DiskMemo to = open("to")) {
      for (int i = 0; i < 700; i++) {
        from.kind("default").put("k" + i, i, DAY, "t" + i % 3);
      }
      from.maintenance().exportTo(file);
      assertThat(to.maintenance().importFrom(file).get(0).entries()).isEqualTo(700);
      assertThat(to.kind("default").evictTag("t1")).isEqualTo(233);
      assertThat(to.kind("default").get("k3", Integer.class)).contains(3);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nobodyElseCanReadTheFile() throws Exception {
    try (DiskMemo memo = open("from")) {
      fill(memo);
      memo.maintenance().exportTo(file);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void fileIsAsTheFormatSays() throws Exception {
    byte[] bytes = exported();
    HexFormat hex = HexFormat.of();
    assertThat(hex.formatHex(bytes, 0, 9)).isEqualTo("444d45585052540101");
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int length = in.getInt(9);
    CRC32C crc = new CRC32C();
    crc.update(bytes, 13, length);
    assertThat(in.getInt(13 + length)).isEqualTo((int) crc.getValue());
    long valueBytes = in.getLong(13 + length - 8);
    assertThat(bytes).hasSize((int) (13 + length + 4 + valueBytes + 41));
    assertThat(in.getLong(bytes.length - 40)).isEqualTo(1);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(bytes, 0, bytes.length - 32);
    assertThat(hex.formatHex(bytes, bytes.length - 32, bytes.length))
        .isEqualTo(hex.formatHex(digest.digest()));
  }

  /** One small entry. */
  private byte[] exported() throws IOException {
    try (DiskMemo memo = open("from")) {
      TestMethod.text("m").tags("tag").in(memo).call("a");
      memo.maintenance().exportTo(file);
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  private void assertRefused(byte[] bytes, DiskMemo to) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThatThrownBy(() -> to.maintenance().importFrom(file))
        .isInstanceOf(ExportFileException.class)
        .hasMessageStartingWith(file + ": ");
    assertThat(to.kindNames()).isEmpty();
  }

  @Test
  void fileThatIsCutOrHasAFlippedBitOrGoesOnIsRefusedBeforeAnythingIsStored() throws Exception {
    byte[] sound = exported();
    try (DiskMemo to = open("to")) {
      for (int length = 0; length < sound.length; length++) {
        assertRefused(Arrays.copyOf(sound, length), to);
      }
      assertRefused(Arrays.copyOf(sound, sound.length + 1), to);
      for (int bit = 0; bit < sound.length * 8; bit += 3) {
        byte[] flipped = sound.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        assertRefused(flipped, to);
      }
    }
  }

  /** Checksums are no secret: these files have the right ones. */
  @Test
  void falseLengthsAreRefusedWithoutTakingMemory() throws Exception {
    byte[] sound = exported();
    int length = ByteBuffer.wrap(sound).getInt(9);
    try (DiskMemo to = open("to")) {
      for (int lie : List.of(Integer.MAX_VALUE, -1, 1 << 20, (1 << 20) + 1, Integer.MIN_VALUE)) {
        assertRefused(withInt(sound, 9, lie), to);
        assertRefused(withInt(sound, 13, lie), to); // the length of the kind's name
      }
      for (long lie : List.of(Long.MAX_VALUE, -1L, (long) Integer.MAX_VALUE, Long.MIN_VALUE)) {
        byte[] lying = sound.clone();
        ByteBuffer.wrap(lying).putLong(13 + length - 8, lie);
        assertRefused(mended(lying, length), to);
      }
      for (int lie : List.of(Integer.MAX_VALUE, -1, 1000)) {
        int tags = 13 + length - 8 - 7 - 4;
        assertRefused(mended(withInt(sound, tags, lie), length), to);
      }
      byte[] otherKind = sound.clone();
      otherKind[17] = '/';
      assertRefused(mended(otherKind, length), to);
      byte[] noText = sound.clone();
      noText[17] = (byte) 0xFF;
      assertRefused(mended(noText, length), to);
    }
  }

  private static byte[] withInt(byte[] bytes, int offset, int number) {
    byte[] changed = bytes.clone();
    ByteBuffer.wrap(changed).putInt(offset, number);
    return changed;
  }

  private static byte[] mended(byte[] bytes, int length) throws Exception {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 13, length);
    byte[] changed = withInt(bytes, 13 + length, (int) crc.getValue());
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(changed, 0, changed.length - 32);
    digest.digest(changed, changed.length - 32, 32);
    return changed;
  }

  @Test
  void keysUnderASecretStayAsTheyAre() {
    Profile secret = PROFILE.toBuilder()
        .keySecret("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8))
        .build();
    try (DiskMemo from = Stores.open(temporary.resolve("from"), clock, secret);
        DiskMemo to = Stores.open(temporary.resolve("to"), clock, secret);
        DiskMemo without = open("without")) {
      TestMethod.text("m").in(from).call("a");
      from.maintenance().exportTo(file);
      to.maintenance().importFrom(file);
      without.maintenance().importFrom(file);

      assertThat(TestMethod.text("m").in(to).peek("a")).isPresent();
      assertThat(TestMethod.text("m").in(without).peek("a")).isEmpty();
    }
  }
}
