package io.diskmemo.generated;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One memoized method, bound to an opened directory. Thread-safe.
 *
 * <p>No method of it but {@link #evict} throws because of the cache; only what the computation throws
 * comes through, checked exceptions included, which is why none is declared.
 *
 * @param <R> type of the result
 */
public interface MemoizedMethod<R extends @Nullable Object> {

  /**
   * Looks in memory only. For methods with {@link MethodSpec#argumentsAreValues()} and {@link
   * MethodSpec#sharesResult()}; a wrapper calls it first because it allocates nothing.
   *
   * @param arguments of this call
   * @return the remembered result, or {@code null} if memory holds none
   */
  @Nullable
  Hit<R> find(Arguments arguments);

  /**
   * Goes on where {@link #find} found nothing: waits for another computation of the same key, reads
   * the disk, or computes and stores.
   *
   * @param arguments of this call
   * @param computation called at most once with no lock held, in this thread; or once more and in
   *     another if {@link MethodSpec#isRefreshedAside()}
   * @return the result
   */
  R compute(Arguments arguments, Computation<? extends R> computation);

  /**
   * Looks in memory, then as {@link #compute}. For all methods.
   *
   * @param arguments of this call
   * @param computation called at most once with no lock held, in this thread; or once more and in
   *     another if {@link MethodSpec#isRefreshedAside()}
   * @return the result
   */
  R call(Arguments arguments, Computation<? extends R> computation);

  /**
   * Looks for the value and computes nothing. Within {@link io.diskmemo.DiskMemo#prefetch} it only
   * notes that the value is wanted, and returns nothing.
   *
   * @param arguments of this call
   * @return empty if there is none
   */
  Optional<Hit<R>> peek(Arguments arguments);

  /**
   * Computes, and stores the result in place of what is there.
   *
   * @param arguments of this call
   * @param computation called once, in this thread, with no lock held
   * @return the new result
   */
  R refresh(Arguments arguments, Computation<? extends R> computation);

  /**
   * Evicts the entry. Once it returns, no call that starts later in any process gets its value.
   *
   * @param arguments of this call
   * @return whether there was one on disk
   * @throws RuntimeException a {@code DiskMemoException} if the disk does not do it, or an {@link
   *     IllegalArgumentException} if no key can be made of the arguments
   */
  boolean evict(Arguments arguments);

  /**
   * As {@link #call}, for methods whose result comes later. The disk is read and written in other
   * threads; concurrent calls share one stage of the method, and each gets a future of its own. Only
   * values are stored, never failures; and none that was computed while the arguments encoded to
   * another key than they do now.
   *
   * @param arguments of this call, encoded before this returns
   * @param computation called at most once, possibly in another thread
   * @return completes with the value, or fails with what the method's stage fails with
   */
  CompletableFuture<R> callAsync(
      Arguments arguments, Computation<? extends CompletionStage<? extends R>> computation);

  /**
   * As {@link #callAsync(Arguments, Computation)}, where the receiver may change, in its own fields,
   * what the key has of it.
   *
   * @param arguments of a call at the time when they are asked for: before this returns, and in
   *     another thread before and after the computation
   * @param computation called at most once, possibly in another thread
   * @return completes with the value, or fails with what the method's stage fails with
   */
  CompletableFuture<R> callAsync(
      Supplier<? extends Arguments> arguments,
      Computation<? extends CompletionStage<? extends R>> computation);

  /**
   * As {@link #refresh}, for methods whose result comes later. What is there stays until the stage
   * completes with a value, and if it fails. Joins no stage that was begun before.
   *
   * @param arguments of this call, encoded before this returns
   * @param computation called once, possibly in another thread
   * @return completes with the new value, or fails with what the method's stage fails with
   */
  CompletableFuture<R> refreshAsync(
      Arguments arguments, Computation<? extends CompletionStage<? extends R>> computation);

  /**
   * As {@link #refreshAsync(Arguments, Computation)}, where the receiver may change, in its own
   * fields, what the key has of it.
   *
   * @param arguments of a call at the time when they are asked for: before this returns, and in
   *     another thread before and after the computation
   * @param computation called once, possibly in another thread
   * @return completes with the new value, or fails with what the method's stage fails with
   */
  CompletableFuture<R> refreshAsync(
      Supplier<? extends Arguments> arguments,
      Computation<? extends CompletionStage<? extends R>> computation);
}
