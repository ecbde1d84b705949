package io.diskmemo;

import org.jspecify.annotations.Nullable;

/** The instance that wrappers use that were given none. */
final class SharedInstance {
  private static @Nullable DiskMemo instance; // guarded by this class

  private SharedInstance() {}

  static synchronized DiskMemo get() {
    if (instance != null && !instance.isClosed()) {
      return instance;
    }
    boolean first = instance == null;
    instance = DiskMemo.open(Settings.load());
    if (first) {
      Runtime.getRuntime().addShutdownHook(new Thread(SharedInstance::close, "diskmemo-shutdown"));
    }
    return instance;
  }

  private static synchronized void close() {
    if (instance != null) {
      instance.close();
    }
  }
}
