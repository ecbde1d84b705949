package io.diskmemo.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Calls a method at most so many times in a period, counting the calls of all processes on the machine
 * that have the directory open. A call for which there is no permit waits for the next.
 *
 * <p>It stands on any method that a wrapper can call, also one that returns nothing, or beside {@link
 * DiskMemoize}: then only a computation takes a permit, and a result that is there costs none.
 *
 * <pre>{@code
 * class Geocoder {
 *   @DiskMemoize
 *   @Throttled(permits = 10, period = "1s")
 *   Address locate(String street) throws InterruptedException { ... }
 * }
 * }</pre>
 *
 * <p>calls the method ten times a second at most, for streets that were not yet located.
 *
 * <p>Permits come evenly, and those of one period can be saved up. If the method declares {@link
 * InterruptedException}, or an exception above it, an interrupt before or during the wait throws one, and
 * the method is not called. Otherwise the wait goes on, as that for {@code synchronized} does, and the
 * thread is interrupted when it is over. Nothing else reaches the caller: where the directory cannot
 * coordinate processes, this process keeps the rate by itself, and the log has a warning.
 *
 * <p>With {@link OneAtATime} on the same method, the permit is taken last.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Throttled {

  /**
   * How many calls a period has.
   *
   * @return from 1 to 1,000,000
   */
  int permits();

  /**
   * In which the permits come.
   *
   * @return from 1 ms to 100 days, written as the {@link DiskMemoize#ttl()} of {@code @DiskMemoize}: {@code "1s"},
   *     {@code "5m"}, or {@code "PT0.5S"} for less than a second
   */
  String period();

  /**
   * Which calls share the permits on the machine: those of methods, and of {@code DiskMemo.throttle},
   * with one name. All have to say the same rate; methods of one class that don't are an error of the
   * compiler, and any others in a process are told of in the log.
   *
   * @return 1 to 250 characters; or {@code ""} for the class that declares the method, its name and the
   *     types of its parameters, as in {@code "com.example.Geocoder.locate(java.lang.String)"}
   */
  String name() default "";
}
