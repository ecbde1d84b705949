package example;

import io.diskmemo.DiskMemo;
import io.diskmemo.generated.Gate;
import io.diskmemo.generated.GateSpec;
import javax.annotation.processing.Generated;

/**
 * {@link Printer} with its calls coordinated by DiskMemo.
 *
 * <p>{@code print(String)}
 *
 * <ul>
 *   <li>one call at a time of all under {@code printer}
 * </ul>
 */
@Generated("io.diskmemo.processor.DiskMemoProcessor")
public final class MemoizedPrinter implements Printer {
  private static final GateSpec PRINT_GATE =
      GateSpec.builder()
          .oneAtATime("printer")
          .build();

  private final Printer delegate;

  private final Gate printGate;

  /**
   * Calls go through the gates of {@link DiskMemo#shared()}.
   */
  public MemoizedPrinter(Printer delegate) {
    this(DiskMemo.shared(), delegate);
  }

  /**
   * Calls go through the gates of {@code memo}.
   */
  public MemoizedPrinter(DiskMemo memo, Printer delegate) {
    this.delegate = delegate;
    this.printGate = memo.gate(PRINT_GATE);
  }

  @Override
  public void print(String page) {
    printGate.run(() -> delegate.print(page));
  }

  @Override
  public int pages() {
    return delegate.pages();
  }
}
