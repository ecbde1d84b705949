package io.diskmemo.processor.internal.validate;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * The elements of one round that have annotations of ours. To find them is a walk through all its
 * classes, wrappers among them, which is done once and not for each annotation.
 */
final class AnnotatedElements {
  private static final Set<ElementKind> PLACES = EnumSet.of(
      ElementKind.METHOD,
      ElementKind.PARAMETER,
      ElementKind.FIELD,
      ElementKind.ENUM_CONSTANT); // is a field to the compiler

  private final List<? extends Element> all;

  private AnnotatedElements(List<? extends Element> all) {
    this.all = all;
  }

  static AnnotatedElements of(RoundEnvironment round, Elements elements) {
    TypeElement[] annotations = Annotations.ALL.stream()
        .map(elements::getTypeElement)
        .filter(Objects::nonNull)
        .toArray(TypeElement[]::new);
    return new AnnotatedElements(round.getElementsAnnotatedWithAny(annotations).stream()
        .filter(element -> PLACES.contains(element.getKind())) // the compiler reports others
        .toList());
  }

  /** Those that have one annotation, in the order of the sources. */
  Stream<? extends Element> with(String annotation) {
    return all.stream().filter(element -> Annotations.has(element, annotation));
  }

  /** The classes with methods that a wrapper is made for. */
  List<TypeElement> withMethods() {
    return Annotations.OF_METHODS.stream()
        .flatMap(this::with)
        .filter(element -> element.getKind() == ElementKind.METHOD)
        .map(method -> (TypeElement) Tools.enclosing(method))
        .distinct()
        .toList();
  }
}
