package io.diskmemo.maven;

import io.diskmemo.Progress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A line now and then on long work, and none on short. Not thread-safe. */
final class ProgressLines implements Consumer<Progress> {
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Consumer<String> out;
  private final LongSupplier nanoTicker;
  private long last;

  /** Lines to somewhere. */
  ProgressLines(Consumer<String> out, LongSupplier nanoTicker) {
    this.out = out;
    this.nanoTicker = nanoTicker;
    this.last = nanoTicker.getAsLong();
  }

  @Override
  public void accept(Progress progress) {
    long now = nanoTicker.getAsLong();
    if (now - last >= INTERVAL_NANOS) {
      last = now;
      out.accept(
          progress.kind() + ": " + progress.task() + ", " + AmountText.count(progress.done()));
    }
  }
}
