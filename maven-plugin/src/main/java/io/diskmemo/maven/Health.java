package io.diskmemo.maven;

import io.diskmemo.CheckReport;
import io.diskmemo.Maintenance;
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

  /** After a repair the kind is looked at again, because not all damage can be repaired. */
  static Health of(CheckReport found, Maintenance maintenance) {
    if (found.isSound()) {
      return new Health(found, State.FINE);
    }
    boolean repaired = found.repaired()
        && maintenance.kind(found.kind()).dryRun().check().get(0).isSound();
    return new Health(found, repaired ? State.REPAIRED : State.DAMAGED);
  }

  String kind() {
    return found.kind();
  }

  String words() {
    return state.words;
  }

  /** Fails if a kind is damaged and was not repaired. */
  static void requireNoDamage(List<Health> all, Path directory) throws MojoFailureException {
    List<Health> damaged =
        all.stream().filter(health -> health.state == State.DAMAGED).toList();
    if (!damaged.isEmpty()) {
      throw new MojoFailureException(damaged.stream()
          .map(health -> health.complaint(directory))
          .collect(Collectors.joining("; ")));
    }
  }

  private String complaint(Path directory) {
    return found.repaired()
        ? kind() + " is damaged and cannot be repaired (" + problems() + "); end the applications"
            + " that use it and delete " + directory.resolve("kinds").resolve(kind())
            + ", and its results are computed again"
        : kind() + " is damaged (" + problems() + "); run cache:check without cache.dryRun to"
            + " repair it";
  }

  private String problems() {
    return found.problems().isEmpty()
        ? found.damaged() + " of " + found.entries() + " entries"
        : String.join(", ", found.problems());
  }
}
