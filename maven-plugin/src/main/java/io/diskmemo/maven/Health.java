package io.diskmemo.maven;

import io.diskmemo.CheckReport;
import java.nio.file.Path;
import java.util.Optional;

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

  /** Why the goal fails, if the kind is damaged and was not repaired. */
  Optional<String> complaint(Path directory, boolean dryRun) {
    if (state != State.DAMAGED) {
      return Optional.empty();
    }
    return Optional.of(
        dryRun ? damagedForNow(kind(), problems(), true) : damagedForGood(directory));
  }

  /** What to say of a kind that a check has not tried to repair. */
  static String damagedForNow(String kind, String problems, boolean dryRun) {
    return kind + " is damaged (" + problems + "); run cache:check "
        + (dryRun ? "without cache.dryRun " : "") + "to repair it";
  }

  private String damagedForGood(Path directory) {
    return kind() + " is damaged and cannot be repaired (" + problems()
        + "); run mvn cache:restore -Dkind=" + kind()
        + ", which brings back its newest sound backup, or else what value files hold; only if that"
        + " fails, end the applications that use it and delete "
        + directory.resolve("kinds").resolve(kind())
        + ": then results are computed again, but its backups and what was put by hand are gone";
  }

  /** Why the goal fails, if the kind was repaired and that is to be a failure. */
  Optional<String> complaintOfRepair() {
    return state == State.REPAIRED
        ? Optional.of(kind() + " was damaged and is repaired (" + problems()
            + "), which is a failure by cache.failOnRepair")
        : Optional.empty();
  }

  private String problems() {
    return found.problems().isEmpty()
        ? found.damaged() + " of " + found.entries() + " entries"
        : String.join(", ", found.problems());
  }
}
