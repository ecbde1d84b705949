package io.diskmemo.internal.maintain;

import io.diskmemo.internal.disk.CheckResult;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Pace;
import java.util.List;
import java.util.function.ToLongFunction;

/** Keeps one kind in order, one task after the other. For one thread. */
public final class Upkeep {
  private final KindStore store;
  private final Course course;

  /**
   * Upkeep of a kind.
   *
   * @param store of the kind
   * @param course that is told and asked
   */
  public Upkeep(KindStore store, Course course) {
    this.store = store;
    this.course = course;
  }

  /**
   * What was done.
   *
   * @param expired entries whose time was over
   * @param culled entries above the limit
   * @param outdated entries of versions that nobody uses
   * @param tags that no entry had
   * @param files that nobody needed
   * @param freedBytes that the databases are smaller
   * @param check what was found
   * @param complete whether all was done, and the work not cancelled
   */
  public record Done(
      long expired,
      long culled,
      long outdated,
      long tags,
      long files,
      long freedBytes,
      CheckResult check,
      boolean complete) {}

  /**
   * Does all of it.
   *
   * @param unusedMillis after which versions of methods are outdated
   * @return what was done
   */
  public Done run(long unusedMillis) {
    long expired = task("expire", store::expire);
    task("remove evicted", store::removeHidden);
    long outdated = task("drop outdated", pace -> store.dropOutdated(unusedMillis, pace));
    CheckResult check = check(true); // before anything is culled by sums that may be wrong
    long culled = task("cull", store::cull);
    long tags = task("drop unused tags", store::dropUnusedTags);
    long files = task("sweep", store::sweep);
    long freed = task("compact", store::compact);
    return new Done(expired, culled, outdated, tags, files, freed, check, !course.wasCancelled());
  }

  private long task(String name, ToLongFunction<Pace> work) {
    return course.isCancelled() ? 0 : work.applyAsLong(course.begin(name));
  }

  /**
   * Looks at every entry.
   *
   * @param repair whether to remove the damaged, and mend sums that are wrong
   * @return what was found
   */
  public CheckResult check(boolean repair) {
    return course.isCancelled()
        ? new CheckResult(0, 0, List.of(), false)
        : store.check(repair, course.begin("check"));
  }

  /**
   * Changes nothing.
   *
   * @param unusedMillis after which versions of methods are outdated
   * @return what would be done, as far as that can be known
   */
  public Done dryRun(long unusedMillis) {
    return new Done(
        store.countExpired(),
        store.countToCull(),
        store.countOutdated(unusedMillis),
        0,
        0,
        0,
        check(false),
        !course.wasCancelled());
  }
}
