package io.diskmemo.benchmarks.memory;

import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.JmhSuite;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Suite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@link MemoryBenchmark}, with names to read. */
public final class MemorySuite implements Suite {
  private static final String OURS = "DiskMemo, string and int";
  private static final String OURS_EXPIRING = "DiskMemo, string and int, with expiry";
  private static final String EXPIRING = "Caffeine, with expiry";
  private static final double MOST = 2;

  private static final Map<String, String> NAMES = names();

  private final List<String> notes = new ArrayList<>(List.of(
      "Micronaut 4 is the last that Java 17 runs; its processor writes a subclass of the bean."));

  /** Nothing was measured yet. */
  public MemorySuite() {}

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("stringAndInt", OURS);
    names.put("stringAndIntForADay", OURS_EXPIRING);
    names.put("integer", "DiskMemo, int");
    names.put("string", "DiskMemo, string");
    names.put("record", "DiskMemo, record");
    names.put("list", "DiskMemo, list of 3 strings");
    names.put("bytes", "DiskMemo, byte[100]");
    names.put("file", "DiskMemo, content of a file of 4 KB");
    names.put("decoded", "DiskMemo, string and int, byte[200] decoded for each");
    names.put("map", "ConcurrentHashMap by hand");
    names.put("caffeine", "Caffeine, without expiry");
    names.put("caffeineExpiring", EXPIRING);
    names.put("jetcache", "JetCache, local (Caffeine)");
    names.put("micronaut", "Micronaut @Cacheable over Caffeine");
    names.put("spring", "Spring @Cacheable over Caffeine");
    return names;
  }

  @Override
  public String title() {
    return "Memory: hits";
  }

  @Override
  public String explanation() {
    return "10,000 entries, of which each call takes the next; results are records of 200 bytes."
        + " Ours by the kind of the arguments: where all are immutable values, memory is asked by a"
        + " record of them, else by a digest; a result that can be changed is decoded for each"
        + " caller, and also found by digest. The others by a string and an int: a record as key,"
        + " but Spring and Micronaut by the keys that they make. All of them bounded, but for the"
        + " map: ours by 64 MB of results, the others by 100,000 entries, of which a tenth is used. With"
        + " expiry is a `ttl` of a day, for which each hit looks at the clock; JetCache, Micronaut and"
        + " Spring have the same. The map is asked by `computeIfAbsent`. None of the others sees evictions by another process, or outlives its own.";
  }

  @Override
  public List<Aim> aims() {
    return List.of(
        new Aim(OURS_EXPIRING, EXPIRING, MOST),
        Aim.none(OURS, "Caffeine, without expiry"),
        Aim.none(OURS, "ConcurrentHashMap by hand"),
        Aim.none(OURS_EXPIRING, "JetCache, local (Caffeine)"),
        Aim.none(OURS_EXPIRING, "Micronaut @Cacheable over Caffeine"),
        Aim.none(OURS_EXPIRING, "Spring @Cacheable over Caffeine"));
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public List<Measurement> run(Effort effort) throws Exception {
    JmhSuite jmh = new JmhSuite(title(), "", MemoryBenchmark.class, List.of());
    List<Measurement> measured = jmh.run(effort);
    List<Measurement> named = new ArrayList<>();
    NAMES.forEach((method, name) -> {
      List<Measurement> found =
          measured.stream().filter(one -> one.name().equals(method)).toList();
      found.forEach(
          one -> named.add(new Measurement(name, one.unit(), one.samples(), one.allocatedBytes())));
      jmh.failure(method).ifPresent(why -> notes.add(name + " was not measured: " + why));
    });
    return named;
  }
}
