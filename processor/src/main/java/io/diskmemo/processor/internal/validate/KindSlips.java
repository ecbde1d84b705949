package io.diskmemo.processor.internal.validate;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * Names of kinds that look like slips of the pen. Every name is a legal kind, so that one with a slip
 * is only another kind, with other limits, which an eviction of the right one does not reach.
 *
 * <p>A name is suspected if its class uses it once, if no {@code diskmemo.properties} declares it,
 * and if it is a slip of one that is declared or that the class uses more often. A slip is a hyphen
 * too many or too few, or in one of the words between hyphens two neighbours swapped, or in a word of
 * five letters or more one letter missing, added or replaced. Names that differ by a digit are not
 * suspected, as {@code geo1} and {@code geo2} are meant.
 *
 * <p>Only the class and the file decide, so that other classes of the compilation do not matter.
 */
final class KindSlips {
  private static final int MIN_LETTERS = 5;
  private static final int MIN_LETTERS_OF_SWAP = 3;

  private final TypeElement type;
  private final Set<String> declared;
  private final Set<String> known;

  /** The names of one class, by its methods. */
  KindSlips(Tools tools, TypeElement type, Collection<ExecutableElement> methods) {
    this.type = type;
    this.declared = tools.kinds().names();
    this.known = new TreeSet<>(declared);
    known.add("default");
    Set<Object> used = new HashSet<>();
    for (ExecutableElement method : methods) {
      AnnotationMirror annotation =
          Annotations.find(method, Annotations.DISK_MEMOIZE).orElseThrow();
      Object kind = Annotations.value(tools, annotation, "kind");
      if (!used.add(kind)) {
        known.add(String.valueOf(kind));
      }
    }
  }

  /** The warning of a method's kind, which an inherited method has where it is declared. */
  Optional<Mistake> doubt(ExecutableElement method, String name) {
    if (known.contains(name) || !Tools.enclosing(method).equals(type)) {
      return Optional.empty();
    }
    return known.stream()
        .filter(other -> isSlip(name, other))
        .findFirst()
        .map(meant -> new Mistake(
            MistakeId.UNKNOWN_KIND,
            "kind \"%s\" is named here only and looks like \"%s\", which %s; did you mean \"%s\"?"
                + " If not, declare \"%s\" in diskmemo.properties",
            name,
            meant,
            declared.contains(meant)
                ? "diskmemo.properties declares"
                : meant.equals("default") ? "is always there" : "other methods name",
            meant,
            name));
  }

  /** Whether one name is probably the other, with a slip. */
  static boolean isSlip(String name, String other) {
    if (name.replace("-", "").equals(other.replace("-", ""))) {
      return true;
    }
    String[] words = name.split("-", -1);
    String[] otherWords = other.split("-", -1);
    int different = 0;
    int slips = 0;
    for (int i = 0; i < words.length && words.length == otherWords.length; i++) {
      different += words[i].equals(otherWords[i]) ? 0 : 1;
      slips += isSlipOfWord(words[i], otherWords[i]) ? 1 : 0;
    }
    return different == 1 && slips == 1;
  }

  /** What is different lies between what both words begin and what both end with. */
  private static boolean isSlipOfWord(String word, String other) {
    int shorter = Math.min(word.length(), other.length());
    int start = 0;
    while (start < shorter && word.charAt(start) == other.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && word.charAt(word.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
      end++;
    }
    String middle = word.substring(start, word.length() - end);
    String otherMiddle = other.substring(start, other.length() - end);
    if ((middle + otherMiddle).chars().anyMatch(Character::isDigit)) {
      return false;
    }
    boolean isOneLetter = Math.max(middle.length(), otherMiddle.length()) == 1;
    boolean isSwap =
        middle.length() == 2 && new StringBuilder(middle).reverse().toString().equals(otherMiddle);
    return (isOneLetter && Math.max(word.length(), other.length()) >= MIN_LETTERS)
        || (isSwap && word.length() >= MIN_LETTERS_OF_SWAP);
  }
}
