package example;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.Hit;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.key.KeyWriter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.annotation.processing.Generated;

/**
 * {@link Weather} with its results kept by DiskMemo.
 *
 * <p>{@code forecast(String, LocalDate)}
 *
 * <ul>
 *   <li>key: {@code place}, {@code day}
 *   <li>kind {@code weather}, version 1, kept for 1 hour
 *   <li>tags: {@code place:{place}}
 *   <li>value: {@code CompletionStage<Weather.Forecast>}, kept once it is complete, immutable, one
 *       instance for all callers
 * </ul>
 */
@Generated("io.diskmemo.processor.DiskMemoProcessor")
@Singleton
public final class MemoizedWeather extends Weather {
  private static final MethodSpec<Weather.Forecast> FORECAST =
      MethodSpec.<Weather.Forecast>method("example.Weather", "forecast", "java.lang.String",
          "java.time.LocalDate")
          .returns("java.util.concurrent.CompletionStage<example.Weather.Forecast>")
          .kind("weather")
          .timeToLive(Duration.ofHours(1))
          .fingerprint("0fd559c5dd1b4ad2eb20042aa59985de")
          .argumentsAreValues()
          .sharedResult(new ForecastCodec())
          .build();

  private final MemoizedMethod<Weather.Forecast> forecast;

  /**
   * Keeps results in {@link DiskMemo#shared()}.
   */
  public MemoizedWeather(Executor executor) {
    this(DiskMemo.shared(), executor);
  }

  /**
   * Keeps results in {@code memo}.
   */
  @Inject
  public MemoizedWeather(DiskMemo memo, Executor executor) {
    super(executor);
    this.forecast = memo.memoize(FORECAST);
  }

  @Override
  public CompletionStage<Weather.Forecast> forecast(String place, LocalDate day) {
    if (forecast == null) { // called by the constructor of Weather
      return super.forecast(place, day);
    }
    ForecastArguments arguments = new ForecastArguments(place, day);
    return forecast.callAsync(arguments, () -> super.forecast(place, day));
  }

  /**
   * The result of {@code forecast}, if there is one; computes nothing.
   */
  public Optional<Hit<Weather.Forecast>> peekForecast(String place, LocalDate day) {
    return forecast.peek(new ForecastArguments(place, day));
  }

  /**
   * Computes {@code forecast}, and keeps the result in place of what is there.
   */
  public CompletionStage<Weather.Forecast> refreshForecast(String place, LocalDate day) {
    return forecast.refreshAsync(new ForecastArguments(place, day),
        () -> super.forecast(place, day));
  }

  /**
   * Evicts the result of {@code forecast}; whether there was one.
   */
  public boolean evictForecast(String place, LocalDate day) {
    return forecast.evict(new ForecastArguments(place, day));
  }

  private record ForecastArguments(String place, LocalDate day) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      key.writeString(place);
      key.writeLocalDate(day);
    }

    @Override
    public List<String> tags() {
      return List.of("place:" + place);
    }
  }

  private static final class ForecastCodec implements Codec<Weather.Forecast> {
    @Override
    public void write(ValueWriter out, Weather.Forecast value) {
      if (out.writeNull(value)) {
        return;
      }
      out.writeString(value.sky());
      out.writeDouble(value.degrees());
    }

    @Override
    public Weather.Forecast read(ValueReader in) {
      if (in.readNull()) {
        return null;
      }
      return new Weather.Forecast(in.readString(), in.readDouble());
    }
  }
}
