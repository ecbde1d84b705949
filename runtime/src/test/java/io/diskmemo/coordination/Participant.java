package io.diskmemo.coordination;

import io.diskmemo.Average;
import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.Held;
import io.diskmemo.Settings;
import io.diskmemo.Throttle;
import io.diskmemo.generated.GateSpec;
import io.diskmemo.multiprocess.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;

/**
 * A process that does what it is told with locks and the like. Arguments: the store, the log, the time
 * to live in milliseconds, and a file with the milliseconds since 1970 that its clock shows.
 *
 * <pre>
 * lock                     waits for the lock; says its token
 * trylock                  says its token or "none"
 * unlock                   closes the lock that was taken last
 * held                     says whether that lock is held
 * acquire                  waits for a permit of two; says its token
 * release                  closes the permit that was taken last
 * loop &lt;lock|semaphore&gt;    takes and gives back until it is killed, and writes that down
 * drain &lt;permits&gt;          takes what the throttle has; says how many
 * enter                    calls a method that is done one at a time; says "inside", later "outside"
 * leave                    ends that call
 * call &lt;permits&gt;          calls a method of the throttle; says "called"
 * add &lt;from&gt; &lt;to&gt;          adds numbers to the average
 * mean                     says mean and count
 * </pre>
 */
final class Participant {
  static final Duration PERIOD = Duration.ofSeconds(10);

  private final DiskMemo memo;
  private final Path log;
  private final Duration ttl;
  private final Deque<Held> held = new ArrayDeque<>();
  private final Semaphore leave = new Semaphore(0);

  private Participant(DiskMemo memo, Path log, Duration ttl) {
    this.memo = memo;
    this.log = log;
    this.ttl = ttl;
  }

  /** Runs until its input ends. */
  public static void main(String[] arguments) throws Exception {
    Path clock = Path.of(arguments[3]);
    Settings settings = Settings.builder()
        .directory(Path.of(arguments[0]))
        .clock(() -> timeIn(clock))
        .build();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (DiskMemo memo = DiskMemo.open(settings)) {
      Participant participant = new Participant(
          memo, Path.of(arguments[1]), Duration.ofMillis(Long.parseLong(arguments[2])));
      say("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        participant.obey(line.split(" ", -1));
      }
    }
    System.exit(0);
  }

  private static Instant timeIn(Path clock) {
    try {
      return Instant.ofEpochMilli(Long.parseLong(Files.readString(clock)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void say(Object line) {
    System.out.println(line);
    System.out.flush();
  }

  private void obey(String[] words) throws Exception {
    switch (words[0]) {
      case "lock" -> say(kept(memo.lock("l", ttl).lock()));
      case "trylock" ->
        say(memo.lock("l", ttl)
            .tryLock(Duration.ZERO)
            .map(this::kept)
            .map(String::valueOf)
            .orElse("none"));
      case "acquire" -> say(kept(memo.semaphore("s", 2, ttl).acquire()));
      case "unlock", "release" -> {
        held.removeLast().close();
        say("done");
      }
      case "held" -> say(held.getLast().isHeld());
      case "loop" -> loop(words[1]);
      case "drain" -> say(drained(memo.throttle("t", Integer.parseInt(words[1]), PERIOD)));
      case "enter" -> new Thread(this::enter).start();
      case "leave" -> leave.release();
      case "call" ->
        memo.gate(GateSpec.builder()
                .throttled("t", Integer.parseInt(words[1]), PERIOD)
                .build())
            .run(() -> say("called"));
      case "add" -> {
        Average average = memo.average("a");
        for (int i = Integer.parseInt(words[1]); i < Integer.parseInt(words[2]); i++) {
          average.add(i);
        }
        say("done");
      }
      case "mean" ->
        say(memo.average("a").mean().orElseThrow() + " " + memo.average("a").count());
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private void enter() {
    memo.gate(GateSpec.builder().oneAtATime("g", ttl).build()).run(() -> {
      say("inside");
      leave.acquire();
    });
    say("outside");
  }

  private long kept(Held taken) {
    held.add(taken);
    return taken.token();
  }

  private static int drained(Throttle throttle) {
    int permits = 0;
    while (throttle.tryAcquire()) {
      permits++;
    }
    return permits;
  }

  private void loop(String what) {
    for (int i = 0; i < 2; i++) {
      Thread thread = new Thread(() -> loopUntilKilled(what));
      thread.setDaemon(true);
      thread.start();
    }
    say("looping");
  }

  private void loopUntilKilled(String what) {
    while (true) {
      try (Held taken = what.equals("lock")
          ? memo.lock("l", ttl).lock()
          : memo.semaphore("s", 2, ttl).acquire()) {
        note("begin", taken.token());
        Patience.moment(Duration.ofMillis(1));
        note("end", taken.token());
      } catch (DiskMemoException | InterruptedException | IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** One write, so that the lines of several processes do not mix. */
  private void note(String what, long token) throws IOException {
    String line =
        what + " " + token + " " + ProcessHandle.current().pid() + " " + System.nanoTime() + "\n";
    Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
