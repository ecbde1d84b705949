package io.diskmemo.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps the results of a method in memory and on disk, so that it is computed once for equal
 * arguments on a machine.
 *
 * <p>The method must be pure: for equal arguments (and equal receiver state, see {@link KeyPart}) it
 * returns equal results, and nobody misses its side effects. Exceptions are not kept; {@code null}
 * is.
 *
 * <pre>{@code
 * public class Geocoder {
 *   public Geocoder() {}
 *
 *   @DiskMemoize(kind = "geo", ttl = "30d", tag = "country:{country}", version = 2)
 *   Address locate(String country, String street) { ... }
 * }
 * }</pre>
 *
 * <p>expands to a subclass in the same package, with the same constructors after an optional {@code
 * DiskMemo}:
 *
 * <pre>{@code
 * public final class MemoizedGeocoder extends Geocoder {
 *   public MemoizedGeocoder() { this(DiskMemo.shared()); }
 *
 *   public MemoizedGeocoder(DiskMemo memo) { ... }
 *
 *   @Override
 *   Address locate(String country, String street) {
 *     LocateArguments arguments = new LocateArguments(country, street);
 *     Hit<Address> hit = locate.find(arguments);
 *     return hit != null
 *         ? hit.value()
 *         : locate.compute(arguments, () -> super.locate(country, street));
 *   }
 *   ...
 * }
 * }</pre>
 *
 * <p>On a method of an interface it expands to {@code MemoizedX implements X} around a delegate,
 * whose class is part of the key.
 *
 * <p>A method that returns a {@code CompletionStage} is called in another thread, after the call of the
 * wrapper has returned. So leave arguments as they are, and open, until the stage is complete: do not fill
 * a buffer anew, and pass a copy if you must. Where arguments, or {@link KeyPart} fields, have changed
 * when the method is called, the caller gets what it makes of them then; that is not kept, and is counted
 * in {@code Stats.refusedFileChanged()}. Nor is the result of a method that changes its arguments itself.
 *
 * <p>What cannot be kept is an error of the compiler that names the reason and the way out.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface DiskMemoize {

  /**
   * The group of entries that results belong to, with its own limits, statistics and database. The
   * compiler warns of a name that looks like a slip of one that {@code diskmemo.properties} declares.
   *
   * @return a lower-case name of letters, digits and hyphens that starts with a letter, at most 64
   *     characters
   */
  String kind() default "default";

  /**
   * How long a result may be returned after it was stored.
   *
   * @return a whole number and a unit, {@code "90s"}, {@code "15m"}, {@code "12h"}, {@code "30d"},
   *     {@code "4w"}; an ISO-8601 duration, {@code "PT15M"}; {@code "never"} for results that do not
   *     expire; or {@code ""} for what the kind's profile says
   */
  String ttl() default "";

  /**
   * Names on the entry, by which entries are evicted together.
   *
   * <p>A name in braces stands for a parameter, and a dotted name for a component of a record or the
   * result of a getter: {@code "repo:{repo}"}, {@code "user:{user.id}"}. So
   *
   * <pre>{@code
   * @DiskMemoize(tag = {"repo:{repo}", "user:{user.id}"})
   * Report report(String repo, User user) { ... }
   * }</pre>
   *
   * <p>expands to
   *
   * <pre>{@code
   * public List<String> tags() {
   *   return List.of("repo:" + repo, "user:" + user.id());
   * }
   * }</pre>
   *
   * @return templates; a brace that is meant literally is doubled
   */
  String[] tag() default {};

  /**
   * The version of the code that computes the result. Raise it when the method returns something
   * else for the same arguments; results of other versions are then never returned.
   *
   * @return any number
   */
  int version() default 1;
}
