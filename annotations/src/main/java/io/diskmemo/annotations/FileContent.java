package io.diskmemo.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a parameter of type {@link java.nio.file.Path} or {@link java.io.File}: the key holds a digest
 * of what the file holds, not its name. The same bytes in another place are a hit, and a changed file
 * is a miss.
 *
 * <pre>{@code
 * @DiskMemoize(tag = "library:{library}")
 * Metrics parse(String library, @FileContent Path source) { ... }
 * }</pre>
 *
 * <p>expands to
 *
 * <pre>{@code
 * public void writeKey(KeyWriter key) throws IOException {
 *   key.writeString(library);
 *   key.writeContent(source);
 * }
 * }</pre>
 *
 * <p>A component of a record cannot have it.
 *
 * <p>The method must not let the file's name, time or owner influence its result. If the file is
 * changed while the method runs, the result is returned and not stored. If it cannot be read, the
 * method is called without the cache and reports the trouble in its own way.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PARAMETER)
public @interface FileContent {}
