package io.diskmemo.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a parameter, a field or a component of a record does not influence the result, so that it is left out of the key.
 *
 * <pre>{@code
 * class Renderer {
 *   @KeyIgnore private final Logger log;
 *
 *   @DiskMemoize
 *   byte[] render(String page, @KeyIgnore Progress progress) { ... }
 * }
 * }</pre>
 *
 * <p>expands to a key of {@code page} alone:
 *
 * <pre>{@code
 * private record RenderArguments(String page) implements Arguments { ... }
 * }</pre>
 *
 * <p>A method with such a parameter of a type that is no simple value or enum, such as a connection, is
 * computed by its callers only, and never ahead of the end of a result in another thread: the object may
 * be closed by then.
 *
 * <p>On a field of a class that is the delegate of a memoized interface, it is read when the wrapper is
 * constructed.
 *
 * <p>On a component of a record, it leaves the component out of the keys of all methods that take such
 * a record, or are the record's. Results are stored with it.
 *
 * <p>Moving it from one parameter, field or component to another of the same type changes what keys mean
 * and not what they look like, so that results of the former keys would be found: give the method a new
 * {@link DiskMemoize#version()}.
 *
 * <p>A parameter whose type has no canonical encoding compiles with it. If the parameter or field
 * does influence the result, results of other arguments are returned: it is a promise of the writer
 * that nothing checks.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.FIELD})
public @interface KeyIgnore {}
