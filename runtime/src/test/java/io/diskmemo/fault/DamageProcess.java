package io.diskmemo.fault;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.StoreHealth;
import io.diskmemo.testkit.TestMethod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process with a store that is damaged, told what to do in lines. */
final class DamageProcess {
  /** So that a lock is taken from the dead because they are dead, and not because time has passed. */
  static final Duration FOR_EVER = Duration.ofHours(1);

  private DamageProcess() {}

  /** Arguments: the directory; {@code quietly} to end well if the store cannot be opened or closed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (DiskMemo memo = DiskMemo.open(DamagedDatabaseTest.settings(Path.of(arguments[0])))) {
      work(memo);
    } catch (DiskMemoException e) {
      System.out.println("failed");
      if (arguments.length == 1) {
        throw e;
      }
    }
  }

  private static void work(DiskMemo memo) throws IOException, InterruptedException {
    TestMethod<String> method = method(memo);
    System.out.println("open");
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); !line.equals("end"); line = lines.readLine()) {
      String[] words = line.split(" ", -1);
      System.out.println(
          switch (words[0]) {
            case "call" -> method.call(words[1]);
            case "lock" -> memo.lock(words[1], FOR_EVER).lock().token();
            case "backup" -> memo.maintenance().backup().size();
            case "evict" -> memo.evictTag(words[1]);
            case "healthy" -> {
              Health.await(memo, "default", StoreHealth.State.HEALTHY);
              yield "healthy";
            }
            default -> method.computations();
          });
    }
  }

  /** Tags are the last character of the argument. */
  static TestMethod<String> method(DiskMemo memo) {
    return TestMethod.text("m")
        .tags(argument -> List.of("t" + argument.charAt(argument.length() - 1)))
        .body(DamagedDatabaseTest::valueOf)
        .in(memo);
  }
}
