package io.diskmemo.processor.internal.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/**
 * Reports mistakes to the compiler, once it is certain that the class is complete: what is reported
 * of a class that turns out to wait for another is forgotten, because it is validated again.
 */
final class Problems {
  private final Messager messager;
  private final List<Runnable> pending = new ArrayList<>();
  private int count;

  Problems(Messager messager) {
    this.messager = messager;
  }

  /** How many were found so far. */
  int count() {
    return count;
  }

  /** Forgets what was not yet passed on. */
  void forget() {
    pending.clear();
  }

  /** Passes everything on to the compiler. */
  void passOn() {
    pending.forEach(Runnable::run);
    pending.clear();
  }

  void report(Element at, MistakeId id, String format, Object... arguments) {
    report(at, new Mistake(id, format, arguments));
  }

  void report(Element at, Mistake mistake) {
    add(() -> messager.printMessage(Diagnostic.Kind.ERROR, mistake.getMessage(), at));
  }

  /** A mistake at a place that is no element. */
  void report(Consumer<String> printer, Mistake mistake) {
    add(() -> printer.accept(mistake.getMessage()));
  }

  /** A mistake outside the source. */
  void report(MistakeId id, String format, Object... arguments) {
    Mistake mistake = new Mistake(id, format, arguments);
    add(() -> messager.printMessage(Diagnostic.Kind.ERROR, mistake.getMessage()));
  }

  /** A warning at a value of an annotation, which does not keep the wrapper away. */
  void warn(Element element, AnnotationMirror annotation, AnnotationValue value, Mistake doubt) {
    pending.add(() -> messager.printMessage(
        Diagnostic.Kind.WARNING, doubt.getMessage(), element, annotation, value));
  }

  private void add(Runnable report) {
    count++;
    pending.add(report);
  }

  /** What a check found; empty, and reported, if it found a mistake. */
  <T> Optional<T> at(Element element, Supplier<T> check) {
    try {
      return Optional.of(check.get());
    } catch (Mistake mistake) {
      report(element, mistake);
      return Optional.empty();
    }
  }

  /** As {@link #at(Element, Supplier)}, at a value of an annotation. */
  <T> Optional<T> at(
      Element element, AnnotationMirror annotation, AnnotationValue value, Supplier<T> check) {
    try {
      return Optional.of(check.get());
    } catch (Mistake mistake) {
      add(() -> messager.printMessage(
          Diagnostic.Kind.ERROR, mistake.getMessage(), element, annotation, value));
      return Optional.empty();
    }
  }
}
