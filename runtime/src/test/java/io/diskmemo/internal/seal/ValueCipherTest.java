package io.diskmemo.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.internal.seal.ValueCipher.Owner;
import io.diskmemo.key.Key;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ValueCipher} makes of values, byte by byte, and what it refuses. */
class ValueCipherTest {
  private static final int WHOLE = ValueCipher.CHUNK_BYTES + ValueCipher.TAG_BYTES;
  private static final Owner OWNER = new Owner(Key.of(filled(32, 7)), 1_000, 2_000, 3_000);

  private final ValueCipher cipher = cipher("geo", 1);

  private static byte[] filled(int length, int with) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }

  private static ValueCipher cipher(String kind, int key) {
    return new ValueCipher(kind, filled(32, key), salt -> Arrays.fill(salt, (byte) 9));
  }

  private static byte[] value(int length) {
    byte[] value = new byte[length];
    new Random(length).nextBytes(value);
    return value;
  }

  /** Computed independently, with Python's cryptography package. */
  @Test
  void bytesAreThoseOfTheFormat() {
    byte[] sealed = cipher.seal(OWNER, "Queen St 1".getBytes(StandardCharsets.UTF_8));

    assertThat(HexFormat.of().formatHex(sealed))
        .isEqualTo(
            "018c10a071b57b887d0909090909090909090909090909090975abe7cae501328ffc3190267dc595cf3bd738ac719d5e3ff7cf");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 131_073, 300_000})
  void valueOfAnyLengthComesBackAndItsLengthIsKnownBefore(int length) throws Exception {
    byte[] value = value(length);
    byte[] sealed = cipher.seal(OWNER, value);

    assertThat(sealed).hasSize((int) ValueCipher.sealedBytes(length));
    assertThat(ValueCipher.plainBytes(sealed.length)).isEqualTo(length);
    assertThat(cipher.isOwn(sealed)).isTrue();
    assertThat(cipher.open(OWNER, sealed)).isEqualTo(value);
    assertThat(cipher.opening(OWNER, new ByteArrayInputStream(sealed)).readAllBytes())
        .isEqualTo(value);
    assertThat(cipher.sealing(OWNER, new ByteArrayInputStream(value)).readAllBytes())
        .isEqualTo(sealed);
  }

  @Test
  void valueOfAnotherOwnerIsNotRead() {
    byte[] sealed = cipher.seal(OWNER, value(100));

    assertThat(cipher.open(new Owner(Key.of(filled(32, 8)), 1_000, 2_000, 3_000), sealed))
        .isNull();
    assertThat(cipher.open(new Owner(OWNER.key(), 1_001, 2_000, 3_000), sealed)).isNull();
    assertThat(cipher.open(new Owner(OWNER.key(), 1_000, 2_001, 3_000), sealed)).isNull();
    assertThat(cipher.open(new Owner(OWNER.key(), 1_000, 2_000, 3_001), sealed)).isNull();
    assertThat(cipher("weather", 1).open(OWNER, sealed)).isNull();
    assertThat(cipher("geo", 2).isOwn(sealed)).isFalse();
  }

  @Test
  void everyChangedByteIsFound() {
    byte[] sealed = cipher.seal(OWNER, value(40));
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 0x10;

      assertThat(cipher.isOwn(changed) ? cipher.open(OWNER, changed) : null)
          .as("byte " + i)
          .isNull();
    }
  }

  @Test
  void chunksCannotBeCutOffMovedRepeatedOrLeftOut() {
    byte[] sealed = cipher.seal(OWNER, value(3 * ValueCipher.CHUNK_BYTES));
    int start = ValueCipher.HEADER_BYTES;
    byte[] cut = Arrays.copyOf(sealed, start + 2 * WHOLE);
    byte[] moved = sealed.clone();
    System.arraycopy(sealed, start, moved, start + WHOLE, WHOLE);
    System.arraycopy(sealed, start + WHOLE, moved, start, WHOLE);
    byte[] repeated = Arrays.copyOf(sealed, sealed.length + WHOLE);
    System.arraycopy(sealed, start + 2 * WHOLE, repeated, sealed.length, WHOLE);
    byte[] without = Arrays.copyOf(cut, cut.length);
    System.arraycopy(sealed, start + 2 * WHOLE, without, start + WHOLE, WHOLE);

    for (byte[] bad : new byte[][] {cut, moved, repeated, without, Arrays.copyOf(sealed, start)}) {
      assertThat(cipher.open(OWNER, bad)).isNull();
    }
    assertThatThrownBy(
            () -> cipher.opening(OWNER, new ByteArrayInputStream(cut)).readAllBytes())
        .isInstanceOf(IOException.class);
  }

  @Test
  void afterAChunkThatWasChangedNoFurtherOneIsGivenOut() throws Exception {
    byte[] sealed = cipher.seal(OWNER, value(3 * ValueCipher.CHUNK_BYTES));
    sealed[ValueCipher.HEADER_BYTES] ^= 1;
    InputStream opening = cipher.opening(OWNER, new ByteArrayInputStream(sealed));

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(opening::read).isInstanceOf(NotAuthenticException.class);
    }
  }

  @Test
  void saltIsAnotherEachTimeAndTheKeyIsNotShown() {
    Random random = new Random(1);
    ValueCipher salted = new ValueCipher("geo", filled(32, 1), random::nextBytes);

    assertThat(salted.seal(OWNER, value(10))).isNotEqualTo(salted.seal(OWNER, value(10)));
    assertThat(salted.toString()).isEqualTo("cipher of kind geo");
  }
}
