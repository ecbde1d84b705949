package io.diskmemo.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.internal.disk.LeaseFile;
import io.diskmemo.internal.disk.MappedWrites;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.key.Key;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.Threads;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The leases of a directory, with clocks that stand still and threads that may not be had. */
class LeasesTest {
  /** So long that nothing is renewed while a test runs. */
  private static final Duration TTL = Duration.ofHours(1);

  @TempDir
  Path root;

  private final Threads threads = new Threads();
  private final StallingDisk disk = new StallingDisk();
  private final TestClock clock = new TestClock();
  private final AtomicLong nanos = new AtomicLong(1_000);
  private final AtomicBoolean noThreads = new AtomicBoolean();
  private StoreDirectory directory;
  private Leases leases;

  @BeforeEach
  void open() {
    directory = StoreDirectory.openOrCreate(root.resolve("store"));
    ThreadFactory factory = work -> new Thread(work) {
      @Override
      public synchronized void start() {
        if (noThreads.get()) {
          throw new OutOfMemoryError("unable to create native thread");
        }
        super.start();
      }
    };
    leases = new Leases(directory, directory.identity(), clock, nanos::get, factory, disk.writes());
  }

  @AfterEach
  void close() {
    disk.close();
    threads.close();
    leases.close();
  }

  private static Key key(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    bytes[7] = (byte) number;
    return Key.of(bytes);
  }

  private static WaitTerms terms(Duration longest) {
    return new WaitTerms("k", "m", longest, WaitObserver.NONE);
  }

  private Optional<Lease> tryTake(int number) {
    return leases.tryTake(new LeaseRequest(key(number), TTL, terms(Duration.ZERO)));
  }

  private Exclusion.Outcome exclusive(int number, Duration longest) throws Exception {
    return leases.exclusion().take(List.of(key(number)), TTL, terms(longest));
  }

  private void second() {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void whereAllNumbersAreTakenTheFileIsOpenedOnce() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "needs /proc");
    try (LeaseFile others = LeaseFile.open(directory)) {
      for (int i = 0; i < SlotTable.MOST_OWNERS; i++) {
        others.takeNumber(SlotTable.MOST_OWNERS);
      }
      for (int i = 0; i < 10; i++) {
        assertThat(tryTake(1)).isEmpty();
        assertThat(exclusive(1, Duration.ZERO)).isInstanceOf(Exclusion.Impossible.class);
        second();
      }
      assertThat(descriptors()).isEqualTo(2); // that of the others, and ours
    }

    assertThat(tryTake(1)).isPresent();
    assertThat(descriptors()).isEqualTo(1);
  }

  private long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(this::isOfTheFile).count();
    }
  }

  private boolean isOfTheFile(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file().toRealPath());
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  private Path file() {
    return directory.root().resolve("leases");
  }

  @Test
  void whereNoThreadCanBeStartedNoLeaseIsTakenAndLaterTheyAreRenewed() throws Exception {
    noThreads.set(true);
    assertThat(tryTake(1)).isEmpty();
    assertThat(exclusive(1, Duration.ofDays(1)))
        .isEqualTo(new Exclusion.Impossible("no thread can be started that renews leases", true));
    noThreads.set(false);
    second();
    Duration shortLife = Duration.ofMillis(100);
    Lease lease = leases
        .tryTake(new LeaseRequest(key(1), shortLife, terms(Duration.ZERO)))
        .orElseThrow();
    long word = leases.table().slots().word(lease.slot());

    Threads.until(() -> leases.table().slots().word(lease.slot()) != word);
    assertThat(lease.isHeld()).isTrue();
  }

  /** Its wait began before another was granted, whose file somebody removed. */
  @Test
  void tokenIsOfTheTimeOfTheGrant() throws Exception {
    Exclusion.Granted held = (Exclusion.Granted) exclusive(1, Duration.ZERO);
    LinkedBlockingQueue<Thread> waiter = new LinkedBlockingQueue<>();
    Future<Exclusion.Outcome> waiting = threads.begin(() -> {
      waiter.add(Thread.currentThread());
      return exclusive(1, Duration.ofDays(1));
    });
    Thread waits = waiter.take();
    Threads.until(() -> waits.getState() == Thread.State.TIMED_WAITING);
    clock.advance(Duration.ofMinutes(1));
    Exclusion.Granted earlier = (Exclusion.Granted) exclusive(2, Duration.ZERO);
    clock.advance(Duration.ofMillis(1));
    Files.delete(file());
    Exclusion.Granted later = (Exclusion.Granted) Threads.result(waiting);

    assertThat(earlier.token()).isGreaterThan(held.token());
    assertThat(later.token()).isGreaterThan(earlier.token());
  }

  @Test
  void manyTriesWithoutAWaitSeeALeaseExpire() throws Exception {
    LeaseFile file = LeaseFile.open(directory); // of a holder who lives, and renews nothing
    LeaseTable stopped =
        new LeaseTable(file, file.takeNumber(SlotTable.MOST_OWNERS), MappedWrites.toMemory());
    SlotKey slots = new LeaseRequest(key(1), TTL, terms(Duration.ZERO)).slotKey();
    LeaseTable.Taking taking = stopped.take(slots, TTL.toMillis(), 1, null);
    Lease lease = ((LeaseTable.Taken) taking).lease();
    int tries = 1;
    while (tries < 100 && tryTake(1).isEmpty()) {
      nanos.addAndGet(TTL.dividedBy(10).toNanos());
      tries++;
    }

    assertThat(tries).isEqualTo(11);
    assertThat(lease.isHeld()).isFalse();
    file.close();
  }

  @Test
  void fileThatIsCutShortIsReplaced() throws Exception {
    Lease lost = tryTake(1).orElseThrow();
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
    second();
    Lease lease = tryTake(1).orElseThrow();

    assertThat(lost.isHeld()).isFalse();
    assertThat(lease.isHeld()).isTrue();
    lost.close();
    assertThat(Files.size(file())).isEqualTo(LeaseFile.WORDS * 8L);
  }

  @Test
  void whileTheDiskDoesNotAnswerNobodyComputesUnderALeaseAndLocksAreWaitedFor() throws Exception {
    assertThat(tryTake(1)).isPresent();
    Future<Boolean> held = disk.stall();
    assertThat(tryTake(2)).isEmpty();
    assertThat(exclusive(3, Duration.ZERO)).isInstanceOf(Exclusion.NotInTime.class);
    Future<Exclusion.Outcome> waiting = threads.begin(() -> exclusive(3, Exclusion.FOR_EVER));
    disk.answer(held);

    assertThat(Threads.result(waiting)).isInstanceOf(Exclusion.Granted.class);
    assertThat(tryTake(2)).isPresent();
  }

  @Test
  void fileIsNotOpenedWhileTheDiskDoesNotAnswer() throws Exception {
    Future<Boolean> held = disk.stall();
    assertThat(tryTake(1)).isEmpty();
    assertThat(exclusive(3, Duration.ZERO)).isInstanceOf(Exclusion.NotInTime.class);
    assertThat(file()).doesNotExist();
    disk.answer(held);
    second();
    assertThat(tryTake(1)).isPresent();
  }

  @Test
  void nothingIsMadeInADirectoryThatIsRefused() throws Exception {
    Path link = Files.createSymbolicLink(root.resolve("link"), directory.root());
    StoreDirectory refused = StoreDirectory.openLater(link);
    try (Leases none = new Leases(refused, "link", clock, nanos::get, Thread::new, disk.writes())) {
      Exclusion.Outcome outcome = none.exclusion().take(List.of(key(1)), TTL, terms(Duration.ZERO));
      assertThat(outcome).isInstanceOf(Exclusion.Impossible.class);
      assertThat(((Exclusion.Impossible) outcome).reason()).contains("is a symbolic link");
    }
    assertThat(file()).doesNotExist();
  }
}
