package io.diskmemo.benchmarks.policies;

import java.util.Random;

/**
 * Requests for things whose popularity falls as Zipf's law has it.
 *
 * @param name as tables have it
 * @param requests which thing each is for
 * @param costs of computing each thing, in milliseconds
 * @param sizes of each thing, in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Trace(String name, int[] requests, double[] costs, int[] sizes) {
  private static final int THINGS = 20_000;
  private static final int REQUESTS = 200_000;
  private static final double EXPONENT = 0.9;
  private static final int MEAN_SIZE = 2_000;
  private static final double MEAN_COST = 100;

  /** Everything costs and takes the same. */
  static Trace alike() {
    Random random = new Random(1);
    return new Trace("all alike", requests(random, 0), costs(random, 0), sizes(random, 0));
  }

  /** Costs from a thousandth to a thousand times. */
  static Trace ofManyCosts() {
    Random random = new Random(2);
    return new Trace("costs differ", requests(random, 0), costs(random, 3), sizes(random, 0));
  }

  /** Costs and sizes differ, each for itself. */
  static Trace ofManyCostsAndSizes() {
    Random random = new Random(3);
    return new Trace(
        "costs and sizes differ", requests(random, 0), costs(random, 3), sizes(random, 1));
  }

  /** What is popular changes from time to time, and costs the same. */
  static Trace thatShifts() {
    Random random = new Random(4);
    return new Trace(
        "all alike, popularity shifts", requests(random, 8), costs(random, 0), sizes(random, 0));
  }

  /** What is popular changes from time to time, and costs differ. */
  static Trace thatShiftsWithCosts() {
    Random random = new Random(5);
    return new Trace(
        "costs differ, popularity shifts", requests(random, 8), costs(random, 3), sizes(random, 0));
  }

  private static int[] requests(Random random, int shifts) {
    double[] sums = new double[THINGS];
    double sum = 0;
    for (int i = 0; i < THINGS; i++) {
      sum += 1 / Math.pow(i + 1, EXPONENT);
      sums[i] = sum;
    }
    int[] requests = new int[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      int rank = java.util.Arrays.binarySearch(sums, random.nextDouble() * sum);
      int phase = shifts == 0 ? 0 : i / (REQUESTS / shifts);
      int offset = phase * (THINGS / 16);
      requests[i] = ((rank < 0 ? -rank - 1 : rank) + offset) % THINGS;
    }
    return requests;
  }

  private static double[] costs(Random random, int decades) {
    double[] costs = new double[THINGS];
    for (int i = 0; i < THINGS; i++) {
      costs[i] = MEAN_COST * Math.pow(10, decades * (2 * random.nextDouble() - 1));
    }
    return costs;
  }

  private static int[] sizes(Random random, int decades) {
    int[] sizes = new int[THINGS];
    for (int i = 0; i < THINGS; i++) {
      sizes[i] = (int) (MEAN_SIZE * Math.pow(10, decades * (2 * random.nextDouble() - 1)));
    }
    return sizes;
  }

  /** A tenth of all sizes together. */
  long limitBytes() {
    long sum = 0;
    for (int size : sizes) {
      sum += size;
    }
    return sum / 10;
  }
}
