package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstFailureTest {
  private final FirstFailure failure = new FirstFailure();

  private static void fail(DiskException e) {
    throw e;
  }

  /** The last one took the place of the others. */
  @Test
  void firstIsThrownWithTheOthers() {
    DiskException first = new DiskException("close a", false, "first");
    DiskException second = new DiskException("close b", false, "second");
    DiskException third = new DiskException("close c", false, "third");
    List<String> done = new ArrayList<>();
    failure.ofTrying(() -> fail(first));
    failure.ofTrying(() -> done.add("between"));
    failure.ofTrying(() -> fail(second));
    failure.ofTrying(() -> fail(third));

    assertThat(done).containsExactly("between");
    assertThatThrownBy(failure::throwIfAny).isSameAs(first);
    assertThat(first.getSuppressed()).containsExactly(second, third);
  }

  @Test
  void nothingIsThrownWhereNothingFailed() {
    failure.ofTrying(() -> {});
    failure.throwIfAny();
  }
}
