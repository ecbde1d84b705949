package io.diskmemo.processor;

import io.diskmemo.DiskMemo;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** Compiled classes, loaded before those of the same name on the class path. */
final class Program extends ClassLoader {
  private final Map<String, byte[]> classes;

  Program(Map<String, byte[]> classes) {
    super(Program.class.getClassLoader());
    this.classes = classes;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    byte[] bytes = classes.get(name);
    if (bytes == null) {
      return super.loadClass(name, resolve);
    }
    Class<?> loaded = findLoadedClass(name);
    return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
  }

  /** Calls the static method {@code run()} of a class. */
  Object run(String className) throws Throwable {
    return run(className, new Class<?>[0]);
  }

  /** Calls the static method {@code run(DiskMemo)} of a class. */
  Object run(String className, DiskMemo memo) throws Throwable {
    return run(className, new Class<?>[] {DiskMemo.class}, memo);
  }

  private Object run(String className, Class<?>[] parameters, Object... arguments)
      throws Throwable {
    try {
      var method = loadClass(className).getDeclaredMethod("run", parameters);
      method.setAccessible(true);
      return method.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
