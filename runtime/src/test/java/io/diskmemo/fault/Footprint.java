package io.diskmemo.fault;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What a process of {@link SoakTest} holds while it rests, after a collection, and did since the last. */
record Footprint(
    long descriptors,
    long threads,
    long heapBytes,
    long residentKilobytes,
    long operations,
    long refused) {
  static final Footprint NONE = new Footprint(0, 0, 0, 0, 0, 0);

  private static final String PREFIX = "resting ";

  static boolean isOne(String line) {
    return line.startsWith(PREFIX);
  }

  static Footprint parse(String line) {
    List<Long> numbers = Arrays.stream(line.substring(PREFIX.length()).split(" "))
        .map(Long::valueOf)
        .toList();
    return new Footprint(
        numbers.get(0),
        numbers.get(1),
        numbers.get(2),
        numbers.get(3),
        numbers.get(4),
        numbers.get(5));
  }

  /** The larger of each. */
  Footprint or(Footprint other) {
    return new Footprint(
        Math.max(descriptors, other.descriptors),
        Math.max(threads, other.threads),
        Math.max(heapBytes, other.heapBytes),
        Math.max(residentKilobytes, other.residentKilobytes),
        Math.max(operations, other.operations),
        Math.max(refused, other.refused));
  }

  @Override
  public String toString() {
    return PREFIX
        + LongStream.of(descriptors, threads, heapBytes, residentKilobytes, operations, refused)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(" "));
  }
}
