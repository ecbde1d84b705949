package io.diskmemo.benchmarks.memory;

import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.diskmemo.DiskMemo;
import io.diskmemo.benchmarks.Directories;
import io.diskmemo.benchmarks.Done;
import io.diskmemo.benchmarks.memory.Results.Address;
import io.diskmemo.benchmarks.memory.Results.Name;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Hits in memory, by kind of argument and by peer. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MemoryBenchmark {
  private static final int ENTRIES = 10_000;
  private static final int STRIDE = 7919;
  private static final int APART = 157;

  /** Where the next call begins, for each thread elsewhere. */
  @State(Scope.Thread)
  public static class Ids {
    private static final AtomicInteger THREADS = new AtomicInteger();

    private int last = THREADS.getAndIncrement() * APART % ENTRIES;

    /** Nothing is wanted. */
    public Ids() {}

    int next() {
      last = (last + STRIDE) % ENTRIES;
      return last;
    }
  }

  /** Ours, with arguments that were made beforehand. */
  @State(Scope.Benchmark)
  public static class Ours {
    final String[] strings = new String[ENTRIES];
    final Address[] addresses = new Address[ENTRIES];
    final List<List<String>> lists = new java.util.ArrayList<>();
    final byte[][] bytes = new byte[ENTRIES][];
    private final Path directory = made();
    final Path file = directory.resolve("file");
    private final DiskMemo memo = DiskMemo.open(directory.resolve("store"));
    final MemoizedResults results = new MemoizedResults(memo);
    private final Done done = new Done(memo.kind("default"));

    /** Makes them. */
    public Ours() {
      for (int i = 0; i < ENTRIES; i++) {
        strings[i] = "street number " + i;
        addresses[i] = new Address("NZ", i);
        lists.add(List.of("one", "two", strings[i]));
        bytes[i] = java.nio.ByteBuffer.allocate(100).putInt(i).array();
      }
    }

    private static Path made() {
      try {
        return Directories.make();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    /** Computes what is wanted, and no more than the others hold. */
    @Setup
    public void fill(BenchmarkParams wanted) throws IOException {
      String method = wanted.getBenchmark();
      fill(method.substring(method.lastIndexOf('.') + 1));
    }

    void fill(String method) throws IOException {
      Files.write(file, new byte[4096]);
      results.ofFile(file);
      try (var batch = memo.batch()) {
        callAll(method);
        batch.commit();
      }
      callAll(method); // from disk into memory
      done.forget();
    }

    /** A call computes when neither memory nor disk has its result, which looks the same. */
    @TearDown(Level.Iteration)
    public void require() {
      done.requireMemory(1);
    }

    private void callAll(String method) {
      for (int i = 0; i < ENTRIES; i++) {
        switch (method) {
          case "stringAndInt" -> results.ofStringAndInt("NZ", i);
          case "stringAndIntForADay" -> results.forADay("NZ", i);
          case "integer" -> results.ofInt(i);
          case "string" -> results.ofString(strings[i]);
          case "record" -> results.ofRecord(addresses[i]);
          case "list" -> results.ofList(lists.get(i));
          case "bytes" -> results.ofBytes(bytes[i]);
          case "decoded" -> results.decoded("NZ", i);
          case "file" -> results.ofFile(file);
          default -> throw new IllegalArgumentException(method);
        }
      }
    }

    /** Leaves nothing. */
    @TearDown
    public void remove() throws IOException {
      memo.close();
      Directories.delete(directory);
    }
  }

  record Key(String country, int id) {}

  /** Caches that keep everything in memory. */
  @State(Scope.Benchmark)
  public static class Bare {
    final ConcurrentMap<Key, Name> map = new ConcurrentHashMap<>();
    final Cache<Key, Name> caffeine = Caffeine.newBuilder().maximumSize(100_000).build();
    final Cache<Key, Name> expiring = Caffeine.newBuilder()
        .maximumSize(100_000)
        .expireAfterWrite(Duration.ofDays(1))
        .build();
    final com.alicp.jetcache.Cache<Key, Name> jetcache =
        CaffeineCacheBuilder.createCaffeineCacheBuilder()
            .limit(100_000)
            .expireAfterWrite(1, TimeUnit.DAYS)
            .buildCache();

    /** Fills them. */
    public Bare() {
      for (int i = 0; i < ENTRIES; i++) {
        Key key = new Key("NZ", i);
        Name name = new Results().ofStringAndInt("NZ", i);
        map.put(key, name);
        caffeine.put(key, name);
        expiring.put(key, name);
        jetcache.put(key, name);
      }
    }
  }

  /** A context with a proxy. */
  @State(Scope.Benchmark)
  public static class Spring {
    private final AnnotationConfigApplicationContext context =
        new AnnotationConfigApplicationContext(SpringCached.class);
    final SpringCached.Service service = context.getBean(SpringCached.Service.class);

    /** Fills it. */
    public Spring() {
      for (int i = 0; i < ENTRIES; i++) {
        service.name("NZ", i);
      }
    }

    /** Ends it. */
    @TearDown
    public void close() {
      context.close();
    }
  }

  /** A context with a subclass that looks first. */
  @State(Scope.Benchmark)
  public static class Micronaut {
    private final ApplicationContext context = MicronautCached.context();
    final MicronautCached service = context.getBean(MicronautCached.class);

    /** Fills it. */
    public Micronaut() {
      for (int i = 0; i < ENTRIES; i++) {
        service.name("NZ", i);
      }
    }

    /** Ends it. */
    @TearDown
    public void close() {
      context.close();
    }
  }

  /** Nothing is wanted. */
  public MemoryBenchmark() {}

  /** Ours. */
  @Benchmark
  public Name stringAndInt(Ours ours, Ids ids) {
    return ours.results.ofStringAndInt("NZ", ids.next());
  }

  /** Ours. */
  @Benchmark
  public Name stringAndIntForADay(Ours ours, Ids ids) {
    return ours.results.forADay("NZ", ids.next());
  }

  /** Ours. */
  @Benchmark
  public Name integer(Ours ours, Ids ids) {
    return ours.results.ofInt(ids.next());
  }

  /** Ours. */
  @Benchmark
  public Name string(Ours ours, Ids ids) {
    return ours.results.ofString(ours.strings[ids.next()]);
  }

  /** Ours. */
  @Benchmark
  public Name record(Ours ours, Ids ids) {
    return ours.results.ofRecord(ours.addresses[ids.next()]);
  }

  /** Ours. */
  @Benchmark
  public Name list(Ours ours, Ids ids) {
    return ours.results.ofList(ours.lists.get(ids.next()));
  }

  /** Ours. */
  @Benchmark
  public Name bytes(Ours ours, Ids ids) {
    return ours.results.ofBytes(ours.bytes[ids.next()]);
  }

  /** Ours. */
  @Benchmark
  public Name file(Ours ours) {
    return ours.results.ofFile(ours.file);
  }

  /** Ours. */
  @Benchmark
  public byte[] decoded(Ours ours, Ids ids) {
    return ours.results.decoded("NZ", ids.next());
  }

  /** By hand. */
  @Benchmark
  public Name map(Bare bare, Ids ids) {
    return bare.map.computeIfAbsent(
        new Key("NZ", ids.next()), key -> new Results().ofStringAndInt(key.country(), key.id()));
  }

  /** Without expiry. */
  @Benchmark
  public @Nullable Name caffeine(Bare bare, Ids ids) {
    return bare.caffeine.getIfPresent(new Key("NZ", ids.next()));
  }

  /** With expiry. */
  @Benchmark
  public @Nullable Name caffeineExpiring(Bare bare, Ids ids) {
    return bare.expiring.getIfPresent(new Key("NZ", ids.next()));
  }

  /** JetCache. */
  @Benchmark
  public @Nullable Name jetcache(Bare bare, Ids ids) {
    return bare.jetcache.get(new Key("NZ", ids.next()));
  }

  /** Micronaut. */
  @Benchmark
  public Name micronaut(Micronaut micronaut, Ids ids) {
    return micronaut.service.name("NZ", ids.next());
  }

  /** Spring. */
  @Benchmark
  public Name spring(Spring spring, Ids ids) {
    return spring.service.name("NZ", ids.next());
  }
}
