package io.diskmemo.processor.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.TypeName;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.Codecs;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.processor.internal.model.Leaf;
import java.lang.reflect.Array;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wrappers leave results of one piece to the runtime. */
class CodecsOfLeavesTest {
  private static final Map<TypeName, Class<?>> PRIMITIVES = Map.of(
      TypeName.BOOLEAN, boolean.class,
      TypeName.BYTE, byte.class,
      TypeName.SHORT, short.class,
      TypeName.CHAR, char.class,
      TypeName.INT, int.class,
      TypeName.LONG, long.class,
      TypeName.FLOAT, float.class,
      TypeName.DOUBLE, double.class);

  @ParameterizedTest
  @EnumSource(Leaf.class)
  void everyLeafHasACodec(Leaf leaf) throws ClassNotFoundException {
    Codec<?> codec = Codecs.of(classOf(leaf.type()));

    assertThat(bytes(codec, zeroOrNull(leaf.type()))).containsOnly(0);
    assertThat(codec.read(new ValueReader(new byte[Long.BYTES])))
        .isEqualTo(zeroOrNull(leaf.type()));
  }

  @Test
  void noOtherTypeHas() {
    Codec<Thread> codec = Codecs.of(Thread.class);

    assertThatThrownBy(() -> codec.read(new ValueReader(new byte[1])))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no codec of java.lang.Thread");
    assertThatThrownBy(() -> bytes(codec, null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no codec of java.lang.Thread");
  }

  private static Class<?> classOf(TypeName type) throws ClassNotFoundException {
    Class<?> primitive = PRIMITIVES.get(type);
    if (primitive != null) {
      return primitive;
    }
    return type instanceof ArrayTypeName array
        ? classOf(array.componentType()).arrayType()
        : Class.forName(type.toString());
  }

  private static @Nullable Object zeroOrNull(TypeName type) throws ClassNotFoundException {
    return type.isPrimitive() ? Array.get(Array.newInstance(classOf(type), 1), 0) : null;
  }

  @SuppressWarnings("unchecked") // the value has the type of the codec
  private static byte[] bytes(Codec<?> codec, @Nullable Object value) {
    return ValueWriter.bytesOf((Codec<@Nullable Object>) codec, value);
  }
}
