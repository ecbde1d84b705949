package io.diskmemo.it;

import io.diskmemo.annotations.DiskMemoize;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.fraction.BigFraction;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.primes.Primes;
import org.apache.commons.math3.special.Gamma;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/** Commons Math. */
class Numbers {
  private static final int HALF_EVEN = 6; // as BigDecimal numbered it before RoundingMode

  @SuppressWarnings("ArrayRecordComponent") // what a method may return
  record Summary(long count, double mean, Double deviation, float most, double[] sorted) {}

  @DiskMemoize
  Map<String, Double> gamma(double x) {
    Map<String, Double> values = new TreeMap<>();
    values.put("gamma", Gamma.gamma(x));
    values.put("log", Gamma.logGamma(x));
    values.put("nothing", x < 0 ? null : Math.sqrt(x));
    return values;
  }

  @DiskMemoize
  Summary summary(double... values) {
    DescriptiveStatistics statistics = new DescriptiveStatistics(values);
    return new Summary(
        statistics.getN(),
        statistics.getMean(),
        statistics.getStandardDeviation(),
        (float) statistics.getMax(),
        statistics.getSortedValues());
  }

  @DiskMemoize
  Optional<double[]> solution(double[][] matrix, double[] right) {
    try {
      return Optional.of(new LUDecomposition(new Array2DRowRealMatrix(matrix, true))
          .getSolver()
          .solve(new ArrayRealVector(right))
          .toArray());
    } catch (MathIllegalArgumentException | MathIllegalStateException e) {
      return Optional.empty();
    }
  }

  @DiskMemoize
  List<Integer> factors(int number) {
    return number < 2 ? List.of() : Primes.primeFactors(number);
  }

  @DiskMemoize
  BigDecimal sum(BigInteger numerator, long denominator) {
    return new BigFraction(numerator, BigInteger.valueOf(denominator == 0 ? 1 : denominator))
        .add(new BigFraction(1, 3))
        .bigDecimalValue(30, HALF_EVEN);
  }
}
