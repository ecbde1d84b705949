package io.diskmemo.benchmarks.codec;

import io.diskmemo.codec.Codec;
import io.diskmemo.generated.MethodSpec;
import java.lang.reflect.Field;

/** Gets at the codec that a wrapper keeps to itself. */
public final class GeneratedCodec {
  private GeneratedCodec() {}

  /**
   * The codec of a method of a wrapper.
   *
   * @param <T> type of its results
   * @param wrapper that was generated
   * @param method name of the constant
   * @return as the wrapper uses it
   */
  @SuppressWarnings("unchecked") // the caller names the type of the method's result
  public static <T> Codec<T> of(Class<?> wrapper, String method) {
    try {
      Field spec = wrapper.getDeclaredField(method);
      spec.setAccessible(true);
      return ((MethodSpec<T>) spec.get(null)).codec();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(wrapper + " has no specification of " + method, e);
    }
  }
}
