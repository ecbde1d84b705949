package io.diskmemo.processor.internal.validate;

import io.diskmemo.processor.internal.model.Expiry;
import io.diskmemo.processor.internal.model.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;

/** The values of one {@code @DiskMemoize}; each mistake is reported at the value. */
final class Settings {
  /** What javac puts in place of a value that it cannot resolve. */
  static final String UNRESOLVED = "<error>";

  private final Problems problems;
  private final ExecutableElement method;
  private final AnnotationMirror annotation;
  private final Map<String, AnnotationValue> values;

  Settings(Tools tools, Problems problems, ExecutableElement method) {
    this.problems = problems;
    this.method = method;
    this.annotation = Annotations.find(method, Annotations.DISK_MEMOIZE).orElseThrow();
    this.values = Annotations.values(tools, annotation);
  }

  Optional<String> kind(KindSlips slips) {
    Optional<String> kind = checked("kind", KindNames::parse);
    kind.flatMap(name -> slips.doubt(method, name))
        .ifPresent(doubt -> problems.warn(method, annotation, value("kind"), doubt));
    return kind;
  }

  Optional<Expiry> expiry() {
    return checked("ttl", TimesToLive::parse);
  }

  int version() {
    if (value("version").getValue() instanceof Integer version) {
      return version;
    }
    throw new UnresolvedTypeException();
  }

  List<Tag> tags(TagReader reader) {
    List<Tag> tags = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (AnnotationValue value : templates()) {
      String template = text(value);
      problems
          .at(method, annotation, value, () -> reader.read(unrepeated(template, seen)))
          .ifPresent(tags::add);
    }
    return List.copyOf(tags);
  }

  private static String unrepeated(String template, Set<String> seen) {
    if (!seen.add(template)) {
      throw new Mistake(
          MistakeId.DUPLICATE, "tag \"%s\" is there twice; remove one of them", template);
    }
    return template;
  }

  private List<? extends AnnotationValue> templates() {
    if (value("tag").getValue() instanceof List<?> list) {
      return list.stream().map(AnnotationValue.class::cast).toList();
    }
    throw new UnresolvedTypeException();
  }

  private <T> Optional<T> checked(String name, Function<String, T> parser) {
    AnnotationValue value = value(name);
    String text = text(value);
    return problems.at(method, annotation, value, () -> parser.apply(text));
  }

  private AnnotationValue value(String name) {
    return Objects.requireNonNull(values.get(name));
  }

  private static String text(AnnotationValue value) {
    if (value.getValue() instanceof String text && !text.equals(UNRESOLVED)) {
      return text;
    }
    throw new UnresolvedTypeException();
  }
}
