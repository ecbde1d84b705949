package io.diskmemo.maven;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

/**
 * Reads parameters strictly: what is misspelt or half given must never remove more than was meant.
 *
 * <p>The short names are taken from the command line only. A property of a POM that happens to be
 * called {@code tag} means something else.
 */
final class Parameters {
  private static final List<String> NAMES = List.of(
      "cache.directory",
      "cache.kind",
      "cache.tag",
      "cache.method",
      "cache.file",
      "cache.backup",
      "cache.keep",
      "cache.skip",
      "cache.dryRun");
  private static final List<String> SHORT_NAMES = List.of("kind", "tag", "method");
  private static final List<String> OUR_WORDS =
      List.of("cache.kind", "cache.tag", "cache.method", "cache.dryRun");
  private static final String PREFIX = "cache";

  private final Properties commandLine;
  private final PomConfiguration pom;

  /** Parameters beside these properties from the command line. */
  Parameters(Properties commandLine, PomConfiguration pom) {
    this.commandLine = commandLine;
    this.pom = pom;
  }

  /**
   * A name that something is selected by.
   *
   * @param shortName as in {@code -Dtag}
   * @param value that Maven found for the long name
   */
  Optional<String> name(String shortName, @Nullable String value) throws MojoFailureException {
    String longName = "cache." + shortName;
    Optional<String> unset = pom.unset(shortName, value);
    if (unset.isPresent()) {
      throw new MojoFailureException("<" + shortName + "> is " + unset.get()
          + ", which is not set; set it, or leave the element out");
    }
    String name =
        value != null ? value : given(longName).or(() -> given(shortName)).orElse(null);
    if (name != null && name.isBlank()) {
      throw new MojoFailureException(
          longName + " is blank; name a " + shortName + ", or leave it out");
    }
    return Optional.ofNullable(name);
  }

  /** Unlike Maven, which reads "yes" as false. */
  static boolean flag(String name, String value) throws MojoFailureException {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
        throw new MojoFailureException(name + " is \"" + value + "\"; write true or false");
    };
  }

  /** Fails if the command line selects by something that the goal does not look at. */
  void refuse(String goal, String shortName) throws MojoFailureException {
    Optional<String> value = given("cache." + shortName).or(() -> given(shortName));
    if (value.isPresent()) {
      throw new MojoFailureException(goal + " empties whole kinds, whatever the " + shortName
          + "; use cache:evict -D" + shortName + "=" + value.get());
    }
  }

  /** Fails if the command line has a name that nobody reads and that was meant for us. */
  void refuseSlips() throws MojoFailureException {
    for (String given : commandLine.stringPropertyNames()) {
      Optional<String> meant = meant(given);
      if (meant.isPresent()) {
        throw new MojoFailureException(
            "-D" + given + " is no parameter; did you mean -D" + meant.get() + "?");
      }
    }
  }

  private static Optional<String> meant(String given) {
    if (NAMES.contains(given) || SHORT_NAMES.contains(given)) {
      return Optional.empty();
    }
    return NAMES.stream().filter(name -> isSlip(letters(given), name)).findFirst();
  }

  private static boolean isSlip(String given, String name) {
    String known = letters(name);
    if (given.startsWith(PREFIX) && !given.equals(PREFIX)) {
      return known.startsWith(given); // such as -Dcache.dir
    }
    return !isCommon(name) && known.equals(PREFIX + given); // such as -Dtags
  }

  /** Other plugins read properties that are called so. */
  private static boolean isCommon(String name) {
    return !OUR_WORDS.contains(name);
  }

  /** {@code cache.dryRun}, {@code cache.dry-run} and {@code cache.dryruns} are one. */
  private static String letters(String name) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return letters.endsWith("s") ? letters.substring(0, letters.length() - 1) : letters;
  }

  private Optional<String> given(String name) {
    return Optional.ofNullable(commandLine.getProperty(name));
  }
}
