package io.diskmemo.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreType;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskmemo.codec.CorruptValueException;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
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

  /** Extends a class that is declared. */
  public static class Author extends Person {}

  /** Has a property of a class that has a subclass. */
  public static class Book {
    public Person author = new Person();
  }

  /** Leaves out what is empty. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public static class Sparse {
    public List<String> tags;
  }

  /** Leaves out what is empty, and has more than before. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public static class Denser {
    public List<String> tags;
    public String more;
  }

  /** Has a getter of what it does not hold. */
  public static class Computed {
    public int side;

    public int getArea() {
      return side * side;
    }
  }

  /** Says nothing of what it holds. */
  public static class Anything {
    public Object held;
  }

  /** Does not say whether it holds lists or sets. */
  public static class Gathered {
    public Collection<String> names;
    public Map<String, Collection<List<String>>> byName;
  }

  /** Rounds what it is given by its setter. */
  public static class Rounding {
    private BigDecimal amount = BigDecimal.ONE;

    public Rounding() {}

    Rounding(BigDecimal amount) {
      this.amount = amount;
    }

    public BigDecimal getAmount() {
      return amount;
    }

    public void setAmount(BigDecimal newAmount) {
      BigDecimal rounded = newAmount.round(new MathContext(20)).stripTrailingZeros();
      amount = rounded.precision() == 1 ? rounded.add(new BigDecimal("1e390")) : rounded;
    }
  }

  /** Has no sign. */
  public static class Unsigned {
    private double size;

    public Unsigned() {}

    Unsigned(double size) {
      this.size = size;
    }

    public double getSize() {
      return size;
    }

    public void setSize(double newSize) {
      size = Math.abs(newSize);
    }
  }

  /** Has what Jackson reads in another way by default. */
  public static class Varied {
    public ZonedDateTime when;
    public ZonedDateTime utc;

    @JsonFormat(pattern = "yyyy-MM-dd", timezone = "UTC")
    public Instant instant;

    public OffsetDateTime there;
    public Set<String> set;
    public HashSet<String> hashSet;
    public HashMap<String, Set<String>> map;
    public Optional<String> maybe;
    public BigDecimal amount;
    public Duration duration;
    public Period period;
    public MonthDay monthDay;
    public OffsetTime offsetTime;
    public Year year;
    public ZoneId zone;
    public Locale locale;
    public Currency currency;
    public Date date;
    public UUID uuid;
    public URI uri;
    public OptionalInt number;
    public char[] chars;
    public Map<LocalDate, Instant> days;
    public Map<ZoneOffset, YearMonth> months;
    public Map<DayOfWeek, byte[]> week;
  }

  /** Has what texts and numbers can be. */
  public static class Extreme {
    public List<String> texts;
    public double[] numbers;
    public Map<Float, Float> floats;
    public BigInteger large;
    public List<Character> chars;
  }

  /** Goes by its names. */
  public enum Size {
    @JsonProperty("b")
    SMALL,
    @JsonProperty("a")
    LARGE;

    @Override
    public String toString() {
      return "size";
    }
  }

  /** Is left out, if Jackson is asked. */
  @JsonIgnoreType
  public static class Shy {
    public int x;
  }

  /** Has what Jackson writes in another way by default. */
  public static class Labelled {
    public Size size;
    public Map<Size, Size> sizes;
    public Shy shy;
  }

  /** A person before the class had years. */
  public static class Older {
    public String name = "";
  }

  /** A person whose constructor takes all there is. */
  public record Newer(String name, List<Integer> years, String town) {}

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
    out.writeByteArray(new byte[] {'{', '"'});
    assertThatThrownBy(() -> JsonCodec.of(Person.class).read(new ValueReader(out.toBytes())))
        .isInstanceOf(CorruptValueException.class)
        .hasMessageStartingWith("no JSON of a ");
  }

  @Test
  void laterValueThatIsLostIsNamedToo() {
    JsonCodec<Leaky> codec = JsonCodec.of(Leaky.class);
    written(codec, new Leaky());
    Leaky leaky = new Leaky();
    leaky.inner.depth = 7;
    assertRefused(codec, leaky, "Leaky.inner.depth is lost when a ");
  }

  @Test
  void subclassIsRefusedThoughItHasNothingMore() {
    JsonCodec<Person> codec = JsonCodec.of(Person.class);
    written(codec, new Person());
    assertRefused(codec, new Author(), "a " + Author.class.getName() + " would be read back as a ");
  }

  @Test
  void subclassInsideIsRefusedThoughItHasNothingMore() {
    Book book = new Book();
    book.author = new Author();
    assertRefused(JsonCodec.of(Book.class), book, "Book.author.(class) is lost when a ");
  }

  @Test
  void emptyValueThatTheClassLeavesOutSurvives() {
    Sparse sparse = new Sparse();
    sparse.tags = List.of();
    JsonCodec<Sparse> codec = JsonCodec.of(Sparse.class);
    assertThat(codec.read(new ValueReader(written(codec, sparse))).tags).isEmpty();
  }

  @Test
  void valueThatComesBackAsAnotherClassIsRefused() {
    JsonCodec<Anything> codec = JsonCodec.of(Anything.class);
    for (Object held : List.of(Set.of(1), 1L, 1.5f)) {
      Anything anything = new Anything();
      anything.held = held;
      assertRefused(codec, anything, "Anything.held");
    }
    Anything anything = new Anything();
    anything.held = new ArrayList<>(List.of(1, "a"));
    assertThat(codec.read(new ValueReader(written(codec, anything))).held).isEqualTo(anything.held);
  }

  @Test
  void keyThatComesBackAsAStringIsRefused() {
    JsonCodec<Anything> codec = JsonCodec.of(Anything.class);
    for (Object key : List.of(1, DayOfWeek.MONDAY, new UUID(1, 2))) {
      Anything anything = new Anything();
      anything.held = Map.of(key, "a");
      assertRefused(codec, anything, "Anything.held");
    }
    Anything anything = new Anything();
    anything.held = Map.of("1", Map.of("MONDAY", 2));
    assertThat(codec.read(new ValueReader(written(codec, anything))).held).isEqualTo(anything.held);
  }

  @Test
  void setThatComesBackAsAListIsRefused() {
    JsonCodec<Gathered> codec = JsonCodec.of(Gathered.class);
    Gathered gathered = new Gathered();
    gathered.names = Set.of("a");
    assertRefused(codec, gathered, "Gathered.names");
    gathered.names = List.of("a");
    gathered.byName = Map.of("b", List.of(List.of("c")), "d", Set.of());
    assertRefused(codec, gathered, "Gathered.byName.d");
    gathered.byName = Map.of("b", List.of(List.of("c")));
    Gathered back = codec.read(new ValueReader(written(codec, gathered)));
    assertThat(back.names).isEqualTo(gathered.names);
    assertThat(back.byName).isEqualTo(gathered.byName);
  }

  @Test
  void uriWhoseStringIsThatOfAnotherIsRefused() {
    URI page = URI.create("https://w/page/");
    URI relative = page.relativize(page.resolve("./Talk:Main"));
    Varied varied = new Varied();
    varied.uri = relative;
    assertRefused(JsonCodec.of(Varied.class), varied, "Varied.uri");
    Anything anything = new Anything();
    anything.held = Map.of("a", page);
    assertRefused(JsonCodec.of(Anything.class), anything, "Anything.held");
    varied.uri = page;
    byte[] bytes = written(JsonCodec.of(Varied.class), varied);
    assertThat(JsonCodec.of(Varied.class).read(new ValueReader(bytes)).uri).isEqualTo(page);
  }

  /** Whatever class a map has that is read as another. */
  @Test
  void mapsWhoseKeysAreStringsAreReadBack() {
    JsonCodec<Anything> codec = JsonCodec.of(Anything.class);
    Properties properties = new Properties();
    properties.setProperty("a", "b");
    Anything anything = new Anything();
    anything.held = properties;
    assertThat(codec.read(new ValueReader(written(codec, anything))).held).isEqualTo(properties);
  }

  @Test
  void decimalThatLosesDigitsIsRefused() {
    JsonCodec<Rounding> codec = JsonCodec.of(Rounding.class);
    for (String digits : List.of("0.1234567890123456789012345", "1.50", "1e400")) {
      assertRefused(codec, new Rounding(new BigDecimal(digits)), "Rounding.amount is lost when a ");
    }
    byte[] bytes = written(codec, new Rounding(new BigDecimal("1.5")));
    assertThat(codec.read(new ValueReader(bytes)).getAmount()).isEqualTo(new BigDecimal("1.5"));
  }

  @Test
  void zeroThatLosesItsSignIsRefused() {
    assertRefused(
        JsonCodec.of(Unsigned.class), new Unsigned(-0.0), "Unsigned.size is lost when a ");
  }

  @Test
  void whatJacksonWouldChangeComesBackAsItWas() {
    Varied varied = new Varied();
    varied.when = ZonedDateTime.parse("2024-02-29T01:02:03.000000004+13:00[Pacific/Auckland]");
    varied.utc = ZonedDateTime.of(2024, 2, 29, 1, 2, 0, 0, ZoneId.of("UTC"));
    varied.instant = Instant.parse("2024-02-29T01:02:03.000000004Z");
    varied.there = OffsetDateTime.parse("2024-02-29T01:02:03-03:30");
    varied.set = new LinkedHashSet<>(List.of("b", "c", "a"));
    varied.hashSet = new HashSet<>(1);
    for (int i = 0; i < 100; i++) {
      varied.hashSet.add("element " + i);
    }
    varied.map = new HashMap<>(2, 8f);
    varied.map.put("x", varied.hashSet);
    varied.map.put("y", varied.set);
    varied.maybe = Optional.empty();
    varied.amount = new BigDecimal("1.50");
    varied.duration = Duration.ofSeconds(-1, 1);
    varied.period = Period.of(-1, 14, 3);
    varied.monthDay = MonthDay.of(2, 29);
    varied.offsetTime = OffsetTime.parse("01:02:03.000000004-03:30");
    varied.year = Year.of(-7);
    varied.zone = ZoneId.of("Asia/Tokyo");
    varied.locale = Locale.forLanguageTag("sr-Latn-RS");
    varied.currency = Currency.getInstance("NZD");
    varied.date = Date.from(Instant.ofEpochMilli(1_700_000_000_123L));
    varied.uuid = new UUID(-1, 2);
    varied.uri = URI.create("../a%20b?c#d");
    varied.number = OptionalInt.of(5);
    varied.chars = new char[] {'a', '\0'};
    varied.days = Map.of(LocalDate.MAX, Instant.MIN);
    varied.months = Map.of(ZoneOffset.UTC, YearMonth.of(2024, 2));
    varied.week = Map.of(DayOfWeek.MONDAY, new byte[] {1, -1});
    JsonCodec<Varied> codec = JsonCodec.of(Varied.class);
    Varied back = codec.read(new ValueReader(written(codec, varied)));
    assertThat(back).usingRecursiveComparison().isEqualTo(varied);
    assertThat(back.utc).isEqualTo(varied.utc).hasToString(varied.utc.toString());
    assertThat(back.set).containsExactly("b", "c", "a");
  }

  @Test
  void propertyThatIsComputedNeedsNoSetter() {
    Computed square = new Computed();
    square.side = 3;
    JsonCodec<Computed> codec = JsonCodec.of(Computed.class);
    assertThat(codec.read(new ValueReader(written(codec, square))).getArea()).isEqualTo(9);
  }

  @Test
  void everyTextAndNumberComesBack() {
    JsonCodec<Extreme> codec = JsonCodec.of(Extreme.class);
    Extreme extreme = new Extreme();
    extreme.texts = List.of("", "\0", "\uD83D", "\uDE00\uD83D", "a\uD83D\uDE00", "\u2028\"\\");
    extreme.numbers = new double[] {-0.0, Double.NaN, Double.MIN_VALUE, Double.NEGATIVE_INFINITY};
    extreme.floats = Map.of(0.1f, Float.MAX_VALUE, Float.NaN, -0f);
    extreme.large = new BigInteger("9".repeat(400));
    extreme.chars = Arrays.asList('\0', null, '\uD83D');
    Extreme back = codec.read(new ValueReader(written(codec, extreme)));
    assertThat(back.texts).isEqualTo(extreme.texts);
    assertThat(Arrays.equals(back.numbers, extreme.numbers)).isTrue();
    assertThat(back.floats).isEqualTo(extreme.floats);
    assertThat(back.large).isEqualTo(extreme.large);
    assertThat(back.chars).isEqualTo(extreme.chars);
  }

  @Test
  void constantsGoByTheirNamesAndNoTypeIsLeftOut() {
    Labelled labelled = new Labelled();
    labelled.size = Size.LARGE;
    labelled.sizes = Map.of(Size.LARGE, Size.SMALL);
    labelled.shy = new Shy();
    labelled.shy.x = 3;
    JsonCodec<Labelled> codec = JsonCodec.of(Labelled.class);
    byte[] bytes = written(codec, labelled);
    assertThat(codec.read(new ValueReader(bytes))).usingRecursiveComparison().isEqualTo(labelled);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
        .contains("\"size\":\"LARGE\"", "{\"LARGE\":\"SMALL\"}");
  }

  /** As if the class had been compiled again, and not what uses it. */
  @Test
  void documentOfAnotherShapeIsNoValue() {
    byte[] person = written(JsonCodec.of(Person.class), new Person());
    byte[] older = written(JsonCodec.of(Older.class), new Older());
    assertNoValue(Older.class, person);
    assertNoValue(Person.class, older);
    assertNoValue(Newer.class, person);
    assertNoValue(Denser.class, written(JsonCodec.of(Sparse.class), new Sparse()));
  }

  private static void assertNoValue(Class<?> type, byte[] bytes) {
    assertThatThrownBy(() -> JsonCodec.of(type).read(new ValueReader(bytes)))
        .isInstanceOf(CorruptValueException.class)
        .hasMessageStartingWith("no JSON of a ");
  }

  private static <T> void assertRefused(JsonCodec<T> codec, T value, String start) {
    assertThatThrownBy(() -> written(codec, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(start);
  }
}
