package io.diskmemo.processor;

import io.diskmemo.DiskMemo;
import io.diskmemo.Settings;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** Compiled classes, loaded. */
final class Program extends ClassLoader {
  private final Map<String, byte[]> classes;

  Program(Map<String, byte[]> classes) {
    super(Program.class.getClassLoader());
    this.classes = classes;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = classes.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  /** What {@code test.Main.run(DiskMemo)} returns; the store is open while it runs. */
  Object run(Settings settings) throws Throwable {
    var method = loadClass("test.Main").getDeclaredMethod("run", DiskMemo.class);
    method.setAccessible(true);
    try (DiskMemo memo = DiskMemo.open(settings)) {
      return method.invoke(null, memo);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
