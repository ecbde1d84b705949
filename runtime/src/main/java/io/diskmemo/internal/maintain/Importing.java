package io.diskmemo.internal.maintain;

import io.diskmemo.internal.disk.Content;
import io.diskmemo.internal.disk.EntryFilter;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.MethodName;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.Pace;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.internal.maintain.ExportFile.Description;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stores the entries of a file that is sound, some in each transaction. Live entries that are there
 * stay. Not thread-safe.
 */
public final class Importing {
  private static final int ENTRIES_PER_TRANSACTION = 200;
  private static final long BYTES_PER_TRANSACTION = 4 << 20;

  private final Function<String, Target> targets;
  private final EntryFilter filter;
  private final boolean dryRun;
  private final InstantSource clock;
  private final Map<String, Counts> counts = new TreeMap<>();
  private final List<NewEntry> waiting = new ArrayList<>();
  private String waitingKind = "";
  private long waitingBytes;

  /**
   * Where the entries of a kind go.
   *
   * @param store of the kind; null where only a count is wanted, and there is no such kind yet
   * @param maxEntryBytes of a value
   */
  public record Target(@Nullable KindStore store, long maxEntryBytes) {
    private boolean hasOtherKeyThan(Content value) throws IOException {
      return store != null && store.isOfOtherKey(value);
    }

    private KindStore required() {
      return Objects.requireNonNull(store, "what is stored has a place");
    }
  }

  /**
   * What became of the entries of a kind.
   *
   * @param stored are on disk now, or would be unless others are in the way
   * @param present were there, and stay
   * @param expired were past their time
   * @param noRoom found none, or were larger than an entry may be
   * @param otherKey are encrypted with another key than the kind has
   */
  public record Counts(long stored, long present, long expired, long noRoom, long otherKey) {
    private Counts plus(Counts other) {
      return new Counts(
          stored + other.stored,
          present + other.present,
          expired + other.expired,
          noRoom + other.noRoom,
          otherKey + other.otherKey);
    }
  }

  /**
   * An import.
   *
   * @param targets finds or makes a kind by its name
   * @param filter which entries
   * @param dryRun only to count
   * @param clock for expiry
   */
  public Importing(
      Function<String, Target> targets, EntryFilter filter, boolean dryRun, InstantSource clock) {
    this.targets = targets;
    this.filter = filter;
    this.dryRun = dryRun;
    this.clock = clock;
  }

  /**
   * Does it, after the reader found the file to be sound.
   *
   * @param reader of the file
   * @param isWanted whether a kind is wanted
   * @param pace says how long it goes on
   * @return what became of the entries of each kind
   * @throws IOException if the file cannot be read
   */
  public Map<String, Counts> run(ExportReader reader, Function<String, Boolean> isWanted, Pace pace)
      throws IOException {
    reader.eachEntry(
        entry -> {
          Description description = entry.description();
          if (isWanted.apply(description.kind()) && isChosen(description)) {
            take(description, entry.valueToStore());
          }
        },
        pace);
    storeWaiting();
    return counts;
  }

  private boolean isChosen(Description entry) {
    String tag = filter.tag();
    String method = filter.method();
    String name = entry.method().name();
    return (tag == null || entry.tags().contains(tag))
        && (method == null || name.equals(method) || name.startsWith(method + "("));
  }

  private void take(Description entry, Content value) throws IOException {
    if (entry.expiresMillis() <= clock.millis()) {
      count(entry.kind(), new Counts(0, 0, 1, 0, 0));
    } else if (targets.apply(entry.kind()).hasOtherKeyThan(value)) {
      count(entry.kind(), new Counts(0, 0, 0, 0, 1));
    } else if (value.sizeBytes() > targets.apply(entry.kind()).maxEntryBytes()) {
      count(entry.kind(), new Counts(0, 0, 0, 1, 0));
    } else if (dryRun) {
      count(entry.kind(), new Counts(1, 0, 0, 0, 0));
    } else {
      add(entry, value);
    }
  }

  private void add(Description entry, Content value) throws IOException {
    if (!waitingKind.equals(entry.kind())
        || waiting.size() >= ENTRIES_PER_TRANSACTION
        || waitingBytes + value.sizeBytes() > BYTES_PER_TRANSACTION) {
      storeWaiting();
    }
    waitingKind = entry.kind();
    waitingBytes += value.sizeBytes();
    waiting.add(new NewEntry(
        entry.key(),
        entry.method(),
        entry.tags(),
        entry.expiresMillis(),
        entry.costNanos(),
        value.sizeBytes() <= BYTES_PER_TRANSACTION ? inMemory(value) : value,
        entry.method().equals(MethodName.BY_HAND) ? NewEntry.Mode.ADD : NewEntry.Mode.PUBLISH,
        NewEntry.NOW));
  }

  private static Content inMemory(Content value) throws IOException {
    try (InputStream in = value.newInputStream()) {
      byte[] bytes = in.readAllBytes();
      return value.sealedAt().isPresent()
          ? Content.sealed(bytes, value.sealedAt().getAsLong())
          : Content.of(bytes);
    }
  }

  private void storeWaiting() {
    if (!waiting.isEmpty()) {
      List<Stored> stored = targets.apply(waitingKind).required().storeEach(List.copyOf(waiting));
      stored.forEach(one -> count(waitingKind, countsOf(one.outcome())));
      waiting.clear();
      waitingBytes = 0;
    }
  }

  private static Counts countsOf(Stored.Outcome outcome) {
    return switch (outcome) {
      case STORED -> new Counts(1, 0, 0, 0, 0);
      case PRESENT -> new Counts(0, 1, 0, 0, 0);
      default -> new Counts(0, 0, 0, 1, 0);
    };
  }

  private void count(String kind, Counts one) {
    counts.merge(kind, one, Counts::plus);
  }
}
