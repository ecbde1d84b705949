package io.diskmemo.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import net.openhft.chronicle.map.ChronicleMap;

/** Memory that is mapped from a file. */
final class ChroniclePeer extends MapPeer {
  /** Without these it does not start on JDK 17. */
  static final List<String> OPTIONS = List.of(
      "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
      "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
      "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
      "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
      "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
      "--add-opens=java.base/java.lang=ALL-UNNAMED",
      "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
      "--add-opens=java.base/java.io=ALL-UNNAMED",
      "--add-opens=java.base/java.util=ALL-UNNAMED",
      "-Dchronicle.analytics.disable=true");

  ChroniclePeer(Path directory, int size, int entries) throws IOException {
    this(
        size,
        ChronicleMap.of(String.class, byte[].class)
            .name("documents")
            .entries(entries)
            .averageKey("NZ:100000")
            .averageValueSize(size + 16)
            .createPersistedTo(directory.resolve("chronicle.dat").toFile()));
  }

  private ChroniclePeer(int size, ChronicleMap<String, byte[]> map) {
    super(size, map, () -> {}, map::close);
  }
}
