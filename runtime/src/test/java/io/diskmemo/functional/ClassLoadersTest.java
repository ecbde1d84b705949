package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.benmanes.caffeine.cache.Cache;
import io.diskmemo.Average;
import io.diskmemo.DiskMemo;
import io.diskmemo.Maintenance;
import io.diskmemo.Settings;
import io.diskmemo.Throttle;
import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.testkit.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;

/** A second copy of the runtime, and of SQLite, in one JVM. */
class ClassLoadersTest {
  @TempDir
  Path temporary;

  @Test
  void directoryThatAnotherCopyHasOpenIsRefusedUntilItIsClosed() throws Exception {
    Path directory = temporary.resolve("store");
    try (URLClassLoader otherLoader = copyOfTheRuntime()) {
      try (DiskMemo memo = Stores.open(directory)) {
        Stores.open(directory).close();
        memo.kind("default").put("k", 1);

        assertRefused(otherLoader, directory);
      }
      try (AutoCloseable other = open(otherLoader, directory)) {
        assertThat(other).isNotInstanceOf(DiskMemo.class);
        assertThatThrownBy(() -> Stores.open(directory))
            .hasMessageContaining("is open in this JVM through another class loader");
      }
      try (DiskMemo memo = Stores.open(directory)) {
        assertThat(memo.kind("default").get("k", Integer.class)).contains(1);
      }
    }
  }

  @Test
  void directoryWithAnOpenCollectionIsRefusedToAnotherCopy() throws Exception {
    Path directory = temporary.resolve("store");
    try (URLClassLoader otherLoader = copyOfTheRuntime();
        DiskMemo memo = Stores.open(directory)) {
      memo.deque("jobs", String.class).add("a");

      assertRefused(otherLoader, directory);
      assertThat(memo.deque("jobs", String.class).poll()).isEqualTo("a");
    }
  }

  /** What {@code shared} falls back on: it was refused for kinds only. */
  @Test
  void whatIsTriedLaterIsRefusedCollectionsThrottlesAndLocksToo() throws Exception {
    Path directory = temporary.resolve("store");
    try (URLClassLoader otherLoader = copyOfTheRuntime();
        AutoCloseable later = openLater(otherLoader, directory)) {
      try (DiskMemo memo = Stores.open(directory)) {
        memo.deque("jobs", String.class).add("a");
        assertRefused(() -> deque(later));
        assertRefused(() -> permit(later));
        assertRefused(() -> mean(later));
        assertRefused(() -> lock(later));
        assertRefused(() -> call(later, DiskMemo.class, "kindNames"));
        assertRefused(
            () -> call(call(later, DiskMemo.class, "maintenance"), Maintenance.class, "run"));
        memo.deque("jobs", String.class).add("b");
        assertThat(memo.deque("jobs", String.class)).containsExactly("a", "b");
      }
      assertThat(deque(later)).hasToString("[a, b]");
      assertThat(permit(later)).isEqualTo(true);
      assertThatThrownBy(() -> Stores.open(directory))
          .hasMessageContaining("is open in this JVM through another class loader");
    }
    try (DiskMemo memo = Stores.open(directory)) {
      assertThat(memo.deque("jobs", String.class).poll()).isEqualTo("a");
    }
  }

  private static Object deque(Object memo) throws Exception {
    return memo.getClass()
        .getMethod("deque", String.class, Class.class)
        .invoke(memo, "jobs", String.class);
  }

  private static Object permit(Object memo) throws Exception {
    Object throttle = memo.getClass()
        .getMethod("throttle", String.class, int.class, Duration.class)
        .invoke(memo, "t", 1, Duration.ofDays(1));
    return call(throttle, Throttle.class, "tryAcquire");
  }

  private static Object mean(Object memo) throws Exception {
    Object average = memo.getClass().getMethod("average", String.class).invoke(memo, "a");
    return call(average, Average.class, "mean");
  }

  private static Object lock(Object memo) throws Exception {
    Object lock = memo.getClass().getMethod("lock", String.class).invoke(memo, "l");
    return lock.getClass().getMethod("tryLock", Duration.class).invoke(lock, Duration.ZERO);
  }

  /** Of the copy of a type. */
  private static Object call(Object target, Class<?> type, String method) throws Exception {
    return target
        .getClass()
        .getClassLoader()
        .loadClass(type.getName())
        .getMethod(method)
        .invoke(target);
  }

  private static AutoCloseable openLater(ClassLoader loader, Path directory) throws Exception {
    Object builder =
        loader.loadClass(Settings.class.getName()).getMethod("builder").invoke(null);
    Object named = builder.getClass().getMethod("directory", Path.class).invoke(builder, directory);
    Object settings = named.getClass().getMethod("build").invoke(named);
    Method openLater = loader
        .loadClass(DiskMemo.class.getName())
        .getDeclaredMethod("openLater", settings.getClass());
    openLater.setAccessible(true);
    return (AutoCloseable) openLater.invoke(null, settings);
  }

  /** It was known by its path, and a directory can have several. */
  @Test
  void directoryIsRefusedUnderAnotherPathToo() throws Exception {
    Path real = Files.createDirectory(temporary.resolve("real"));
    Path link = temporary.resolve("link");
    try {
      Files.createSymbolicLink(link, real);
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "this system lets nobody make symbolic links");
    }
    try (URLClassLoader otherLoader = copyOfTheRuntime();
        DiskMemo memo = Stores.open(real.resolve("store"))) {
      assertThat(memo.directory()).exists();
      assertRefused(otherLoader, link.resolve("store"));
    }
  }

  /** As where a development server loads the application again, and the runtime is above it. */
  @Test
  void applicationThatIsLoadedAgainGetsResultsOfItsOwnClasses() throws Exception {
    try (DiskMemo memo = Stores.open(temporary.resolve("store"))) {
      for (int round = 0; round < 2; round++) {
        ClassLoader restarted = new Restarted();
        for (Object result : painterOf(restarted).apply(memo)) {
          assertThat(result.getClass().getClassLoader()).isSameAs(restarted);
        }
      }
      assertThat(memo.kind("default").stats().computations()).isEqualTo(2);
      assertThat(memo.kind("default").stats().diskHits()).isEqualTo(2);
    }
  }

  @SuppressWarnings("unchecked") // what the class says
  private static Function<DiskMemo, List<Object>> painterOf(ClassLoader loader) throws Exception {
    return (Function<DiskMemo, List<Object>>)
        loader.loadClass(Painter.class.getName()).getConstructor().newInstance();
  }

  /** Has the application's classes, and everything else from above. */
  private static final class Restarted extends ClassLoader {
    Restarted() {
      super(ClassLoadersTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(Painter.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? defined(name) : loaded;
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private static void assertRefused(ClassLoader loader, Path directory) {
    assertRefused(() -> open(loader, directory));
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .hasMessageContaining("is open in this JVM through another class loader");
  }

  private static AutoCloseable open(ClassLoader loader, Path directory) throws Exception {
    return (AutoCloseable) loader
        .loadClass(DiskMemo.class.getName())
        .getMethod("open", Path.class)
        .invoke(null, directory);
  }

  private static URLClassLoader copyOfTheRuntime() {
    URL[] classPath = Stream.of(
            DiskMemo.class,
            DiskMemoize.class,
            Cache.class,
            JDBC.class,
            LoggerFactory.class,
            LoggerFactory.getILoggerFactory().getClass())
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .toArray(URL[]::new);
    return new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
  }
}
