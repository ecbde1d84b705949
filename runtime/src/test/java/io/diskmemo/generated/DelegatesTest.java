package io.diskmemo.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DelegatesTest {
  private static final class Named implements Supplier<String> {
    @Override
    public String get() {
      return "";
    }
  }

  @Test
  void namedClassHasItsBinaryName() {
    assertThat(Delegates.className(new Named(), Supplier.class))
        .isEqualTo("io.diskmemo.generated.DelegatesTest$Named");
  }

  @Test
  void lambdaIsRefused() {
    Supplier<String> lambda = () -> "";
    assertRefused(lambda, "a lambda or method reference");
  }

  @Test
  void anonymousClassIsRefused() {
    Supplier<String> anonymous = new Supplier<>() {
      @Override
      public String get() {
        return "";
      }
    };
    assertRefused(anonymous, "an anonymous class");
  }

  @Test
  void proxyIsRefused() {
    Object proxy = Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {Supplier.class},
        (self, method, arguments) -> "");
    assertRefused(proxy, "a proxy");
  }

  private static void assertRefused(Object delegate, String what) {
    assertThatThrownBy(() -> Delegates.className(delegate, Supplier.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the delegate is %s, whose class has no name that stays the same between runs, so its"
                + " results cannot be found again; make it a named class that implements"
                + " java.util.function.Supplier",
            what);
  }
}
