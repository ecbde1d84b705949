package io.diskmemo;

import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.coordinate.LastingState;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.EntryFilter;
import io.diskmemo.internal.disk.EntryScan;
import io.diskmemo.internal.disk.KindBackups;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.OwnFile;
import io.diskmemo.internal.maintain.Course;
import io.diskmemo.internal.maintain.ExportReader;
import io.diskmemo.internal.maintain.ExportWriter;
import io.diskmemo.internal.maintain.Importing;
import io.diskmemo.internal.maintain.Upkeep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Work on whole kinds that never happens on the way of a call. Immutable; thread-safe. Runs beside
 * applications that use the same directory, and holds the database in short steps.
 *
 * <pre>{@code
 * memo.maintenance().onProgress(progress -> log.info("{}", progress)).run();
 * memo.maintenance().kind("geo").dryRun().evict(EvictionFilter.all().withTag("country:NZ"));
 * }</pre>
 *
 * <p>Long work can be cancelled, by {@link #cancelWhen} or by interrupting its thread: it ends after
 * the step under way, and its reports say what was done until then. A thread that was interrupted has
 * its interrupt again afterwards.
 *
 * <p>What works on several kinds goes on with the others if it fails on one, and then throws a {@link
 * MaintenanceException} that has the reports of the others.
 */
public final class Maintenance {
  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

  private final Kinds kinds;
  private final @Nullable String only;
  private final MaintenanceOptions options;

  /** The kinds of a directory. */
  interface Kinds {
    List<String> names();

    /** Of those that are open, which may have nothing on disk because it could not be used. */
    Set<String> namesInMemory();

    /** Opens one, which must be there. */
    Kind open(String name);

    List<String> namesWithBackups();

    KindBackups backups(String name);

    /** Of a kind that may be missing. */
    Profile profileOf(String name);

    /** Looks whether a kind that something failed on is damaged, which need not be open. */
    boolean isDamaged(String name);

    InstantSource clock();

    List<SettingReport> settings(String name);

    /** Throws unless there is such a kind. */
    void require(String name);

    void sweepTemporaryFiles();

    /** What throttles and averages have. */
    void maintainLastingState();
  }

  Maintenance(Kinds kinds) {
    this(kinds, null, MaintenanceOptions.DEFAULTS);
  }

  private Maintenance(Kinds kinds, @Nullable String only, MaintenanceOptions options) {
    this.kinds = kinds;
    this.only = only;
    this.options = options;
  }

  private Maintenance with(MaintenanceOptions newOptions) {
    return new Maintenance(kinds, only, newOptions);
  }

  /**
   * Narrows to one kind.
   *
   * @param name of a kind that is there
   * @return maintenance of that kind only
   * @throws UnknownKindException if the directory does not hold it
   */
  public Maintenance kind(String name) {
    kinds.require(name);
    return new Maintenance(kinds, name, options);
  }

  /**
   * Narrows to one kind, which need not be there, for {@link #importFrom(Path)}.
   *
   * @param name of a kind
   * @return maintenance of that kind only
   * @throws InvalidSettingException if no kind can have that name
   */
  public Maintenance kindOrNew(String name) {
    return new Maintenance(kinds, KindNames.require(name), options);
  }

  /**
   * Only says what would be done. A database that is found damaged when its kind is opened is replaced
   * all the same, unless {@link Settings#reviveDamaged} says no.
   *
   * @return maintenance that changes nothing
   */
  public Maintenance dryRun() {
    return with(options.dry());
  }

  /**
   * Tells somebody how far it is, often.
   *
   * @param listener called by the thread that does the work, while it holds nothing
   * @return maintenance that tells
   */
  public Maintenance onProgress(Consumer<Progress> listener) {
    return with(options.telling(Objects.requireNonNull(listener, "listener")));
  }

  /**
   * Ends early when somebody says so.
   *
   * @param cancelled asked after each step, by the thread that does the work
   * @return maintenance that asks
   */
  public Maintenance cancelWhen(BooleanSupplier cancelled) {
    return with(options.until(Objects.requireNonNull(cancelled, "cancelled")));
  }

  /**
   * After which time {@link #run} drops the entries of a version of a method that nobody uses, as
   * {@link #dropOutdated} does.
   *
   * @param unusedFor positive; 30 days by default
   * @return maintenance that goes by it
   * @throws IllegalArgumentException if it is not positive
   */
  public Maintenance outdatedAfter(Duration unusedFor) {
    return with(options.unusedFor(positive(unusedFor)));
  }

  private static Duration positive(Duration unusedFor) {
    if (unusedFor.isNegative() || unusedFor.isZero()) {
      throw new IllegalArgumentException(
          "versions are outdated after " + unusedFor + "; give a positive time");
    }
    return unusedFor;
  }

  /** As long as a clock can tell. */
  private static long millis(Duration unusedFor) {
    return unusedFor.compareTo(LONGEST) < 0 ? unusedFor.toMillis() : Long.MAX_VALUE;
  }

  /**
   * Removes what has expired, what evictions hide and what is outdated; checks all that is left, as {@link
   * #repair} does; removes what is over the limit; drops tags that no entry has; deletes files that
   * nobody needs, and gives free room back to the file system. A kind that is damaged and cannot be read
   * is reported as such, and the others are maintained.
   *
   * @return a report for each kind
   * @throws DiskMemoException if a store did not do what was asked, that of throttles and averages
   *     ({@code _coordination}) included; all others are done
   */
  public List<MaintenanceReport> run() {
    Outcomes<MaintenanceReport> outcomes = checked(this::maintained, MaintenanceReport::failed);
    if (!options.dryRun()) {
      attempt("temporary files", kinds::sweepTemporaryFiles, outcomes);
      if (only == null) {
        attempt(LastingState.KIND, kinds::maintainLastingState, outcomes);
      }
    }
    return outcomes.reports();
  }

  /** What fails here takes nothing from what is known of the kinds. */
  private static void attempt(String what, Runnable work, Outcomes<?> outcomes) {
    try {
      explicit(() -> {
        work.run();
        return true;
      });
    } catch (DiskMemoException e) {
      outcomes.failed(what, e);
    }
  }

  private MaintenanceReport maintained(Kind kind, Course course) {
    KindStore store = kind.store();
    Upkeep upkeep = new Upkeep(store, course);
    long unusedMillis = millis(options.unusedFor());
    Upkeep.Done done = options.dryRun() ? upkeep.dryRun(unusedMillis) : upkeep.run(unusedMillis);
    if (!options.dryRun()) {
      kind.removed(Event.EXPIRED, done.expired());
      kind.removed(Event.CULLED, done.culled());
      kind.removed(Event.EVICTED, done.outdated());
    }
    KindStore.Size size = store.size();
    return new MaintenanceReport(
        kind.name(),
        done.expired(),
        done.culled(),
        done.outdated(),
        done.tags(),
        done.files(),
        done.freedBytes(),
        kind.report(done.check()),
        size.entries(),
        size.bytes(),
        done.complete());
  }

  /**
   * Looks at every entry, and changes nothing. A kind that is damaged and cannot be read is reported as
   * such. One whose database had to be revived to be opened is reported as repaired; {@link
   * Settings#reviveDamaged} can say that none is.
   *
   * @return a report for each kind
   * @throws DiskMemoException if a kind could not be looked at, which says nothing about it; all others
   *     are done
   */
  public List<CheckReport> check() {
    return checked(false);
  }

  /**
   * Looks at every entry, removes the damaged and those whose files are missing, and mends sums that
   * are wrong. A kind that is damaged and cannot be read is reported as such.
   *
   * @return a report for each kind
   * @throws DiskMemoException if a kind could not be looked at, which says nothing about it; all others
   *     are done
   */
  public List<CheckReport> repair() {
    return checked(!options.dryRun());
  }

  private List<CheckReport> checked(boolean repair) {
    return checked(
            (kind, course) -> kind.report(new Upkeep(kind.store(), course).check(repair)),
            report -> report)
        .reports();
  }

  /** Damage is what a check is to find, and no failure of it. */
  private <T> Outcomes<T> checked(Work<T> work, Function<CheckReport, T> ofDamaged) {
    return outcomes(names(kinds.names()), (name, course) -> {
      try {
        return List.of(onOpened(name, work, course));
      } catch (DamagedKindException e) {
        return List.of(
            ofDamaged.apply(new CheckReport(name, 0, 0, List.of(e.problem()), false, List.of())));
      }
    });
  }

  /**
   * Removes the entries of versions of methods that nobody uses: a version is outdated if another one
   * of the same method was used or stored later, and it was not itself for a while. It counts as used
   * when a wrapper of it is bound, as far as the process wrote to the kind afterwards.
   *
   * @param unusedFor positive
   * @return a report for each kind
   * @throws IllegalArgumentException if it is not positive
   * @throws DiskMemoException if a store did not do what was asked; all others are done
   */
  public List<EvictionReport> dropOutdated(Duration unusedFor) {
    long millis = millis(positive(unusedFor));
    return forEach((kind, course) -> new EvictionReport(
        kind.name(),
        options.dryRun()
            ? kind.store().countOutdated(millis)
            : kind.removed(
                Event.EVICTED, kind.store().dropOutdated(millis, course.begin("drop outdated")))));
  }

  /**
   * Evicts entries. Once it returns, no call that starts later in any process gets one of them, and
   * they are removed from the database; an interrupt puts off the removal of more than 1,000. Kinds that
   * were not begun when it was cancelled are left, and have no report.
   *
   * @param filter which
   * @return a report for each kind
   * @throws DiskMemoException if a store did not do what was asked; all others are done
   */
  public List<EvictionReport> evict(EvictionFilter filter) {
    EntryFilter entries = filter.toEntries();
    if (options.dryRun()) {
      return forEach(
          (kind, course) -> new EvictionReport(kind.name(), kind.store().count(entries)));
    }
    Work<List<EvictionReport>> work =
        (kind, course) -> List.of(new EvictionReport(kind.name(), evicted(kind, entries, course)));
    Set<String> all = new TreeSet<>(kinds.namesInMemory());
    DiskMemoException unlisted = null;
    try {
      all.addAll(kinds.names());
    } catch (DiskMemoException e) {
      unlisted = e; // what is in memory is evicted all the same
    }
    Outcomes<EvictionReport> outcomes = outcomes(
        names(List.copyOf(all)),
        (name, course) ->
            options.cancelled().getAsBoolean() ? List.of() : onOpened(name, work, course));
    if (unlisted != null) {
      outcomes.failed("the other kinds", unlisted);
    }
    return outcomes.reports();
  }

  /** Whoever evicts here may end right after it, and nobody else may come for long. */
  private static long evicted(Kind kind, EntryFilter entries, Course course) {
    long evicted = kind.evict(entries);
    kind.store().removeEvicted(course.begin("remove evicted"));
    return evicted;
  }

  /**
   * Evicts everything.
   *
   * @return a report for each kind
   * @throws DiskMemoException if a store did not do what was asked; all others are done
   */
  public List<EvictionReport> clear() {
    return evict(EvictionFilter.all());
  }

  /**
   * What all processes counted since the kinds were made, as far as they wrote it down: they do now
   * and then, and when they end.
   *
   * @return for each kind
   * @throws DiskMemoException if a store did not do what was asked
   */
  public List<Stats> stats() {
    return forEach((kind, course) -> kind.totals());
  }

  /**
   * How many backups {@link #backup} keeps of a kind.
   *
   * @param backups 1 or more; 2 by default
   * @return maintenance that goes by it
   */
  public Maintenance keepBackups(int backups) {
    if (backups < 1) {
      throw new IllegalArgumentException("keep " + backups + " backups? keep at least 1");
    }
    return with(options.keeping(backups));
  }

  /**
   * Makes a backup of each kind in its directory, while others read and write. Entries that are
   * damaged are left out. Only when it is whole are old ones deleted, down to {@link #keepBackups}.
   *
   * @return a report for each kind
   * @throws DiskMemoException if a backup could not be made; all others are
   */
  public List<BackupReport> backup() {
    return outcomes(
            names(kinds.names()),
            (name, course) -> List.of(namingDamage(name, () -> backedUp(name, course))))
        .reports();
  }

  private BackupReport backedUp(String name, Course course) {
    if (options.dryRun()) {
      KindStore.Size size = kinds.open(name).store().size();
      return new BackupReport(name, Optional.empty(), size.entries(), size.bytes());
    }
    return kinds
        .backups(name)
        .make(options.keptBackups(), course.begin("back up"))
        .map(saved -> report(name, saved))
        .orElse(new BackupReport(name, Optional.empty(), 0, 0));
  }

  private static BackupReport report(String kind, KindBackups.Saved saved) {
    return new BackupReport(kind, Optional.of(saved.name()), saved.entries(), saved.sizeBytes());
  }

  /**
   * The whole backups of each kind, the newest first.
   *
   * @return a report for each backup
   * @throws DiskMemoException if they cannot be read
   */
  public List<BackupReport> backups() {
    return outcomes(
            names(kinds.namesWithBackups()),
            (name, course) -> kinds.backups(name).list().stream()
                .map(saved -> report(name, saved))
                .toList())
        .reports();
  }

  /**
   * Puts the newest sound backup of each kind in the place of what it holds, for all processes at once:
   * what was stored since is gone. What was evicted since stays evicted. Where the database is missing
   * or cannot be read, nobody knows what was evicted since the backup, and the report says so; then
   * large values come back from their files too, also without a backup.
   *
   * @return a report for each kind that has backups or is chosen
   * @throws DiskMemoException if a kind could not be restored; all others are
   */
  public List<RestoreReport> restore() {
    return restoredFrom(null);
  }

  /**
   * As {@link #restore()}, from a named backup.
   *
   * @param backup name, as {@link #backups} says
   * @return a report
   * @throws DiskMemoException if there is no such backup, or it is damaged
   */
  public List<RestoreReport> restore(String backup) {
    return restoredFrom(Objects.requireNonNull(backup, "backup"));
  }

  private List<RestoreReport> restoredFrom(@Nullable String backup) {
    return outcomes(
            names(kinds.namesWithBackups()),
            (name, course) -> List.of(restored(name, backup, course)))
        .reports();
  }

  private RestoreReport restored(String name, @Nullable String backup, Course course) {
    if (options.dryRun()) {
      return kinds
          .backups(name)
          .toBeRestored(backup)
          .map(saved -> new RestoreReport(
              name, Optional.of(saved.name()), saved.entries(), 0, 0, 0, 0, true, false))
          .orElse(RestoreReport.nothing(name));
    }
    Optional<KindBackups.Restored> restored =
        kinds.backups(name).restore(backup, course.begin("restore"));
    if (restored.isEmpty()) {
      return RestoreReport.nothing(name);
    }
    KindStore store = kinds.open(name).store();
    store.cull(course.begin("cull"));
    store.removeEvicted(course.begin("sweep"));
    KindBackups.Restored done = restored.get();
    return new RestoreReport(
        name,
        Optional.ofNullable(done.backup()),
        done.fromBackup(),
        done.fromFiles(),
        done.damaged(),
        done.evicted(),
        done.expired(),
        done.evictionsKnown(),
        true);
  }

  /**
   * Writes entries to a file, which only its owner can read, while others read and write. Damaged and
   * expired entries are left out. If it is cancelled, there is no file.
   *
   * @param file that is not there yet
   * @return a report for each kind
   * @throws DiskMemoException if the file cannot be written or a kind not be read
   */
  public List<ExportReport> exportTo(Path file) {
    return exportTo(file, EvictionFilter.all());
  }

  /**
   * As {@link #exportTo(Path)}, only some entries.
   *
   * @param file that is not there yet
   * @param filter which
   * @return a report for each kind
   * @throws DiskMemoException if the file cannot be written or a kind not be read
   */
  public List<ExportReport> exportTo(Path file, EvictionFilter filter) {
    EntryFilter entries = filter.toEntries();
    if (options.dryRun()) {
      return forEach(
          (kind, course) -> new ExportReport(kind.name(), kind.store().count(entries), 0));
    }
    List<ExportReport> reports = new ArrayList<>();
    try {
      OwnFile.create(file.toAbsolutePath(), out -> {
        ExportWriter writer = new ExportWriter(out);
        boolean complete = true;
        for (String name : names(kinds.names())) {
          try (Course course = course(name)) {
            EntryScan.Result result =
                namingDamage(name, () -> written(name, entries, writer, course));
            reports.add(new ExportReport(name, result.shown(), result.damaged()));
            complete &= !course.isCancelled();
          }
        }
        writer.end();
        return complete;
      });
    } catch (UncheckedIOException e) {
      throw failure("export", file, e);
    } catch (IOException e) {
      throw new ExportFileException("export", file, e);
    }
    return List.copyOf(reports);
  }

  private static ExportFileException failure(
      String operation, Path file, UncheckedIOException failure) {
    return new ExportFileException(operation, file, Objects.requireNonNull(failure.getCause()));
  }

  private EntryScan.Result written(
      String name, EntryFilter entries, ExportWriter writer, Course course) {
    try {
      return kinds
          .open(name)
          .store()
          .scan(entries, entry -> writer.write(name, entry), course.begin("export"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Stores the entries of a file, with the tags and the time to live that they had; kinds that are not
   * there are made. Live entries stay, expired ones are left out. All of the file is checked before the
   * first entry is stored.
   *
   * @param file that {@link #exportTo(Path)} wrote
   * @return a report for each kind in the file
   * @throws DiskMemoException if the file is not what it should be, and then nothing is stored; or if a
   *     kind cannot be written
   */
  public List<ImportReport> importFrom(Path file) {
    return importFrom(file, EvictionFilter.all());
  }

  /**
   * As {@link #importFrom(Path)}, only some entries.
   *
   * @param file that {@link #exportTo(Path)} wrote
   * @param filter which
   * @return a report for each kind in the file
   * @throws DiskMemoException as there
   */
  public List<ImportReport> importFrom(Path file, EvictionFilter filter) {
    try (ExportReader reader = ExportReader.open(file);
        Course course = course(only == null ? "" : only)) {
      if (!reader.isSound(course.begin("check the file"), KindNames::isValid)) {
        return List.of();
      }
      Map<String, Importing.Target> counted = new HashMap<>();
      Importing importing = new Importing(
          name ->
              options.dryRun() ? counted.computeIfAbsent(name, this::targetIfThere) : target(name),
          filter.toEntries(),
          options.dryRun(),
          kinds.clock());
      Map<String, Importing.Counts> counts = explicit(() -> imported(importing, reader, course));
      boolean complete = !course.isCancelled();
      return counts.entrySet().stream()
          .map(kind -> report(kind.getKey(), kind.getValue(), complete))
          .toList();
    } catch (UncheckedIOException e) {
      throw failure("import", file, e);
    } catch (IOException e) {
      throw new ExportFileException("import", file, e);
    }
  }

  private Map<String, Importing.Counts> imported(
      Importing importing, ExportReader reader, Course course) {
    try {
      return importing.run(
          reader, name -> only == null || only.equals(name), course.begin("import"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Importing.Target target(String name) {
    Kind kind = kinds.open(name);
    return new Importing.Target(kind.store(), kind.profile().maxEntrySize());
  }

  /** Makes nothing. */
  private Importing.Target targetIfThere(String name) {
    return kinds.names().contains(name)
        ? target(name)
        : new Importing.Target(null, kinds.profileOf(name).maxEntrySize());
  }

  private static ImportReport report(String kind, Importing.Counts counts, boolean complete) {
    return new ImportReport(
        kind,
        counts.stored(),
        counts.present(),
        counts.expired(),
        counts.noRoom(),
        counts.otherKey(),
        complete);
  }

  /**
   * The settings of each kind, and where they come from.
   *
   * @return in the order of kinds and names
   * @throws DiskMemoException if a kind cannot be opened
   */
  public List<SettingReport> settings() {
    return forEachOf((kind, course) -> kinds.settings(kind.name()));
  }

  /**
   * The tags of each kind, with what has them. Looks at all entries that have tags.
   *
   * @return in the order of kinds and names
   * @throws DiskMemoException if a kind cannot be read
   */
  public List<TagReport> tags() {
    return forEachOf((kind, course) -> kind.store().tags().stream()
        .map(tag -> new TagReport(kind.name(), tag.tag(), tag.entries(), tag.bytes()))
        .toList());
  }

  /**
   * The known method whose name is nearest to what somebody wrote.
   *
   * @param name with parameter types, or without
   * @return empty if none is near
   */
  public Optional<String> nearestMethod(String name) {
    List<String> known = methodNames();
    return Nearest.to(
        name,
        Stream.concat(known.stream(), known.stream().map(Maintenance::withoutParameters))
            .toList());
  }

  private static String withoutParameters(String method) {
    int parameters = method.indexOf('(');
    return parameters < 0 ? method : method.substring(0, parameters);
  }

  /**
   * The methods that results are or were stored of.
   *
   * @return names with parameter types, in order
   * @throws DiskMemoException if a kind cannot be read
   */
  public List<String> methodNames() {
    return forEachOf((kind, course) -> kind.store().methodNames()).stream()
        .distinct()
        .sorted()
        .toList();
  }

  private interface Work<T> {
    T on(Kind kind, Course course);
  }

  private <T> List<T> forEach(Work<T> work) {
    return forEachOf((kind, course) -> List.of(work.on(kind, course)));
  }

  /** As {@link #forEach}, where one kind has several things to report, or none. */
  private <T> List<T> forEachOf(Work<List<T>> work) {
    return outcomes(names(kinds.names()), (name, course) -> onOpened(name, work, course))
        .reports();
  }

  private <T> T onOpened(String name, Work<T> work, Course course) {
    return namingDamage(name, () -> worked(work, kinds.open(name), course));
  }

  private static <T> T worked(Work<T> work, Kind kind, Course course) {
    try {
      return work.on(kind, course);
    } catch (DiskException e) {
      throw kind.failed(e);
    }
  }

  /** What only points to damage is looked into; where that cannot be done, nobody knows. */
  private <T> T namingDamage(String name, Supplier<T> work) {
    try {
      return explicit(work);
    } catch (StoreException e) {
      if (e.getCause() instanceof DiskException disk
          && disk.pointsToDamage()
          && isDamaged(name, e)) {
        throw new DamagedKindException(name, e);
      }
      throw e;
    }
  }

  private boolean isDamaged(String name, StoreException met) {
    try {
      return kinds.isDamaged(name);
    } catch (DiskException e) {
      met.addSuppressed(e);
      return false;
    }
  }

  private List<String> names(List<String> all) {
    return only == null ? all : List.of(only);
  }

  private interface NamedWork<T> {
    List<T> on(String kind, Course course);
  }

  /** Does the work on all kinds, also if it fails on one. */
  private <T> Outcomes<T> outcomes(List<String> names, NamedWork<T> work) {
    Outcomes<T> outcomes = new Outcomes<>();
    for (String name : names) {
      try (Course course = course(name)) {
        course.isCancelled(); // takes an interrupt, under which channels would close
        outcomes.done(explicit(() -> work.on(name, course)));
      } catch (DiskMemoException e) {
        outcomes.failed(name, e);
      }
    }
    return outcomes;
  }

  private Course course(String kind) {
    return new Course(
        (task, done) -> options.listener().accept(new Progress(kind, task, done)),
        options.cancelled());
  }

  private static <T> T explicit(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (DiskException e) {
      throw new StoreException(e);
    }
  }
}
