package example;

import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.annotations.KeyIgnore;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Results that come later, and a wrapper that a container makes. */
public class Weather {
  /** What to expect. */
  public record Forecast(String sky, double degrees) {}

  @KeyIgnore private final Executor executor;

  public Weather(Executor executor) {
    this.executor = executor;
  }

  @DiskMemoize(kind = "weather", ttl = "1h", tag = "place:{place}")
  public CompletionStage<Forecast> forecast(String place, LocalDate day) {
    return CompletableFuture.supplyAsync(() -> new Forecast("clear", 21.5), executor);
  }
}
