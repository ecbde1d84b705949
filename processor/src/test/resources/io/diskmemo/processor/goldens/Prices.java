package example;

import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.annotations.KeyPart;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** An interface, whose implementations are told apart by their classes. */
public interface Prices {
  @KeyPart
  String currency();

  @DiskMemoize(kind = "prices", ttl = "PT12H", tag = {"isin:{isin}", "{date.year}"})
  BigDecimal closing(String isin, LocalDate date);

  @DiskMemoize(kind = "prices")
  byte[] chart(String... isins);

  List<String> known();

  default boolean isKnown(String isin) {
    return known().contains(isin);
  }
}
