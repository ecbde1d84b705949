package io.diskmemo;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The instance that wrappers use that were given none. */
final class SharedInstance {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private static @Nullable DiskMemo instance; // guarded by this class

  private SharedInstance() {}

  static synchronized DiskMemo get() {
    if (instance != null && !instance.isClosed()) {
      return instance;
    }
    boolean first = instance == null;
    instance = openedOrInMemory();
    if (first) {
      closeAtShutdown();
    }
    return instance;
  }

  private static void closeAtShutdown() {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(SharedInstance::close, "diskmemo-shutdown"));
    } catch (IllegalStateException e) { // asked for by another hook; nothing that is stored is lost
      LOG.debug("the JVM is ending already", e);
    }
  }

  private static DiskMemo openedOrInMemory() {
    Settings settings;
    try {
      settings = Settings.load();
    } catch (InvalidSettingException e) {
      warn(e);
      return DiskMemo.withoutDirectory(e);
    }
    try {
      return DiskMemo.open(settings);
    } catch (DiskMemoException e) {
      warn(e);
      return DiskMemo.openLater(settings);
    }
  }

  /** It says what is wrong and the way out. */
  private static void warn(DiskMemoException reason) {
    LOG.warn("results are kept in memory only: {}", reason.getMessage());
  }

  private static synchronized void close() {
    if (instance != null) {
      instance.close();
    }
  }
}
