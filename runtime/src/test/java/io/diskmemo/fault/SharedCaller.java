package io.diskmemo.fault;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.multiprocess.MemoizedText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A process with the shared instance, told in lines what to do: {@code call NAME}, {@code known NAME},
 * {@code state}, {@code evict TAG}. It answers each with a line.
 */
final class SharedCaller {
  private final DiskMemo memo = DiskMemo.shared();
  private final MemoizedText text = new MemoizedText(memo, "default");

  private SharedCaller() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    SharedCaller caller = new SharedCaller();
    System.out.println("open");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 2);
      System.out.println(caller.answer(words[0], words.length > 1 ? words[1] : ""));
    }
  }

  private String answer(String command, String name) {
    return switch (command) {
      case "call" -> text.text(name, () -> "computed " + name);
      case "known" -> known(name);
      case "state" -> memo.kind("default").stats().health().state().name();
      case "evict" -> evicted(name);
      default -> throw new IllegalArgumentException(command);
    };
  }

  private String known(String name) {
    try {
      return text.known(name);
    } catch (MemoizedText.NotKnown e) {
      return "unknown";
    }
  }

  private String evicted(String tag) {
    try {
      return String.valueOf(memo.evictTag(tag));
    } catch (DiskMemoException e) {
      return e.getMessage();
    }
  }
}
