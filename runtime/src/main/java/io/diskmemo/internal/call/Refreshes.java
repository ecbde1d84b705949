package io.diskmemo.internal.call;

import io.diskmemo.internal.flight.ThreadShortage;
import io.diskmemo.internal.memory.LocalKey;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computations aside, of results that callers have already: in a few daemon threads that begin when
 * needed, one for a key, and never more of them waiting than {@value #MOST_WAITING}. Thread-safe.
 */
public final class Refreshes {
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 100;
  private static final long IDLE_SECONDS = 10;

  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private final ThreadFactory threads;
  private final ThreadShortage shortage;
  private final ThreadShortage ofOthers; // where it is computed aside in threads of others
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger later = new AtomicInteger();
  private final Set<LocalKey> underWay = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
      THREADS,
      THREADS,
      IDLE_SECONDS,
      TimeUnit.SECONDS,
      new LinkedBlockingQueue<>(MOST_WAITING),
      this::thread,
      new ThreadPoolExecutor.AbortPolicy());

  /** No thread yet. */
  public Refreshes() {
    this(Thread::new, System::nanoTime);
  }

  Refreshes(ThreadFactory threads, LongSupplier nanoTicker) {
    this.threads = threads;
    this.shortage = new ThreadShortage("nothing can be computed aside", nanoTicker);
    this.ofOthers = new ThreadShortage("no stage can be begun aside", nanoTicker);
    pool.allowCoreThreadTimeOut(true);
  }

  private Thread thread(Runnable work) {
    Thread thread = threads.newThread(work);
    thread.setName("diskmemo-refresh-" + made.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Does it soon, unless the same is under way.
   *
   * @return false if there is too much to do already, or it is over
   */
  boolean isBegun(LocalKey key, Runnable refresh) {
    if (!underWay.add(key)) {
      return true;
    }
    boolean begun = false;
    try {
      if (shortage.isFresh()) {
        return false;
      }
      pool.execute(() -> {
        try {
          refresh.run();
        } finally {
          underWay.remove(key);
        }
      });
      begun = true;
      shortage.end();
    } catch (RejectedExecutionException e) {
      LOG.debug("too many results are computed aside already", e);
    } catch (OutOfMemoryError e) { // the limit of threads; the caller has his result already
      shortage.note(e);
    } catch (Throwable e) { // such as the end of the caller's stack
      LOG.debug("a result is not computed aside", e);
    } finally {
      if (!begun) { // also where the system gives no thread
        underWay.remove(key);
      }
    }
    return begun;
  }

  /**
   * Begins what needs no thread of its own, unless the same is under way.
   *
   * @param refresh gives what completes when it is over
   * @return false if there is too much to do already, or it is over
   */
  boolean isBegunLater(LocalKey key, Supplier<? extends CompletionStage<?>> refresh) {
    if (!underWay.add(key)) {
      return true;
    }
    boolean begun = false;
    try {
      if (later.incrementAndGet() <= MOST_WAITING && !pool.isShutdown() && !ofOthers.isFresh()) {
        refresh.get().whenComplete((outcome, failure) -> endLater(key));
        begun = true;
        ofOthers.end();
      }
    } catch (OutOfMemoryError e) { // as above
      ofOthers.note(e);
    } catch (Throwable e) {
      LOG.debug("a result is not computed aside", e);
    } finally {
      if (!begun) {
        endLater(key);
      }
    }
    return begun;
  }

  private void endLater(LocalKey key) {
    later.decrementAndGet();
    underWay.remove(key);
  }

  /** Begins nothing any more. What is under way ends, and is not stored. */
  public void end() {
    pool.shutdown();
    pool.getQueue().clear();
  }
}
