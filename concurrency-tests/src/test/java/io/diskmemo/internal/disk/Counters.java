package io.diskmemo.internal.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Mapped counters, one after the other; the first is used again after the last. */
final class Counters {
  private static final int FILES = 512;
  private static final List<Coherence> ALL =
      IntStream.range(0, FILES).mapToObj(i -> newFile()).toList();
  private static final AtomicInteger NEXT = new AtomicInteger();

  private Counters() {}

  static Coherence next() {
    return ALL.get(Math.floorMod(NEXT.getAndIncrement(), FILES));
  }

  /** Mapped files stay when their names go. */
  private static Coherence newFile() {
    try {
      Path parent = Files.createDirectories(Path.of("stores").toAbsolutePath());
      Path kind = Files.createTempDirectory(parent, "kind");
      Coherence.createOrMend(kind);
      Coherence coherence = Coherence.open(kind);
      Files.delete(kind.resolve(Coherence.FILE_NAME));
      Files.delete(kind);
      return coherence;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
