package io.diskmemo.processor;

import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.generated.MethodSpec;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** A value, its bytes and the generated codec that made them. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Encoded(Codec<Object> codec, byte[] bytes) {

  /** Encodes what {@code Main.make()} returns as a result of {@code Main.value()}. */
  static Encoded madeBy(String source) throws ReflectiveOperationException {
    Program program = OnDisk.compile(source).load();
    Method make = program.loadClass("test.Main").getDeclaredMethod("make");
    make.setAccessible(true);
    Codec<Object> codec = codecOf(program.loadClass("test.MemoizedMain"));
    ValueWriter out = new ValueWriter();
    codec.write(out, make.invoke(null));
    return new Encoded(codec, out.toBytes());
  }

  @SuppressWarnings("unchecked") // the codec is given results of its method only
  private static Codec<Object> codecOf(Class<?> wrapper) throws ReflectiveOperationException {
    Field spec = wrapper.getDeclaredField("VALUE");
    spec.setAccessible(true);
    return ((MethodSpec<Object>) spec.get(null)).codec();
  }

  Object read(byte[] others) {
    ValueReader in = new ValueReader(others);
    Object value = codec.read(in);
    in.end();
    return value;
  }
}
