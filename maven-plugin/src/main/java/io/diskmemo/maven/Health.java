package io.diskmemo.maven;

import io.diskmemo.CheckReport;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoFailureException;

/** What a check found, and what became of it. */
record Health(CheckReport found, State state) {
  /** How a kind is after the check. */
  enum State {
    FINE("fine"),
    REPAIRED("damaged, repaired"),
    DAMAGED("damaged");

    private final String words;

    State(String words) {
      this.words = words;
    }
  }

  static Health of(CheckReport found) {
    if (found.isSound()) {
      return new Health(found, State.FINE);
    }
    return new Health(found, found.repaired() ? State.REPAIRED : State.DAMAGED);
  }

  String kind() {
    return found.kind();
  }

  String words() {
    return state.words;
  }

  /** Fails if a kind is damaged and was not repaired. */
  static void requireNoDamage(List<Health> all, Path directory, boolean dryRun)
      throws MojoFailureException {
    List<Health> damaged =
        all.stream().filter(health -> health.state == State.DAMAGED).toList();
    if (!damaged.isEmpty()) {
      throw new MojoFailureException(damaged.stream()
          .map(health -> health.complaint(directory, dryRun))
          .collect(Collectors.joining("; ")));
    }
  }

  private String complaint(Path directory, boolean dryRun) {
    return dryRun
        ? kind() + " is damaged (" + problems() + "); run cache:check without cache.dryRun to"
            + " repair it"
        : kind() + " is damaged and cannot be repaired (" + problems() + "); end the applications"
            + " that use it and delete " + directory.resolve("kinds").resolve(kind())
            + ", and its results are computed again";
  }

  private String problems() {
    return found.problems().isEmpty()
        ? found.damaged() + " of " + found.entries() + " entries"
        : String.join(", ", found.problems());
  }
}
