package io.diskmemo.maven;

import io.diskmemo.DamagedKindException;
import io.diskmemo.DiskMemoException;
import io.diskmemo.ExportFileException;
import io.diskmemo.InvalidSettingException;
import io.diskmemo.MaintenanceException;
import io.diskmemo.StoreException;
import io.diskmemo.UnknownKindException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

/** Why a goal fails once it has shown what it did, at most once for each kind. Not thread-safe. */
final class Complaints {
  private final boolean dryRun;
  private final @Nullable String onlyKind;
  private final Map<String, String> texts = new LinkedHashMap<>(); // by kind
  private @Nullable DiskMemoException first;
  private boolean isTrouble;

  /**
   * None yet.
   *
   * @param dryRun whether the goal changes nothing
   * @param onlyKind that it works on; null for several, or if nobody knows
   */
  Complaints(boolean dryRun, @Nullable String onlyKind) {
    this.dryRun = dryRun;
    this.onlyKind = onlyKind;
  }

  /** Notes one about a kind. */
  void add(String kind, String text) {
    texts.putIfAbsent(kind, text);
  }

  /** Notes what an exception says. */
  void add(DiskMemoException thrown) {
    if (thrown instanceof MaintenanceException several) {
      several.failures().forEach((kind, failure) -> add(kind, kind + ": ", failure));
    } else if (thrown instanceof DamagedKindException damaged) {
      add(damaged.kind(), "", damaged);
    } else if (thrown instanceof StoreException && onlyKind != null) {
      add(onlyKind, thrown);
    } else {
      add("", "", thrown);
    }
  }

  /** Notes what an exception says that was thrown by work on one kind, which it may not name. */
  void add(String kind, DiskMemoException thrown) {
    boolean isNamed = String.valueOf(thrown.getMessage()).contains("kind " + kind);
    add(kind, isNamed ? "" : kind + ": ", thrown);
  }

  private void add(String kind, String prefix, DiskMemoException thrown) {
    if (first == null) {
      first = thrown;
    }
    isTrouble |= !isForTheUser(thrown);
    add(
        kind,
        thrown instanceof DamagedKindException damaged
            ? Health.damagedForNow(damaged.kind(), damaged.problem(), dryRun)
            : prefix + thrown.getMessage());
  }

  /** Whether it is of what was asked for, or of what the store holds, and not of the disk. */
  private static boolean isForTheUser(DiskMemoException thrown) {
    return thrown instanceof InvalidSettingException
        || thrown instanceof UnknownKindException
        || thrown instanceof ExportFileException
        || thrown instanceof DamagedKindException;
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  /** Fails with all of them, if there are any. */
  void throwIfAny() throws MojoExecutionException, MojoFailureException {
    if (isEmpty()) {
      return;
    }
    String text = String.join("; ", texts.values());
    if (isTrouble) {
      throw new MojoExecutionException(text, first);
    }
    throw new MojoFailureException(text, first);
  }
}
