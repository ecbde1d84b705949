package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.sqlite.util.OSInfo;

/**
 * The name that the driver has for this system, as {@code Linux/x86_64}. The driver starts a process to
 * tell Android from Linux, and resolves each mapped file to tell musl from glibc, which takes a tenth of
 * the time until a first hit; so a system that shows its glibc is named without it.
 */
final class DriverSystem {
  private static final String ARCHITECTURE = "org.sqlite.osinfo.architecture";
  private static final Path MAPPED = Path.of("/proc/self/maps");
  private static final Map<String, String> ARCHITECTURES =
      Map.of("amd64", "x86_64", "aarch64", "aarch64");

  private DriverSystem() {}

  static String ofThisProcess() throws IOException {
    String architecture = ARCHITECTURES.get(System.getProperty("os.arch"));
    boolean isKnown = architecture != null
        && System.getProperty(ARCHITECTURE) == null
        && Files.isReadable(MAPPED)
        && isGlibc(new String(Files.readAllBytes(MAPPED), StandardCharsets.ISO_8859_1));
    return isKnown ? "Linux/" + architecture : OSInfo.getNativeLibFolderPathForCurrentOS();
  }

  /**
   * Whether a process runs on glibc, and surely on nothing else.
   *
   * @param mapped its files as the kernel lists them
   */
  static boolean isGlibc(String mapped) {
    return (mapped.contains("/libc.so.6\n") || mapped.contains("/libc-2."))
        && !mapped.contains("musl");
  }
}
