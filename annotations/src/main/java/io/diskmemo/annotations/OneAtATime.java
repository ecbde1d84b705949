package io.diskmemo.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Calls a method in one thread at a time, of all threads of all processes on the machine that have the
 * directory open.
 *
 * <p>It stands on any method that a wrapper can call, also one that returns nothing, or beside {@link
 * DiskMemoize}: then it is only around the computation, and a result that is there is returned without
 * waiting.
 *
 * <pre>{@code
 * class Index {
 *   @OneAtATime
 *   void rebuild(Path source) { ... }
 * }
 * }</pre>
 *
 * <p>expands, in the subclass {@code MemoizedIndex}, to
 *
 * <pre>{@code
 * @Override
 * void rebuild(Path source) {
 *   rebuildGate.run(() -> super.rebuild(source));
 * }
 * }</pre>
 *
 * <p>A thread that is in the method enters it again without waiting for itself. The method is left
 * however it ends: with a result, with an exception, or by the end of its process.
 *
 * <p>Inside the method, do not call a memoized method that has a gate of the same name: where another
 * process computes the same result and stands at the gate, each waits for the other until the {@code
 * lockWait} of the kind is over, and then computes alone. Within one process this is noticed at once.
 *
 * <p>If the method declares {@link InterruptedException}, or an exception above it, an interrupt before
 * or during the wait throws one, and the method is not called. Otherwise the wait goes on, as that for
 * {@code synchronized} does, and the thread is interrupted when it is over. Nothing else reaches the
 * caller: where the directory cannot coordinate processes, one thread of this process at a time calls the
 * method, and the log has a warning.
 *
 * <p>With {@link Throttled} on the same method, the permit is taken last.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface OneAtATime {

  /**
   * Which calls exclude each other on the machine: those of methods, and of {@code
   * DiskMemo.barrier}, with one name.
   *
   * @return 1 to 250 characters; or {@code ""} for the class that declares the method, its name and the
   *     types of its parameters, as in {@code "com.example.Index.rebuild(java.nio.file.Path)"}
   */
  String name() default "";

  /**
   * How long a process without a sign of life keeps others out. A process that ends keeps nobody out.
   * Methods of one class with one name have to say the same.
   *
   * @return from 100 ms to 24 hours, written as the {@link DiskMemoize#ttl()} of {@code @DiskMemoize}, such as {@code
   *     "30s"}; or {@code ""} for five seconds
   */
  String ttl() default "";
}
