package io.diskmemo.benchmarks.disk;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process holds.
 *
 * @param heapBytes that are reachable
 * @param descriptors of files and sockets
 */
record Held(long heapBytes, long descriptors) {
  static Held now() {
    System.gc();
    return new Held(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), openDescriptors());
  }

  private static long openDescriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  Held since(Held before) {
    return new Held(heapBytes - before.heapBytes, descriptors - before.descriptors);
  }

  void print() {
    System.out.println("heap " + heapBytes / 1024.0);
    System.out.println("descriptors " + descriptors);
  }
}
