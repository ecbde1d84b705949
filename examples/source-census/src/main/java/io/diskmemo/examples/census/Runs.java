package io.diskmemo.examples.census;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One run of each stage. */
record Runs(Run cold, Run warm, Run changed, Run evicted) {

  static Runs load(Path directory) throws IOException {
    return new Runs(
        Run.load(directory, Stage.COLD),
        Run.load(directory, Stage.WARM),
        Run.load(directory, Stage.CHANGED),
        Run.load(directory, Stage.EVICTED));
  }

  List<Run> inOrder() {
    return List.of(cold, warm, changed, evicted);
  }
}
