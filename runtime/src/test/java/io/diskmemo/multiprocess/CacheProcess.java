package io.diskmemo.multiprocess;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.EvictionFilter;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * A process that uses a cache as it is told. Its method's text is {@code name=version}, with the
 * version that the truth has when the computation begins. Commands are words in a line; each is
 * answered by one line.
 */
public final class CacheProcess {
  private static final BufferedReader COMMANDS =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  private final DiskMemo memo;
  private final KindCache kind;
  private final MemoizedText method;
  private final Truth truth;

  private CacheProcess(DiskMemo memo, Truth truth) {
    this.memo = memo;
    this.kind = memo.kind("texts");
    this.method = new MemoizedText(memo, "texts");
    this.truth = truth;
  }

  static Settings settings(Path directory) {
    Profile profile = Profile.builder().timeout(Duration.ofSeconds(20)).build();
    return Settings.builder().directory(directory).kind("texts", profile).build();
  }

  /** The slot of a name's version. */
  static int slotOf(String name) {
    return Integer.parseInt(MemoizedText.tagOf(name).substring(1));
  }

  /** Runs until its input ends. */
  public static void main(String[] arguments) throws IOException {
    System.out.println("running");
    COMMANDS.readLine();
    try (DiskMemo memo = DiskMemo.open(settings(Path.of(arguments[0])))) {
      CacheProcess process = new CacheProcess(memo, new Truth(Path.of(arguments[1])));
      System.out.println("open");
      for (String line = COMMANDS.readLine(); line != null; line = COMMANDS.readLine()) {
        System.out.println(process.answer(line.split(" ", -1)));
      }
    }
  }

  private Object answer(String[] words) {
    return switch (words[0]) {
      case "text" -> text(words[1]);
      case "slowly" ->
        method.text(words[1], () -> {
          String computed = words[1] + "=" + truth.get(slotOf(words[1]));
          System.out.println("computing");
          COMMANDS.readLine();
          return computed;
        });
      case "change" -> truth.add(slotOf(words[1]), 1);
      case "evict-tag" -> memo.evictTag(words[1]);
      case "evict-method" ->
        memo.maintenance()
            .evict(EvictionFilter.all().withMethod(MemoizedText.METHOD))
            .get(0)
            .evicted();
      case "clear" -> kind.clear();
      case "fill" -> filled(words[1]);
      case "filled" ->
        many()
            .mapToObj(i -> kind.get("m" + i, String.class).orElse("nothing"))
            .distinct()
            .toList();
      case "put" -> kind.put(words[1], words[2]);
      case "get" -> kind.get(words[1], String.class).orElse("nothing");
      case "delete" -> kind.delete(words[1]);
      case "pop" -> kind.pop(words[1], String.class).orElse("nothing");
      case "increment" -> kind.increment(words[1], 1);
      case "stats" -> kind.stats();
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private static IntStream many() {
    return IntStream.range(0, 1200);
  }

  /** So many entries that they are evicted by hiding them, and cleared by a new database. */
  private String filled(String value) {
    try (Batch batch = memo.batch()) {
      many().forEach(i -> kind.put("m" + i, value, Duration.ofHours(1), "many"));
      batch.commit();
    }
    return value;
  }

  private String text(String name) {
    AtomicBoolean computed = new AtomicBoolean();
    String text = method.text(name, () -> {
      computed.set(true);
      return name + "=" + truth.get(slotOf(name));
    });
    return (computed.get() ? "computed " : "hit ") + text;
  }
}
