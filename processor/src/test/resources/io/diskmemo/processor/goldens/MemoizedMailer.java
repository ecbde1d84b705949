package example;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Codecs;
import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.Gate;
import io.diskmemo.generated.GateSpec;
import io.diskmemo.generated.Hit;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.key.KeyWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * {@link Mailer} with its results kept by DiskMemo.
 *
 * <p>{@code report(String)}
 *
 * <ul>
 *   <li>key: {@code month}
 *   <li>kind {@code default}, version 1, kept for 1 day
 *   <li>tags: none
 *   <li>value: {@code String}, immutable, one instance for all callers
 *   <li>one computation at a time of all under {@code reports}
 * </ul>
 *
 * <p>{@code counts(int[])}
 *
 * <ul>
 *   <li>key: {@code months}
 *   <li>kind {@code default}, version 1, kept as long as the profile of the kind says
 *   <li>tags: none
 *   <li>value: {@code int[]}, mutable, a copy for each caller
 *   <li>at most 100 computations in 1 hour of all under {@code example.Mailer.counts(int[])}
 * </ul>
 *
 * <p>{@code send(String, String)}
 *
 * <ul>
 *   <li>at most 10 calls in 1 second of all under {@code mail server}
 * </ul>
 *
 * <p>{@code clean(int[])}
 *
 * <ul>
 *   <li>one call at a time of all under {@code example.Mailer.clean(int[])}
 *   <li>at most one call in 500 millis of all under {@code example.Mailer.clean(int[])}
 * </ul>
 */
@Generated("io.diskmemo.processor.DiskMemoProcessor")
final class MemoizedMailer extends Mailer {
  private static final MethodSpec<String> REPORT =
      MethodSpec.<String>method("example.Mailer", "report", "java.lang.String")
          .returns("java.lang.String")
          .kind("default")
          .timeToLive(Duration.ofDays(1))
          .fingerprint("c3482d2c96f9fabef463e1a03813ffe2")
          .argumentsAreValues()
          .sharedResult(Codecs.of(String.class))
          .build();

  private static final MethodSpec<int[]> COUNTS =
      MethodSpec.<int[]>method("example.Mailer", "counts", "int[]")
          .returns("int[]")
          .kind("default")
          .fingerprint("287c9f00e942dcd2ea87279d9726cf10")
          .copiedResult(Codecs.of(int[].class))
          .build();

  private static final GateSpec REPORT_GATE =
      GateSpec.builder()
          .oneAtATime("reports", Duration.ofMinutes(1))
          .build();

  private static final GateSpec COUNTS_GATE =
      GateSpec.builder()
          .throttled("example.Mailer.counts(int[])", 100, Duration.ofHours(1))
          .build();

  private static final GateSpec SEND_GATE =
      GateSpec.builder()
          .throttled("mail server", 10, Duration.ofSeconds(1))
          .interruptible()
          .build();

  private static final GateSpec CLEAN_GATE =
      GateSpec.builder()
          .oneAtATime("example.Mailer.clean(int[])")
          .throttled("example.Mailer.clean(int[])", 1, Duration.ofMillis(500))
          .build();

  private final MemoizedMethod<String> report;

  private final MemoizedMethod<int[]> counts;

  private final Gate reportGate;

  private final Gate countsGate;

  private final Gate sendGate;

  private final Gate cleanGate;

  /**
   * Keeps results in {@link DiskMemo#shared()}.
   */
  MemoizedMailer() {
    this(DiskMemo.shared());
  }

  /**
   * Keeps results in {@code memo}.
   */
  MemoizedMailer(DiskMemo memo) {
    this.report = memo.memoize(REPORT);
    this.counts = memo.memoize(COUNTS);
    this.reportGate = memo.gate(REPORT_GATE);
    this.countsGate = memo.gate(COUNTS_GATE);
    this.sendGate = memo.gate(SEND_GATE);
    this.cleanGate = memo.gate(CLEAN_GATE);
  }

  @Override
  String report(String month) {
    if (report == null) { // called by the constructor of Mailer
      return super.report(month);
    }
    ReportArguments arguments = new ReportArguments(month);
    Hit<String> hit = report.find(arguments);
    return hit != null
        ? hit.value()
        : report.compute(arguments, () -> reportGate.call(() -> super.report(month)));
  }

  /**
   * The result of {@code report}, if there is one; computes nothing.
   */
  Optional<Hit<String>> peekReport(String month) {
    return report.peek(new ReportArguments(month));
  }

  /**
   * Computes {@code report}, and keeps the result in place of what is there.
   */
  String refreshReport(String month) {
    return report.refresh(new ReportArguments(month),
        () -> reportGate.call(() -> super.report(month)));
  }

  /**
   * Evicts the result of {@code report}; whether there was one.
   */
  boolean evictReport(String month) {
    return report.evict(new ReportArguments(month));
  }

  @Override
  int[] counts(int[] months) {
    if (counts == null) { // called by the constructor of Mailer
      return super.counts(months);
    }
    CountsArguments arguments = new CountsArguments(months);
    return counts.call(arguments, () -> countsGate.call(() -> super.counts(months)));
  }

  /**
   * The result of {@code counts}, if there is one; computes nothing.
   */
  Optional<Hit<int[]>> peekCounts(int[] months) {
    return counts.peek(new CountsArguments(months));
  }

  /**
   * Computes {@code counts}, and keeps the result in place of what is there.
   */
  int[] refreshCounts(int[] months) {
    return counts.refresh(new CountsArguments(months),
        () -> countsGate.call(() -> super.counts(months)));
  }

  /**
   * Evicts the result of {@code counts}; whether there was one.
   */
  boolean evictCounts(int[] months) {
    return counts.evict(new CountsArguments(months));
  }

  @Override
  void send(String address, String text) throws IOException, InterruptedException {
    if (sendGate == null) { // called by the constructor of Mailer
      super.send(address, text);
      return;
    }
    sendGate.run(() -> super.send(address, text));
  }

  @Override
  int clean(int... sendGate) {
    if (cleanGate == null) { // called by the constructor of Mailer
      return super.clean(sendGate);
    }
    return cleanGate.call(() -> super.clean(sendGate));
  }

  private record ReportArguments(String month) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      key.writeString(month);
    }
  }

  private record CountsArguments(int[] months) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      key.writeIntArray(months);
    }
  }
}
