package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the databases of a kind back that are damaged, without being asked (see docs/decisions/0019).
 * Of several processes one does it, under the kind's lock for backups, and the others find the new
 * databases by their generation. A process that dies on the way leaves the damaged one, or the new one.
 * Thread-safe.
 */
final class Rescue {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private final StoreDirectory store;
  private final String kind;
  private final StoreLimits limits;
  private final InstantSource clock;
  private final KindBackups backups;

  Rescue(StoreDirectory store, String kind, StoreLimits limits, InstantSource clock) {
    this.store = store;
    this.kind = kind;
    this.limits = limits;
    this.clock = clock;
    this.backups = new KindBackups(store, kind, limits, clock);
  }

  /** Whether this process is to do it. */
  boolean isAllowed() {
    return store.revives();
  }

  /**
   * Looks once at each database.
   *
   * @return whether one of them is damaged
   */
  boolean isNeeded() {
    try {
      for (KindFiles files : databases()) {
        Database database = new Database(files::database, limits);
        if (new DatabaseLook(files, database).once() != DatabaseLook.Live.SOUND) {
          return true;
        }
      }
      return false;
    } catch (SQLException e) {
      throw new DiskException("look at the database", e);
    } catch (IOException e) {
      throw new DiskException("look at the database", e);
    }
  }

  private List<KindFiles> databases() throws IOException {
    return store.createKind(kind, StoreDirectory.AS_IT_IS);
  }

  /** Deletes what somebody left who died on the way. */
  void sweep() {
    backups.sweep();
  }

  /**
   * Looks twice at each database, and puts a new one in the place of each that is damaged both times.
   *
   * @return what was done
   * @throws DiskException that is transient if another process is at it; else if this process is not
   *     to do it, or it could not be done
   */
  List<Rescued> run() {
    if (!isAllowed()) {
      throw DiskException.damaged(
          "revive", "the databases of kind " + kind + " are left as they are, as the settings say");
    }
    return backups.locked("revive", () -> {
      List<Rescued> done = new ArrayList<>();
      List<KindFiles> databases = databases();
      for (int i = 0; i < databases.size(); i++) {
        rescued(i, databases).ifPresent(done::add);
      }
      return done;
    });
  }

  private Optional<Rescued> rescued(int index, List<KindFiles> databases)
      throws IOException, SQLException {
    KindFiles files = databases.get(index);
    Path workshop = backups.newWorkshop();
    try {
      Revival revival =
          new Revival(files, limits.dividedBy(databases.size()), clock, workshop, Pace.TO_THE_END);
      if (revival.isNeedless()) {
        return Optional.empty();
      }
      Path damaged = files.database(Math.max(files.namedGeneration().orElse(0), 1));
      Optional<Backup> backup =
          backups.newestSound().filter(one -> one.parts().size() == databases.size());
      Revival.Revived revived =
          revival.runUnasked(backup.map(one -> one.part(index)).orElse(null)).orElse(null);
      if (revived == null) {
        return Optional.empty();
      }
      Rescued done = new Rescued(
          damaged.getFileName().toString(),
          revived.fromBackup() > 0 ? backup.map(Backup::name) : Optional.empty(),
          revived.fromBackup(),
          revived.fromFiles());
      LOG.warn("kind {}: {}", kind, done);
      new Quarantine(files.directory(), clock).takeDatabase(damaged, done + "\n");
      return Optional.of(done);
    } finally {
      KindBackups.deleteAll(workshop);
    }
  }
}
