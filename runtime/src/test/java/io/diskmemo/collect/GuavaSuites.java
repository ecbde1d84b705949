package io.diskmemo.collect;

import java.util.Collections;
import java.util.stream.Stream;
import junit.framework.Test;
import junit.framework.TestFailure;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Runs the suites of guava-testlib, which are JUnit 3's, as tests of today. */
final class GuavaSuites {
  private GuavaSuites() {}

  static DynamicNode node(Test test) {
    return test instanceof TestSuite suite
        ? DynamicContainer.dynamicContainer(suite.getName(), children(suite))
        : DynamicTest.dynamicTest(test.toString(), () -> run(test));
  }

  private static Stream<DynamicNode> children(TestSuite suite) {
    return Collections.list(suite.tests()).stream().map(GuavaSuites::node);
  }

  private static void run(Test test) throws Throwable {
    TestResult result = new TestResult();
    test.run(result);
    for (TestFailure failure : Collections.list(result.failures())) {
      throw failure.thrownException();
    }
    for (TestFailure failure : Collections.list(result.errors())) {
      throw failure.thrownException();
    }
    if (result.runCount() == 0) {
      throw new AssertionError("nothing ran");
    }
  }
}
