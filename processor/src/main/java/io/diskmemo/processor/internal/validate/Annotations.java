package io.diskmemo.processor.internal.validate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Reads annotations as the compiler has them, without loading their classes. */
final class Annotations {
  static final String DISK_MEMOIZE = "io.diskmemo.annotations.DiskMemoize";
  static final String FILE_CONTENT = "io.diskmemo.annotations.FileContent";
  static final String KEY_IGNORE = "io.diskmemo.annotations.KeyIgnore";
  static final String KEYED_BY = "io.diskmemo.annotations.KeyedBy";
  static final String STORED_BY = "io.diskmemo.annotations.StoredBy";
  static final String KEY_PART = "io.diskmemo.annotations.KeyPart";
  static final String ONE_AT_A_TIME = "io.diskmemo.annotations.OneAtATime";
  static final String THROTTLED = "io.diskmemo.annotations.Throttled";

  /** Those of methods, each of which a wrapper is made for. */
  static final List<String> OF_METHODS = List.of(DISK_MEMOIZE, ONE_AT_A_TIME, THROTTLED);

  static final List<String> ALL = List.of(
      DISK_MEMOIZE,
      FILE_CONTENT,
      KEY_IGNORE,
      KEYED_BY,
      STORED_BY,
      KEY_PART,
      ONE_AT_A_TIME,
      THROTTLED);

  private Annotations() {}

  /** Whether a wrapper does something with a method. */
  static boolean areOn(Element method) {
    return OF_METHODS.stream().anyMatch(annotation -> has(method, annotation));
  }

  static boolean has(Element element, String annotation) {
    return find(element, annotation).isPresent();
  }

  static Optional<AnnotationMirror> find(Element element, String annotation) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
      if (type.getQualifiedName().contentEquals(annotation)) {
        return Optional.of(mirror);
      }
    }
    return Optional.empty();
  }

  /** One value, or its default; null if the annotation has no such element. */
  static @Nullable Object value(Tools tools, AnnotationMirror annotation, String name) {
    AnnotationValue value = values(tools, annotation).get(name);
    return value == null ? null : value.getValue();
  }

  /** Values by the name of the element that they are of, defaults included. */
  static Map<String, AnnotationValue> values(Tools tools, AnnotationMirror annotation) {
    Map<String, AnnotationValue> values = new HashMap<>();
    tools
        .elements()
        .getElementValuesWithDefaults(annotation)
        .forEach((element, value) -> values.put(element.getSimpleName().toString(), value));
    return values;
  }
}
