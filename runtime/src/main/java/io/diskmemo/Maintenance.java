package io.diskmemo;

import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.disk.CheckResult;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.EntryFilter;
import io.diskmemo.internal.disk.KindStore;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Work on whole kinds that never happens on the way of a call. Immutable; thread-safe. Runs beside
 * applications that use the same directory, and holds the database in short steps.
 *
 * <pre>{@code
 * memo.maintenance().run();
 * memo.maintenance().kind("geo").dryRun().evict(EvictionFilter.all().withTag("country:NZ"));
 * }</pre>
 */
public final class Maintenance {
  private final Supplier<List<Kind>> kinds;
  private final Function<String, Kind> find;
  private final boolean dryRun;

  Maintenance(Supplier<List<Kind>> kinds, Function<String, Kind> find, boolean dryRun) {
    this.kinds = kinds;
    this.find = find;
    this.dryRun = dryRun;
  }

  /**
   * Narrows to one kind.
   *
   * @param name of a kind that is there
   * @return maintenance of that kind only
   * @throws UnknownKindException if the directory does not hold it
   */
  public Maintenance kind(String name) {
    Kind kind = find.apply(name);
    return new Maintenance(() -> List.of(kind), find, dryRun);
  }

  /**
   * Only says what would be done.
   *
   * @return maintenance that changes nothing
   */
  public Maintenance dryRun() {
    return new Maintenance(kinds, find, true);
  }

  /**
   * Removes what has expired, removes what is over the limit, and checks all that is left, removing
   * what is damaged.
   *
   * @return a report for each kind
   * @throws DiskMemoException if a store does not do what was asked
   */
  public List<MaintenanceReport> run() {
    return forEach(this::maintained);
  }

  private MaintenanceReport maintained(Kind kind) {
    KindStore store = kind.store();
    long expired = dryRun ? store.countExpired() : kind.removed(Event.EXPIRED, store.expire());
    long culled = dryRun ? store.countToCull() : kind.removed(Event.CULLED, store.cull());
    if (!dryRun) {
      store.removeHidden();
      store.dropUnusedTags();
      store.sweep();
    }
    CheckReport check = checked(kind);
    KindStore.Size size = store.size();
    return new MaintenanceReport(kind.name(), expired, culled, check, size.entries(), size.bytes());
  }

  /**
   * Looks at every entry, and removes the damaged.
   *
   * @return a report for each kind
   * @throws DiskMemoException if a store does not do what was asked
   */
  public List<CheckReport> check() {
    return forEach(this::checked);
  }

  private CheckReport checked(Kind kind) {
    CheckResult found = kind.store().check(!dryRun);
    return new CheckReport(
        kind.name(), found.entries(), found.damaged(), found.problems(), found.repaired());
  }

  /**
   * Evicts entries. Once it returns, no call that starts later in any process gets one of them.
   *
   * @param filter which
   * @return a report for each kind
   * @throws DiskMemoException if a store does not do what was asked
   */
  public List<EvictionReport> evict(EvictionFilter filter) {
    EntryFilter entries =
        new EntryFilter(filter.tag().orElse(null), filter.method().orElse(null));
    return forEach(kind -> new EvictionReport(
        kind.name(),
        dryRun
            ? kind.store().count(entries)
            : kind.removed(Event.EVICTED, kind.store().evict(entries))));
  }

  /**
   * Evicts everything.
   *
   * @return a report for each kind
   * @throws DiskMemoException if a store does not do what was asked
   */
  public List<EvictionReport> clear() {
    return evict(EvictionFilter.all());
  }

  /**
   * What all processes counted since the kinds were made, as far as they wrote it down: they do now
   * and then, and when they end.
   *
   * @return for each kind
   * @throws DiskMemoException if a store does not do what was asked
   */
  public List<Stats> stats() {
    return forEach(Kind::totals);
  }

  private <T> List<T> forEach(Function<Kind, T> work) {
    try {
      return kinds.get().stream().map(work).toList();
    } catch (DiskException e) {
      throw new StoreException(e);
    }
  }
}
