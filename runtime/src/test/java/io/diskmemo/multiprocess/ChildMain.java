package io.diskmemo.multiprocess;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * The main class of all children: calls that of the test, and ends with the JVM of the test, also where
 * that is killed. Arguments: the process id of the test's JVM, a main class, and what that takes.
 */
final class ChildMain {
  private ChildMain() {}

  @SuppressWarnings("FutureReturnValueIgnored") // nothing comes after a halt
  public static void main(String[] arguments) throws Throwable {
    ProcessHandle parent = ProcessHandle.of(Long.parseLong(arguments[0])).orElseThrow();
    parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
    Method main = Class.forName(arguments[1]).getDeclaredMethod("main", String[].class);
    main.setAccessible(true);
    try {
      main.invoke(null, (Object) Arrays.copyOfRange(arguments, 2, arguments.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
