package io.diskmemo.maven;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.ToIntFunction;
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
      "cache.dryRun",
      "cache.failOnRepair");
  private static final List<String> SHORT_NAMES = List.of("kind", "tag", "method");
  private static final String PREFIX = "cache";

  /** Two slips in a word are one person's; in a word of three letters they make another word. */
  private static final int MOST_EDITS = 2;

  private static final int LETTERS_TO_AN_EDIT = 3;

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
    requireSet(shortName, value);
    String name =
        value != null ? value : property(longName).or(() -> property(shortName)).orElse(null);
    if (name != null && name.isBlank()) {
      throw new MojoFailureException(
          longName + " is blank; name a " + shortName + ", or leave it out");
    }
    return Optional.ofNullable(name);
  }

  /** Fails if the POM has an element for the parameter, and Maven found nothing to put there. */
  void requireSet(String shortName, @Nullable Object value) throws MojoFailureException {
    Optional<String> unset = pom.unset(shortName, value);
    if (unset.isPresent()) {
      throw new MojoFailureException("<" + shortName + "> is " + unset.get()
          + ", which is not set; set it, or leave the element out");
    }
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

  /** Fails if the command line has the short name of a parameter that has none. */
  void refuseShort(String shortName) throws MojoFailureException {
    if (property(shortName).isPresent()) {
      throw noParameter(shortName, "cache." + shortName);
    }
  }

  private static MojoFailureException noParameter(String given, String meant) {
    return new MojoFailureException(
        "-D" + given + " is no parameter; did you mean -D" + meant + "?");
  }

  /**
   * Fails if the command line has a name that nobody reads and that was meant for us.
   *
   * @param words parameters whose names are looked for without {@code cache.} too
   */
  void refuseSlips(Set<String> words) throws MojoFailureException {
    for (String given : commandLine.stringPropertyNames()) {
      Optional<String> meant = meant(given, words);
      if (meant.isPresent()) {
        throw noParameter(given, meant.get());
      }
    }
  }

  private static Optional<String> meant(String given, Set<String> words) {
    if (NAMES.contains(given) || SHORT_NAMES.contains(given)) {
      return Optional.empty();
    }
    return NAMES.stream()
        .filter(name -> isOurs(given)
            ? letters(name).startsWith(letters(given)) // such as -Dcache.dir
            : words.contains(name) && isWithoutDot(letters(given), letters(name)))
        .findFirst()
        .or(() -> nearest(given));
  }

  /** Other plugins have properties that begin in the same way, and these are far from ours. */
  private static Optional<String> nearest(String given) {
    if (!isOurs(given)) {
      return Optional.empty();
    }
    ToIntFunction<String> edits = name -> EditDistance.between(letters(given), letters(name));
    return NAMES.stream()
        .filter(name -> edits.applyAsInt(name) <= mostEdits(name))
        .min(Comparator.comparingInt(edits));
  }

  private static int mostEdits(String name) {
    return Math.min(MOST_EDITS, (letters(name).length() - PREFIX.length()) / LETTERS_TO_AN_EDIT);
  }

  /** Such as -Dtags or -DcacheTag. */
  private static boolean isWithoutDot(String given, String name) {
    return name.equals(given) || name.equals(PREFIX + given);
  }

  private static boolean isOurs(String given) {
    return given.toLowerCase(Locale.ROOT).startsWith(PREFIX + ".");
  }

  /** {@code cache.dryRun}, {@code cache.dry-run} and {@code cache.dryruns} are one. */
  private static String letters(String name) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return letters.endsWith("s") ? letters.substring(0, letters.length() - 1) : letters;
  }

  private Optional<String> property(String name) {
    return Optional.ofNullable(commandLine.getProperty(name));
  }
}
