package io.diskmemo.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the state of the receiver that influences results, so that it becomes part of the key.
 *
 * <p>An instance field of a class with memoized methods must be covered by it or carry {@link
 * KeyIgnore}. A field is covered when it carries the annotation itself (it must not be private then,
 * because the wrapper reads it), or when the annotation is on a constructor parameter of its name
 * (the field must be final then, and every constructor must have the parameter), or on a method
 * without parameters of its name, {@code name()}, {@code getName()} or {@code isName()}.
 *
 * <pre>{@code
 * public class Translator {
 *   private final String language;
 *
 *   public Translator(@KeyPart String language) { this.language = language; }
 *
 *   @DiskMemoize
 *   String translate(String text) { ... }
 * }
 * }</pre>
 *
 * <p>expands to a wrapper that keeps what it was constructed with, and a key of both:
 *
 * <pre>{@code
 * public MemoizedTranslator(DiskMemo memo, String language) {
 *   super(language);
 *   this.language = language;
 *   ...
 * }
 *
 * private record TranslateArguments(String language, String text) implements Arguments { ... }
 * }</pre>
 *
 * <p>On an interface, a method without parameters may carry it; the wrapper asks its delegate. So may
 * methods of records and enums, beside what is in the key anyway: components without {@link KeyIgnore},
 * and the constant. Wrappers of final classes, records and enums do not see constructors, so that it is
 * an error there.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD})
public @interface KeyPart {}
