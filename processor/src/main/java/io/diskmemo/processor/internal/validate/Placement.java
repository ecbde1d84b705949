package io.diskmemo.processor.internal.validate;

import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;

/** Finds annotations at places where nothing reads them. */
final class Placement {
  private final Tools tools;
  private final Problems problems;

  Placement(Tools tools, Problems problems) {
    this.tools = tools;
    this.problems = problems;
  }

  void check(RoundEnvironment round, AnnotatedElements annotated) {
    ElementFilter.typesIn(round.getRootElements())
        .forEach(type -> tools.sources().checkBodies(type, problems));
    annotated.with(Annotations.KEY_IGNORE).forEach(this::checkKeyIgnore);
    annotated.with(Annotations.FILE_CONTENT).forEach(this::checkFileContent);
    annotated.with(Annotations.KEYED_BY).forEach(this::checkKeyedBy);
    annotated.with(Annotations.STORED_BY).forEach(this::checkStoredBy);
    annotated.with(Annotations.KEY_PART).forEach(this::checkKeyPart);
  }

  private void checkKeyIgnore(Element element) {
    if (element.getKind() == ElementKind.PARAMETER) {
      if (!isOfRecord(element)) {
        checkParameter(element, Annotations.KEY_IGNORE);
      }
    } else if (element.getModifiers().contains(Modifier.STATIC)) {
      reportNoEffect(
          element, Annotations.KEY_IGNORE, "a class; static fields are not in the key anyway");
    }
  }

  private void checkFileContent(Element element) {
    if (isOfRecord(element)) {
      problems.report(
          element,
          MistakeId.FILE_CONTENT,
          "@FileContent is on component %s of a record, which would be keyed by its name; give the"
              + " memoized method the file as a parameter of its own, with @FileContent",
          element.getSimpleName());
    } else {
      checkParameter(element, Annotations.FILE_CONTENT);
    }
  }

  private void checkKeyedBy(Element element) {
    boolean isArgument = element.getKind() == ElementKind.PARAMETER
        && Annotations.has(Tools.enclosing(element), Annotations.DISK_MEMOIZE);
    boolean isOfRecord = Tools.enclosing(element).getKind() == ElementKind.RECORD
        || (element.getKind() == ElementKind.PARAMETER && isOfRecord(element));
    if (!isArgument && !isOfRecord && !Annotations.has(element, Annotations.KEY_PART)) {
      reportNoEffect(
          element, Annotations.KEYED_BY, "something that is in no key, for want of @KeyPart");
    }
  }

  private void checkStoredBy(Element method) {
    if (!Annotations.has(method, Annotations.DISK_MEMOIZE)) {
      reportNoEffect(
          method, Annotations.STORED_BY, "a class, as it is not annotated with @DiskMemoize");
    }
  }

  private void checkParameter(Element parameter, String annotation) {
    if (!Annotations.has(Tools.enclosing(parameter), Annotations.DISK_MEMOIZE)) {
      reportNoEffect(
          parameter, annotation, "a method or constructor that is not annotated with @DiskMemoize");
    }
  }

  /**
   * The constructor of a record has the annotations of its components. A record may be an argument,
   * or state of a receiver, of methods that are compiled elsewhere.
   */
  private static boolean isOfRecord(Element parameter) {
    return Tools.enclosing(Tools.enclosing(parameter)).getKind() == ElementKind.RECORD;
  }

  private void reportNoEffect(Element element, String annotation, String reason) {
    problems.report(
        element,
        MistakeId.NO_EFFECT,
        "@%s has no effect on %s of %s; remove it",
        annotation.substring(annotation.lastIndexOf('.') + 1),
        element.getSimpleName(),
        reason);
  }

  private void checkKeyPart(Element element) {
    if (element.getKind() == ElementKind.PARAMETER) {
      checkKeyPartParameter(element);
    } else if (element.getModifiers().contains(Modifier.STATIC)) {
      problems.report(
          element,
          MistakeId.KEY_PART,
          "@KeyPart is on %s, which is static and so no state of the receiver; remove it",
          element.getSimpleName());
    } else if (element.getKind() == ElementKind.FIELD
        && Tools.enclosing(element).getKind() == ElementKind.ENUM) {
      problems.report(
          element,
          MistakeId.KEY_PART,
          "@KeyPart is on field %1$s of an enum, whose constants are in the key by name; remove it, or"
              + " put @KeyPart on a method %1$s() if the field changes",
          element.getSimpleName());
    } else if (element instanceof ExecutableElement method && !mayBeKeyPart(method)) {
      problems.report(
          element,
          MistakeId.KEY_PART,
          "@KeyPart is on method %s, which %s; annotate a method that returns the state and has no"
              + " parameters",
          element.getSimpleName(),
          method.getParameters().isEmpty() ? "returns nothing" : "has parameters");
    }
  }

  private void checkKeyPartParameter(Element parameter) {
    Element executable = Tools.enclosing(parameter);
    if (executable.getKind() != ElementKind.CONSTRUCTOR) {
      reportNoEffect(parameter, Annotations.KEY_PART, "a method; parameters are in the key anyway");
    } else if (!isSeenByWrapper(executable) && !isOfKeyPartComponent(parameter)) {
      Element type = Tools.enclosing(executable);
      problems.report(
          parameter,
          MistakeId.KEY_PART,
          "constructor parameter %1$s is @KeyPart, but the wrapper does not extend %2$s and so does not"
              + " see it; put @KeyPart on %3$sa method %1$s() instead",
          parameter.getSimpleName(),
          type.getSimpleName(),
          type.getKind() == ElementKind.CLASS ? "a field or " : "");
    }
  }

  /** Whether a wrapper calls the constructor, because it extends the class. */
  static boolean isSeenByWrapper(Element constructor) {
    Element type = Tools.enclosing(constructor);
    return type.getKind() == ElementKind.CLASS && !type.getModifiers().contains(Modifier.FINAL);
  }

  /** The constructor of a record has the annotations of its components. */
  private static boolean isOfKeyPartComponent(Element parameter) {
    return isOfRecord(parameter)
        && ElementFilter.fieldsIn(Tools.enclosing(Tools.enclosing(parameter)).getEnclosedElements())
            .stream()
            .anyMatch(field -> field.getSimpleName().equals(parameter.getSimpleName())
                && Annotations.has(field, Annotations.KEY_PART));
  }

  /** Whether a wrapper can ask the method for state of the receiver. */
  static boolean mayBeKeyPart(ExecutableElement method) {
    return method.getParameters().isEmpty()
        && method.getReturnType().getKind() != TypeKind.VOID
        && !method.getModifiers().contains(Modifier.STATIC);
  }
}
