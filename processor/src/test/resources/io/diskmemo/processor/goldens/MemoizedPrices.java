package example;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Codecs;
import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.DelegateIdentity;
import io.diskmemo.generated.DelegatingWrapper;
import io.diskmemo.generated.Hit;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.key.KeyWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * {@link Prices} with its results kept by DiskMemo.
 *
 * <p>{@code closing(String, LocalDate)}
 *
 * <ul>
 *   <li>key: the delegate, {@code currency} of the receiver, {@code isin}, {@code date}
 *   <li>kind {@code prices}, version 1, kept for 12 hours
 *   <li>tags: {@code isin:{isin}}, {@code {date.year}}
 *   <li>value: {@code BigDecimal}, immutable, one instance for all callers
 * </ul>
 *
 * <p>{@code chart(String[])}
 *
 * <ul>
 *   <li>key: the delegate, {@code currency} of the receiver, {@code isins}
 *   <li>kind {@code prices}, version 1, kept as long as the profile of the kind says
 *   <li>tags: none
 *   <li>value: {@code byte[]}, mutable, a copy for each caller
 * </ul>
 */
@Generated("io.diskmemo.processor.DiskMemoProcessor")
public final class MemoizedPrices implements Prices, DelegatingWrapper {
  private static final MethodSpec<BigDecimal> CLOSING =
      MethodSpec.<BigDecimal>method("example.Prices", "closing", "java.lang.String",
          "java.time.LocalDate")
          .returns("java.math.BigDecimal")
          .kind("prices")
          .timeToLive(Duration.ofHours(12))
          .fingerprint("6e1d2e3ee5c8d4f6c89517ca4378425c")
          .argumentsAreValues()
          .receiverMayChange()
          .sharedResult(Codecs.of(BigDecimal.class))
          .build();

  private static final MethodSpec<byte[]> CHART =
      MethodSpec.<byte[]>method("example.Prices", "chart", "java.lang.String[]")
          .returns("byte[]")
          .kind("prices")
          .fingerprint("73274bbd71c28f46c721b810c885cd5c")
          .receiverMayChange()
          .copiedResult(Codecs.of(byte[].class))
          .build();

  private final Prices delegate;

  private final DelegateIdentity identity;

  private final MemoizedMethod<BigDecimal> closing;

  private final MemoizedMethod<byte[]> chart;

  /**
   * Keeps results of {@code delegate} in {@link DiskMemo#shared()}.
   */
  public MemoizedPrices(Prices delegate) {
    this(DiskMemo.shared(), delegate);
  }

  /**
   * Keeps results of {@code delegate} in {@code memo}.
   */
  public MemoizedPrices(DiskMemo memo, Prices delegate) {
    this.delegate = delegate;
    this.identity = DelegateIdentity.ofToldApart(delegate, Prices.class);
    this.closing = memo.memoize(CLOSING);
    this.chart = memo.memoize(CHART);
  }

  @Override
  public BigDecimal closing(String isin, LocalDate date) {
    ClosingArguments arguments = new ClosingArguments(identity.text(), delegate.currency(), isin,
        date);
    Hit<BigDecimal> hit = closing.find(arguments);
    return hit != null
        ? hit.value()
        : closing.compute(arguments, () -> delegate.closing(isin, date));
  }

  /**
   * The result of {@code closing}, if there is one; computes nothing.
   */
  public Optional<Hit<BigDecimal>> peekClosing(String isin, LocalDate date) {
    return closing.peek(new ClosingArguments(identity.text(), delegate.currency(), isin, date));
  }

  /**
   * Computes {@code closing}, and keeps the result in place of what is there.
   */
  public BigDecimal refreshClosing(String isin, LocalDate date) {
    return closing.refresh(new ClosingArguments(identity.text(), delegate.currency(), isin, date),
        () -> delegate.closing(isin, date));
  }

  /**
   * Evicts the result of {@code closing}; whether there was one.
   */
  public boolean evictClosing(String isin, LocalDate date) {
    return closing.evict(new ClosingArguments(identity.text(), delegate.currency(), isin, date));
  }

  @Override
  public byte[] chart(String... isins) {
    ChartArguments arguments = new ChartArguments(identity.text(), delegate.currency(), isins);
    return chart.call(arguments, () -> delegate.chart(isins));
  }

  /**
   * The result of {@code chart}, if there is one; computes nothing.
   */
  public Optional<Hit<byte[]>> peekChart(String... isins) {
    return chart.peek(new ChartArguments(identity.text(), delegate.currency(), isins));
  }

  /**
   * Computes {@code chart}, and keeps the result in place of what is there.
   */
  public byte[] refreshChart(String... isins) {
    return chart.refresh(new ChartArguments(identity.text(), delegate.currency(), isins),
        () -> delegate.chart(isins));
  }

  /**
   * Evicts the result of {@code chart}; whether there was one.
   */
  public boolean evictChart(String... isins) {
    return chart.evict(new ChartArguments(identity.text(), delegate.currency(), isins));
  }

  @Override
  public String currency() {
    return delegate.currency();
  }

  @Override
  public List<String> known() {
    return delegate.known();
  }

  @Override
  public boolean isKnown(String isin) {
    return delegate.isKnown(isin);
  }

  @Override
  public void writeDelegate(KeyWriter key) {
    DelegateIdentity.write(key, identity.text());
    key.writeString(delegate.currency());
  }

  private static void writeStringArray(KeyWriter key, String[] value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginArray(value.length);
    for (String element : value) {
      key.writeString(element);
    }
  }

  private record ClosingArguments(String delegate, String currency, String isin,
      LocalDate date) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      DelegateIdentity.write(key, delegate);
      key.writeString(currency);
      key.writeString(isin);
      key.writeLocalDate(date);
    }

    @Override
    public List<String> tags() {
      return List.of("isin:" + isin, String.valueOf(date == null ? "null" : date.getYear()));
    }
  }

  private record ChartArguments(String delegate, String currency,
      String[] isins) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      DelegateIdentity.write(key, delegate);
      key.writeString(currency);
      writeStringArray(key, isins);
    }
  }
}
