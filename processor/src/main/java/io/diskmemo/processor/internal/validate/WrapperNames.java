package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.ClassName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeElement;

/** Gives wrappers their names, none of them twice. */
final class WrapperNames {
  private final Set<String> sources = new HashSet<>();
  private final Map<String, String> wrapped = new HashMap<>();
  private final Map<String, String> files = new HashMap<>();

  /** Notes a class that is being compiled. */
  void noteSource(TypeElement type) {
    sources.add(type.getQualifiedName().toString());
  }

  /**
   * The name of the wrapper of a type.
   *
   * @throws Mistake if a class of that name exists, or another wrapper has it
   */
  ClassName claim(TypeElement type) {
    ClassName original = ClassName.get(type);
    ClassName name = nameFor(original);
    if (sources.contains(name.canonicalName())) {
      throw taken(original, name, "exists already");
    }
    String holder = wrapped.putIfAbsent(name.canonicalName(), original.canonicalName());
    if (holder != null && !holder.equals(original.canonicalName())) {
      throw taken(original, name, "is the wrapper of " + holder);
    }
    requireOwnFile(original, name);
    return name;
  }

  /** Files whose names differ only in case are one on macOS and Windows. */
  private void requireOwnFile(ClassName original, ClassName name) {
    String file = name.canonicalName().toLowerCase(Locale.ROOT);
    String holder = files.putIfAbsent(file, original.canonicalName());
    if (holder != null && !holder.equals(original.canonicalName())) {
      throw taken(
          original,
          name,
          "differs only in case from the wrapper of " + holder + ", so that both"
              + " are one file on macOS and Windows");
    }
  }

  /** As {@link #claim}, for a type with mistakes, which are enough. */
  Optional<ClassName> claimIfFree(TypeElement type) {
    try {
      return Optional.of(claim(type));
    } catch (Mistake taken) {
      return Optional.empty();
    }
  }

  private static ClassName nameFor(ClassName original) {
    return ClassName.get(
        original.packageName(), "Memoized" + String.join("_", original.simpleNames()));
  }

  private static Mistake taken(ClassName original, ClassName name, String reason) {
    return new Mistake(
        MistakeId.DUPLICATE,
        "the wrapper of %s would be %s, which %s; rename one of them",
        original.simpleName(),
        name.simpleName(),
        reason);
  }
}
