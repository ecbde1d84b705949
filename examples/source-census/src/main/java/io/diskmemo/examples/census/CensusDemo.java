package io.diskmemo.examples.census;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One stage of the demonstration: makes ready what the stage is about, takes the census, and checks
 * that exactly those files were parsed that had to be.
 */
public final class CensusDemo {
  private final Workspace workspace;
  private final String evictedLibrary;

  private CensusDemo(Workspace workspace, String evictedLibrary) {
    this.workspace = workspace;
    this.evictedLibrary = evictedLibrary;
  }

  /**
   * Runs one stage, and exits with status 1 if a check fails.
   *
   * @param args directory of the demo, library that is evicted before the last stage, stage
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    List<String> problems;
    try (Workspace workspace = Workspace.open(Path.of(args[0]))) {
      problems = new CensusDemo(workspace, args[1]).run(Stage.named(args[2]));
    }
    if (!problems.isEmpty()) {
      problems.forEach(System.err::println);
      System.exit(1);
    }
  }

  private List<String> run(Stage stage) throws IOException {
    SourceTree tree = SourceTree.of(workspace.sources());
    String changedLibrary = tree.libraries().first();
    prepare(stage, tree.files(changedLibrary).get(0));

    Census census = Census.take(tree, workspace.store());
    Run run = Run.of(stage, census);
    run.save(workspace.runs());
    List<String> problems = problems(run, census, new Checks(tree, changedLibrary, evictedLibrary));
    if (problems.isEmpty()) {
      print(run, census);
    }
    return problems;
  }

  private void prepare(Stage stage, Path changedFile) throws IOException {
    switch (stage) {
      case COLD -> workspace.deleteStore();
      case CHANGED ->
        Files.writeString(changedFile, "\nclass AddedByTheDemo {}\n", StandardOpenOption.APPEND);
      case WARM, EVICTED -> {}
    }
  }

  private List<String> problems(Run run, Census census, Checks checks) throws IOException {
    List<String> problems = new ArrayList<>(checks.ofCounts(run, census.computations()));
    Optional<Stage> before = run.stage().before();
    if (before.isPresent()) {
      problems.addAll(checks.ofMetrics(run, Run.load(workspace.runs(), before.get())));
    }
    return problems;
  }

  private void print(Run run, Census census) throws IOException {
    Report report = new Report(System.out);
    report.printRun(run);
    if (run.stage() == Stage.EVICTED) {
      report.printMostComplexMethods(census);
      report.printLibraries(census);
      report.printRuns(Runs.load(workspace.runs()));
    }
  }
}
