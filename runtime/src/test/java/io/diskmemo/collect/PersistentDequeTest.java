package io.diskmemo.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.PersistentDeque;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.testkit.Codecs;
import io.diskmemo.testkit.CollectionFiles;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.Threads;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistentDequeTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir
  Path directory;

  private DiskMemo memo;

  record Job(String name, int priority) {}

  @BeforeEach
  void open() {
    memo = Stores.open(directory);
  }

  @AfterEach
  void close() {
    memo.close();
  }

  private void reopen() {
    memo.close();
    memo = Stores.open(directory);
  }

  private PersistentDeque<String> deque() {
    return memo.deque("jobs", String.class);
  }

  @Test
  void elementsOutliveTheProcessThatPushedThem() {
    deque().add("b");
    deque().push("a");
    deque().addLast("c");
    reopen();

    assertThat(deque()).containsExactly("a", "b", "c").hasSize(3).hasToString("[a, b, c]");
    assertThat(deque().pollLast()).isEqualTo("c");
    assertThat(deque().pop()).isEqualTo("a");
    reopen();
    assertThat(deque()).containsExactly("b");
    assertThat(deque().name()).isEqualTo("jobs");
  }

  @Test
  void anotherInstanceSeesWhatIsPushedAtOnce() {
    try (DiskMemo other = Stores.open(directory)) {
      PersistentDeque<String> theirs = other.deque("jobs", String.class);
      deque().add("a");
      assertThat(theirs.peekFirst()).isEqualTo("a");
      assertThat(theirs.pollFirst()).isEqualTo("a");
      assertThat(deque().isEmpty()).isTrue();
    }
  }

  @Test
  void emptyDequeSaysSo() {
    assertThat(deque().pollFirst()).isNull();
    assertThat(deque().peekLast()).isNull();
    assertThatThrownBy(() -> deque().removeLast())
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("deque jobs is empty");
    assertThatThrownBy(() -> deque().getFirst()).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void nullIsRefused() {
    assertThatThrownBy(() -> deque().add(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> deque().offerFirst(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> deque().addAll(Arrays.asList("a", null)))
        .isInstanceOf(NullPointerException.class);
    assertThat(deque().contains(null)).isFalse();
    assertThat(deque()).isEmpty();
  }

  @Test
  void fullDequeRefusesAndDropsNothing() {
    PersistentDeque<String> bounded = memo.deque("jobs", String.class, 2);

    assertThat(bounded.offer("a")).isTrue();
    assertThat(bounded.offerFirst("b")).isTrue();
    assertThat(bounded.offer("c")).isFalse();
    assertThat(bounded.offerFirst("c")).isFalse();
    assertThatThrownBy(() -> bounded.add("c"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("deque jobs is full");
    assertThatThrownBy(() -> bounded.push("c")).isInstanceOf(IllegalStateException.class);
    bounded.pollLast();
    assertThatThrownBy(() -> bounded.addAll(List.of("c", "d")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(bounded).containsExactly("b");
    assertThat(bounded.addAll(List.of("c"))).isTrue();
    assertThat(bounded.addAll(List.of())).isFalse();
    assertThat(bounded).containsExactly("b", "c");
  }

  @Test
  void maximumHoldsForAllWhoAddAndStaysWhenNobodyStatesIt() {
    memo.deque("jobs", String.class, 2).addAll(List.of("a", "b"));
    reopen();
    try (DiskMemo other = Stores.open(directory)) {
      PersistentDeque<String> theirs = other.deque("jobs", String.class);
      assertThat(deque().maximumLength()).hasValue(2);
      assertThat(deque().offer("c")).isFalse();

      memo.deque("jobs", String.class, 1);
      assertThat(theirs.maximumLength()).hasValue(1);
      assertThat(theirs).hasSize(2);
      theirs.pop();
      assertThat(theirs.offer("c")).isFalse();

      memo.deque("jobs", String.class, Long.MAX_VALUE);
      assertThat(theirs.maximumLength()).isEmpty();
      assertThat(theirs.offer("c")).isTrue();
    }
    assertThatThrownBy(() -> memo.deque("jobs", String.class, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 or more");
  }

  @Test
  void objectsListsAndTypesOfACodecAreElements() {
    PersistentDeque<Job> jobs = memo.deque("records", Job.class);
    jobs.add(new Job("a", 1));
    assertThat(jobs.contains(new Job("a", 1))).isTrue();
    assertThat(jobs.remove(new Job("a", 2))).isFalse();
    assertThat(jobs.remove()).isEqualTo(new Job("a", 1));

    PersistentDeque<List<String>> texts = memo.deque("texts", new Codecs.Texts());
    texts.add(new ArrayList<>(List.of("x", "y")));
    texts.getFirst().add("only in this copy");
    assertThat(texts.getFirst()).containsExactly("x", "y");
    assertThat(texts.contains(List.of("x", "y"))).isTrue();
  }

  @Test
  void elementsAreFoundByTheirBytesOrByEquality() {
    PersistentDeque<byte[]> bytes = memo.deque("bytes", byte[].class);
    bytes.add(new byte[] {1, 2});
    assertThat(bytes.contains(new byte[] {1, 2})).isTrue();
    assertThat(bytes.contains(new byte[] {2, 1})).isFalse();

    @SuppressWarnings("rawtypes") // a class has no parameters
    PersistentDeque<Set> sets = memo.deque("sets", Set.class);
    Set<Integer> grown = new HashSet<>(1000);
    grown.addAll(List.of(1000, 2));
    sets.add(grown);
    assertThat(sets.contains(Set.of(2, 1000))).isTrue();
  }

  @Test
  void occurrencesAreRemovedFromTheSideThatIsAsked() {
    deque().addAll(List.of("a", "b", "a", "c", "a"));

    assertThat(deque().removeLastOccurrence("a")).isTrue();
    assertThat(deque()).containsExactly("a", "b", "a", "c");
    assertThat(deque().removeFirstOccurrence("a")).isTrue();
    assertThat(deque()).containsExactly("b", "a", "c");
    assertThat(deque().removeFirstOccurrence("x")).isFalse();
    assertThat(deque().removeIf(element -> element.compareTo("b") >= 0)).isTrue();
    assertThat(deque()).containsExactly("a");
  }

  @Test
  void iteratorsGoThroughManyPagesWhileOthersChangeTheDeque() {
    for (int i = 0; i < 10; i++) {
      int from = i * 100;
      deque()
          .addAll(java.util.stream.IntStream.range(from, from + 100)
              .mapToObj(n -> "n" + n)
              .toList());
    }
    Iterator<String> ascending = deque().iterator();
    Iterator<String> descending = deque().descendingIterator();
    assertThat(ascending.next()).isEqualTo("n0");
    assertThat(descending.next()).isEqualTo("n999");
    deque().removeFirstOccurrence("n500");
    deque().add("n1000");
    deque().push("before");

    List<String> upwards = new ArrayList<>();
    ascending.forEachRemaining(upwards::add);
    assertThat(upwards).hasSize(999).doesNotContain("n500", "before").endsWith("n999", "n1000");
    List<String> downwards = new ArrayList<>();
    descending.forEachRemaining(downwards::add);
    assertThat(downwards).hasSize(999).endsWith("n0", "before");
  }

  /** A stream of known size fails if it is another by the end. */
  @Test
  void streamsEndWellWhileOthersPushAndTake() {
    deque().addAll(List.of("a", "b"));
    PersistentDeque<String> pushed = deque();
    List<String> seen = deque().stream()
        .peek(element -> {
          if (element.length() == 1) {
            pushed.add(element + element);
          }
        })
        .toList();
    assertThat(seen).containsExactly("a", "b", "aa", "bb");
  }

  /** Positions are never used again. */
  @Test
  void iteratorRemovesWhatItSawAndNothingThatCameInItsPlace() {
    deque().add("a");
    Iterator<String> iterator = deque().iterator();
    assertThat(iterator.next()).isEqualTo("a");
    deque().clear();
    deque().add("b");
    iterator.remove();

    assertThat(deque()).containsExactly("b");
    assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void largeElementsAreReadPageByPage() {
    PersistentDeque<byte[]> large = memo.deque("large", byte[].class);
    for (int i = 0; i < 5; i++) {
      byte[] bytes = new byte[700_000];
      bytes[0] = (byte) i;
      large.add(bytes);
    }
    List<Integer> firsts = new ArrayList<>();
    large.forEach(bytes -> firsts.add((int) bytes[0]));
    assertThat(firsts).containsExactly(0, 1, 2, 3, 4);
  }

  /** What is read back of it is a list, but none of that class, so that it could never be taken out. */
  @Test
  @SuppressWarnings("NonApiType") // the class is what is asked for
  void collectionThatIsAskedForByItsClassIsRefused() {
    PersistentDeque<ArrayList<?>> lists = memo.deque("lists", classOf(new ArrayList<>()));

    assertThatThrownBy(() -> lists.add(new ArrayList<>(List.of(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("could not be read back as a java.util.ArrayList; use that class, for"
            + " collections List, Set or Map, or a Codec");
    assertThat(lists.poll()).isNull();
  }

  @Test
  void whatCannotBePutIsNotThere() {
    PersistentDeque<URI> uris = memo.deque("uris", URI.class);
    URI page = URI.create("https://w/page/");
    uris.add(page);
    URI notWhole = page.relativize(page.resolve("./Talk:Main"));

    assertThat(uris.contains(notWhole)).isFalse();
    assertThat(uris.remove(notWhole)).isFalse();
    assertThat(uris.contains(page)).isTrue();
  }

  @SuppressWarnings("unchecked") // of that very object
  private static <T> Class<T> classOf(T object) {
    return (Class<T>) object.getClass();
  }

  @Test
  void elementThatWouldNotBeReadBackIsRefused() {
    PersistentDeque<Object> anything = memo.deque("anything", Object.class);
    anything.add("text");
    anything.add(List.of(1, 2));
    assertThatThrownBy(() -> anything.add(new Job("a", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("could not be read back as a java.lang.Object");
    assertThat(anything).containsExactly("text", List.of(1, 2));
    assertThat(anything.contains(new Job("a", 1))).isFalse();
  }

  /** Reads only what begins with an a. */
  private static final class Choosy implements Codec<String> {
    @Override
    public void write(ValueWriter out, String value) {
      out.writeString(value);
    }

    @Override
    public String read(ValueReader in) {
      String read = in.readString();
      if (!read.startsWith("a")) {
        throw new IllegalStateException("not mine: " + read);
      }
      return read;
    }
  }

  @Test
  void elementThatTheProgramCannotReadStaysInItsPlace() {
    PersistentDeque<String> choosy = memo.deque("choosy", new Choosy());
    choosy.addAll(List.of("bad", "a1"));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(choosy::pollFirst)
          .isInstanceOf(DiskMemoException.class)
          .hasMessageContaining("take from deque choosy")
          .hasMessageContaining("and stays")
          .hasRootCauseMessage("not mine: bad");
      assertThat(choosy).hasSize(2);
    }
    assertThat(choosy.pollLast()).isEqualTo("a1");
    memo.close();
    memo = Stores.open(directory);
    assertThat(memo.deque("choosy", new Codecs.Text()).poll()).isEqualTo("bad");
  }

  @Test
  void takesWaitUntilTheTimeIsOver() throws Exception {
    assertThat(deque().takeFirst(Duration.ZERO)).isEmpty();
    assertThat(deque().takeLast(Duration.ofMillis(3))).isEmpty();
    assertThat(deque().pollFirst(-1, TimeUnit.SECONDS)).isNull();
    deque().addAll(List.of("a", "b", "c"));
    assertThat(deque().takeFirst(Duration.ZERO)).contains("a");
    assertThat(deque().pollLast(1, TimeUnit.DAYS)).isEqualTo("c");
    assertThat(deque().takeLast(Duration.ofSeconds(Long.MAX_VALUE))).contains("b");
  }

  @Test
  void eachOfManyWaitingThreadsGetsOneElement() throws Exception {
    try (Threads threads = new Threads()) {
      List<Future<Optional<String>>> takes = threads.begin(20, () -> deque().takeFirst(LONG));
      try (DiskMemo other = Stores.open(directory)) {
        for (int i = 0; i < 10; i++) {
          deque().add("here" + i);
          other.deque("jobs", String.class).add("there" + i);
        }
      }
      assertThat(Threads.results(takes)).allMatch(Optional::isPresent).doesNotHaveDuplicates();
      assertThat(deque()).isEmpty();
    }
  }

  @Test
  void interruptEndsTheWaitAndTakesNothing() throws Exception {
    Thread waiting = Thread.currentThread();
    try (Threads threads = new Threads()) {
      Future<?> interruption = threads.begin(() -> {
        Threads.until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        waiting.interrupt();
        return "done";
      });
      assertThatThrownBy(() -> deque().takeFirst(LONG)).isInstanceOf(InterruptedException.class);
      Threads.result(interruption);
    }
    deque().add("a");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> deque().takeFirst(LONG)).isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    assertThat(deque().poll()).isEqualTo("a");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void interruptOfATakeThatWaitsToWriteTakesNothing() throws Exception {
    deque().add("a");
    try (Threads threads = new Threads()) {
      Future<Throwable> take;
      List<Future<Boolean>> additions;
      try (Connection other = CollectionFiles.lock(directory, "jobs")) {
        BlockingQueue<Thread> adding = new LinkedBlockingQueue<>();
        additions = threads.begin(2, () -> {
          adding.add(Thread.currentThread());
          return deque().add("b");
        });
        List<Thread> adders = List.of(adding.take(), adding.take());
        Threads.until(() -> adders.stream().anyMatch(PersistentDequeTest::isWaiting));
        BlockingQueue<Thread> taking = new LinkedBlockingQueue<>();
        take = threads.begin(() -> {
          taking.add(Thread.currentThread());
          return catchThrowable(() -> deque().takeFirst(LONG));
        });
        Thread taker = taking.take();
        Threads.until(() -> isWaiting(taker));
        taker.interrupt();
        adders.stream().filter(PersistentDequeTest::isWaiting).forEach(Thread::interrupt);
        assertThat(other.isClosed()).isFalse();
      }

      assertThat(Threads.result(take)).isInstanceOf(InterruptedException.class);
      assertThat(Threads.results(additions)).containsOnly(true);
      assertThat(deque()).containsExactly("a", "b", "b");
    }
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING;
  }

  /** It waited so long for its turn, and then once more for the other process. */
  @Test
  void changeWaitsForThreadsAndProcessesTogetherNoLongerThanTheTimeout() throws Exception {
    Duration third = Duration.ofMillis(700);
    try (DiskMemo patient = withTimeout(third.multipliedBy(3));
        DiskMemo hurried = withTimeout(third);
        Threads threads = new Threads();
        Connection other = lockOf(patient)) {
      Callable<Throwable> addition =
          () -> catchThrowable(() -> patient.deque("jobs", String.class).add("a"));
      Future<Throwable> first = threads.begin(addition);
      assertTooLate(hurried);
      Future<Throwable> second = threads.begin(addition);
      assertThat(Threads.result(first)).isInstanceOf(DiskMemoException.class);
      assertTooLate(hurried);
      assertTooLate(hurried);

      assertThat(second.isDone()).isTrue();
      assertThat(Threads.result(second)).isInstanceOf(DiskMemoException.class);
      assertThat(other.isClosed()).isFalse();
    }
  }

  private static void assertTooLate(DiskMemo hurried) {
    PersistentDeque<String> deque = hurried.deque("jobs", String.class);
    assertThatThrownBy(() -> deque.add("b")).isInstanceOf(DiskMemoException.class);
  }

  private DiskMemo withTimeout(Duration timeout) {
    return DiskMemo.open(Settings.builder()
        .directory(directory)
        .kind("jobs", Profile.builder().timeout(timeout).build())
        .build());
  }

  private Connection lockOf(DiskMemo memo) throws SQLException {
    assertThat(memo.deque("jobs", String.class)).isEmpty();
    return CollectionFiles.lock(directory, "jobs");
  }

  @Test
  void closingEndsTheWait() throws Exception {
    PersistentDeque<String> deque = deque();
    try (Threads threads = new Threads()) {
      List<Future<Throwable>> waits = threads.begin(3, () -> {
        try {
          return new AssertionError("took " + deque.takeFirst(LONG));
        } catch (DiskMemoException e) {
          return e;
        }
      });
      Threads.until(() -> deque.isEmpty());
      memo.close();
      assertThat(Threads.results(waits))
          .allSatisfy(thrown -> assertThat(thrown)
              .isInstanceOf(DiskMemoException.class)
              .hasMessageContaining("the store is closed"));
    }
    assertThatThrownBy(() -> deque.add("a"))
        .isInstanceOf(DiskMemoException.class)
        .hasMessageContaining("add to deque jobs: the store is closed");
    assertThatThrownBy(this::deque).isInstanceOf(IllegalStateException.class);
  }
}
