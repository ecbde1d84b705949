package io.diskmemo.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.codec.CorruptValueException;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Classes that have no generated codec. */
class JsonCodecTest {

  /** Survives. */
  public static class Person {
    public String name = "";
    public List<Integer> years = List.of();
  }

  /** Loses what it has no setter for. */
  public static class Leaky {
    private String secret = "x";
    private final Inner inner = new Inner();

    /** Holds what is lost. */
    public static class Inner {
      private int depth;

      public int getDepth() {
        return depth;
      }
    }

    public Inner getInner() {
      return inner;
    }

    public String getSecret() {
      return secret;
    }

    public void setSecret(String newSecret) {
      secret = newSecret;
    }
  }

  private static <T> byte[] written(JsonCodec<T> codec, T value) {
    ValueWriter out = new ValueWriter();
    codec.write(out, value);
    return out.toBytes();
  }

  @Test
  void valueComesBackAsAnEqualCopy() {
    Person person = new Person();
    person.name = "Ada";
    person.years = List.of(1815, 1852);
    JsonCodec<Person> codec = JsonCodec.of(Person.class);
    Person back = codec.read(new ValueReader(written(codec, person)));
    assertThat(back).isNotSameAs(person).usingRecursiveComparison().isEqualTo(person);
  }

  @Test
  void nullComesBack() {
    JsonCodec<Person> codec = JsonCodec.of(Person.class);
    assertThat(codec.read(new ValueReader(written(codec, null)))).isNull();
  }

  @Test
  void propertyThatIsLostIsNamedAtTheFirstWrite() {
    Leaky leaky = new Leaky();
    leaky.inner.depth = 7;
    assertThatThrownBy(() -> written(JsonCodec.of(Leaky.class), leaky))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Leaky.inner.depth is lost when a ")
        .hasMessageContaining("name a codec with @StoredBy");
  }

  @Test
  void damagedBytesAreNoValue() {
    ValueWriter out = new ValueWriter();
    out.write(new byte[] {'{', '"'});
    assertThatThrownBy(() -> JsonCodec.of(Person.class).read(new ValueReader(out.toBytes())))
        .isInstanceOf(CorruptValueException.class)
        .hasMessageStartingWith("no JSON of a ");
  }
}
