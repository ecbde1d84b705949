package example;

import io.diskmemo.annotations.DiskMemoize;
import java.math.BigDecimal;

/** An enum, whose constants are in the key. */
enum Unit {
  METRE,
  MILE;

  @DiskMemoize(kind = "units")
  BigDecimal in(Unit other, BigDecimal amount) {
    return this == other ? amount : amount.negate();
  }
}
