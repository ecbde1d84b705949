package io.diskmemo.benchmarks.stampede;

import io.diskmemo.DiskMemo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Reads numbers, calls the method with each, and prints how often it was computed for that. */
final class SlowProcess {
  private SlowProcess() {}

  /** {@code spring} or a directory. */
  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("spring")) {
      try (AnnotationConfigApplicationContext context =
          new AnnotationConfigApplicationContext(SpringSlow.class)) {
        Slow slow = context.getBean(Slow.class);
        answer(slow::answer);
      }
    } else {
      try (DiskMemo memo = DiskMemo.open(Path.of(arguments[0]))) {
        Slow slow = new MemoizedSlow(memo);
        answer(slow::answer);
      }
    }
  }

  private static void answer(IntConsumer method) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      method.accept(Integer.parseInt(line));
      System.out.println(Slow.computed());
    }
  }
}
