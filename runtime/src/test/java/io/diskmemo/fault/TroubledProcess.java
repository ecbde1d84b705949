package io.diskmemo.fault;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.multiprocess.MemoizedText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A process that calls a method while there is trouble with its disk. Commands are words in a line, each
 * answered by one line. Arguments: directory.
 */
final class TroubledProcess {
  static final int CALLS = 40;
  private static final int LARGE = 100_000;

  private final DiskMemo memo;
  private final MemoizedText text;

  private TroubledProcess(DiskMemo memo) {
    this.memo = memo;
    this.text = new MemoizedText(memo, "texts");
  }

  /** Some values have files; nearly nothing stays in memory. */
  static Settings settings(Path directory) {
    Profile profile = Profile.builder()
        .minFileSize(20_000)
        .memoryLimit(20_000)
        .breakerPause(Duration.ofMillis(50))
        .build();
    return Settings.builder().directory(directory).kind("texts", profile).build();
  }

  public static void main(String[] arguments) throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (DiskMemo memo = DiskMemo.open(settings(Path.of(arguments[0])))) {
      TroubledProcess process = new TroubledProcess(memo);
      System.out.println("open");
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        System.out.println(process.answer(line.split(" ")));
      }
    }
    System.out.println("closed");
  }

  private Object answer(String[] words) {
    return switch (words[0]) {
      case "call" -> callAll(words[1]);
      case "known" -> known(words[1]);
      case "put" -> byName(() -> memo.kind("texts").put(words[1], "words"));
      case "evict" -> byName(() -> memo.evictTag(words[1]) > 0);
      case "state" -> Health.of(memo, "texts").state();
      case "check" -> memo.kind("texts").check().isSound();
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  /** Every fourth is large. */
  static String valueOf(String name) {
    int number = Integer.parseInt(name.substring(name.indexOf('/') + 1));
    return name + "v".repeat(number % 4 == 0 ? LARGE : 3_000);
  }

  private String callAll(String prefix) {
    for (int i = 0; i < CALLS; i++) {
      String name = prefix + "/" + i;
      try {
        if (!text.text(name, () -> valueOf(name)).equals(valueOf(name))) {
          return "wrong " + name;
        }
      } catch (RuntimeException | Error e) {
        e.printStackTrace();
        return "threw " + name + " " + e;
      }
    }
    return "right";
  }

  /** How many need not be computed. */
  private int known(String prefix) {
    int known = 0;
    for (int i = 0; i < CALLS; i++) {
      String name = prefix + "/" + i;
      known += isKnown(name) ? 1 : 0;
    }
    return known;
  }

  private boolean isKnown(String name) {
    try {
      return text.known(name).equals(valueOf(name));
    } catch (MemoizedText.NotKnown e) {
      return false;
    }
  }

  /** What is asked for by name may be refused, but by the cache's own exception only. */
  private static String byName(BooleanSupplier work) {
    try {
      return work.getAsBoolean() ? "done" : "nothing done";
    } catch (DiskMemoException e) {
      return "refused";
    }
  }
}
