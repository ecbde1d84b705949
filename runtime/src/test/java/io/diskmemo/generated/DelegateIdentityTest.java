package io.diskmemo.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.annotations.KeyIgnore;
import io.diskmemo.key.KeyEncodable;
import io.diskmemo.key.KeyWriter;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DelegateIdentityTest {
  private static final class Named implements Supplier<String> {
    @Override
    public String get() {
      return "";
    }
  }

  @Test
  void namedClassHasItsBinaryName() {
    assertThat(textOf(new Named())).isEqualTo("io.diskmemo.generated.DelegateIdentityTest$Named");
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
    assertThatThrownBy(() -> DelegateIdentity.ofToldApart(delegate, Supplier.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the delegate is %s, whose class has no name that stays the same between runs, so its"
                + " results cannot be found again; make it a named class that implements"
                + " java.util.function.Supplier",
            what);
  }

  private enum Constant implements Supplier<String> {
    ONE {
      @Override
      public String get() {
        return "";
      }
    }
  }

  private static class Stateful extends Holding {}

  private static class Holding implements Supplier<String> {
    final String text = "".trim();

    @Override
    public String get() {
      return text;
    }
  }

  private static final class Ignoring implements Supplier<String> {
    static final Object LOCK = new Object();

    @KeyIgnore
    private final Object connection = new Object();

    private MemoizedMethod<String> bound;
    private Gate gate;

    @Override
    public String get() {
      return connection.toString() + bound + gate + LOCK;
    }
  }

  private final class Inner implements Supplier<String> {
    @Override
    public String get() {
      return DelegateIdentityTest.this.toString();
    }
  }

  private static final class Encodable implements Supplier<String>, KeyEncodable {
    String state;

    Encodable(String state) {
      this.state = state;
    }

    @Override
    public String get() {
      return state;
    }

    @Override
    public void encodeKey(KeyWriter key) {
      if (state.isEmpty()) {
        throw new IllegalStateException("no state");
      }
      key.writeString(state);
    }
  }

  private static String textOf(Object delegate) {
    return DelegateIdentity.of(delegate, Supplier.class).text();
  }

  @Test
  void enumConstantIsToldByItsName() {
    assertThat(textOf(Constant.ONE))
        .isEqualTo("io.diskmemo.generated.DelegateIdentityTest$Constant#ONE");
  }

  @Test
  void stateOfASuperclassIsRefusedWithTheWaysOut() {
    assertThatThrownBy(() -> DelegateIdentity.of(new Stateful(), Supplier.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the delegate is a io.diskmemo.generated.DelegateIdentityTest$Stateful, which"
            + " has the field text, so that two of them may have different results, and nothing"
            + " tells them apart in keys; let Stateful implement KeyEncodable, or give Supplier a"
            + " method with @KeyPart that returns what results depend on; if they do not depend on"
            + " the field, annotate it with @KeyIgnore");
  }

  @Test
  void outerInstanceIsState() {
    assertThatThrownBy(() -> DelegateIdentity.of(new Inner(), Supplier.class))
        .hasMessageContaining("which has an outer instance")
        .hasMessageEndingWith("if they do not depend on it, make Inner static");
  }

  @Test
  void ignoredFieldsAreNoState() {
    assertThat(textOf(new Ignoring())).endsWith("$Ignoring");
  }

  @Test
  void interfaceThatTellsStateAllowsAny() {
    assertThat(DelegateIdentity.ofToldApart(new Stateful(), Supplier.class).text())
        .endsWith("$Stateful");
  }

  @Test
  void whatAnEncodableDelegateWritesIsLookedUpAtEachCall() {
    Encodable delegate = new Encodable("a");
    DelegateIdentity identity = DelegateIdentity.of(delegate, Supplier.class);
    String first = identity.text();
    delegate.state = "b";
    String second = identity.text();

    assertThat(first).isEqualTo(textOf(new Encodable("a"))).isNotEqualTo(second);
    assertThat(second).startsWith(Encodable.class.getName() + "#").isEqualTo(identity.text());
  }

  @Test
  void delegateThatCannotBeWrittenIsRefusedAtFirstAndLaterIsInNoKey() {
    assertThatThrownBy(() -> textOf(new Encodable("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("which cannot be written into keys: no state");

    Encodable delegate = new Encodable("a");
    DelegateIdentity identity = DelegateIdentity.of(delegate, Supplier.class);
    delegate.state = "";
    assertThat(identity.text()).isNull();
    assertThatThrownBy(() -> DelegateIdentity.write(new KeyWriter(), identity.text()))
        .isInstanceOf(IllegalStateException.class);
  }
}
