package io.diskmemo.processor.internal.validate;

import io.diskmemo.processor.internal.model.Gate;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Reads {@code @OneAtATime} and {@code @Throttled} of methods; each mistake is reported at the value. */
final class GateReader {
  private static final int MOST_PERMITS = 1_000_000;
  private static final int LONGEST_NAME = 250;

  /** What javac puts in place of a value that it cannot resolve. */
  private static final String UNRESOLVED = "<error>";

  private final Tools tools;
  private final Problems problems;
  private final Signatures signatures;
  private final GateAgreement agreement;

  GateReader(Tools tools, Problems problems, Signatures signatures, GateAgreement agreement) {
    this.tools = tools;
    this.problems = problems;
    this.signatures = signatures;
    this.agreement = agreement;
  }

  /** Empty if the method has none of them, or mistakes, which are reported. */
  Optional<Gate> read(ExecutableElement method) {
    Optional<AnnotationMirror> oneAtATime = Annotations.find(method, Annotations.ONE_AT_A_TIME);
    Optional<AnnotationMirror> throttled = Annotations.find(method, Annotations.THROTTLED);
    if (oneAtATime.isEmpty() && throttled.isEmpty()) {
      return Optional.empty();
    }
    int before = problems.count();
    problems.at(method, () -> checkedResult(method));
    Gate gate = new Gate(
        identity(method),
        oneAtATime.flatMap(annotation -> new Values(method, annotation).oneAtATime()),
        throttled.flatMap(annotation -> new Values(method, annotation).throttled()),
        isInterruptible(method));
    return problems.count() == before ? Optional.of(gate) : Optional.empty();
  }

  private TypeMirror checkedResult(ExecutableElement method) {
    TypeMirror result = method.getReturnType();
    if (tools.isKindOf(result, "java.util.concurrent.CompletionStage")
        || tools.isKindOf(result, "java.util.concurrent.Future")) {
      throw new Mistake(
          MistakeId.ASYNC_METHOD,
          "%s returns before its work is over, so that @%s would end too soon; annotate the method"
              + " that does the work, and call that in the other thread",
          method.getSimpleName(),
          Annotations.has(method, Annotations.ONE_AT_A_TIME) ? "OneAtATime" : "Throttled");
    }
    return result;
  }

  /** Whether the method of the wrapper declares it, which may serve other methods too. */
  private boolean isInterruptible(ExecutableElement method) {
    TypeMirror interrupted =
        tools.elements().getTypeElement("java.lang.InterruptedException").asType();
    return signatures.thrownBy(method).stream()
        .filter(thrown -> thrown.getKind() == TypeKind.DECLARED)
        .anyMatch(thrown -> tools.types().isSubtype(interrupted, thrown));
  }

  /** The same for all classes that inherit the method. */
  private String identity(ExecutableElement method) {
    TypeElement type = (TypeElement) method.getEnclosingElement();
    return method.getParameters().stream()
        .map(parameter -> nameOf(parameter.asType()))
        .collect(Collectors.joining(
            ",", tools.elements().getBinaryName(type) + "." + method.getSimpleName() + "(", ")"));
  }

  /** Without annotations of the type, which some compilers write into its text. */
  private String nameOf(TypeMirror type) {
    TypeMirror erased = tools.types().erasure(type);
    if (erased instanceof DeclaredType declared) {
      return ((TypeElement) declared.asElement()).getQualifiedName().toString();
    }
    if (erased instanceof ArrayType array) {
      return nameOf(array.getComponentType()) + "[]";
    }
    return erased.getKind().isPrimitive()
        ? erased.getKind().name().toLowerCase(Locale.ROOT)
        : erased.toString();
  }

  /** Those of one annotation. */
  private final class Values {
    private final ExecutableElement method;
    private final AnnotationMirror annotation;
    private final Map<String, AnnotationValue> values;

    Values(ExecutableElement method, AnnotationMirror annotation) {
      this.method = method;
      this.annotation = annotation;
      this.values = Annotations.values(tools, annotation);
    }

    Optional<Gate.OneAtATime> oneAtATime() {
      Optional<String> name = name();
      AnnotationValue ttl = value("ttl");
      Optional<Optional<Duration>> timeToLive = at(ttl, () -> timeToLive(text(ttl)));
      return name.flatMap(n -> timeToLive.map(t -> new Gate.OneAtATime(n, t)))
          .flatMap(one -> at(ttl, () -> agreement.checked(method, one)));
    }

    Optional<Gate.Throttled> throttled() {
      Optional<String> name = name();
      AnnotationValue permits = value("permits");
      Optional<Integer> count = at(permits, () -> permits(permits));
      AnnotationValue value = value("period");
      Optional<Duration> period = at(value, () -> LimitedDurations.PERIOD.parse(text(value)));
      return name.flatMap(n -> count.flatMap(c -> period.map(p -> new Gate.Throttled(n, c, p))))
          .flatMap(throttled -> at(permits, () -> agreement.checked(method, throttled)));
    }

    private static Optional<Duration> timeToLive(String text) {
      return text.isEmpty() ? Optional.empty() : Optional.of(LimitedDurations.TTL.parse(text));
    }

    private static int permits(AnnotationValue value) {
      if (!(value.getValue() instanceof Integer permits)) {
        throw new UnresolvedTypeException();
      }
      if (permits < 1 || permits > MOST_PERMITS) {
        throw new Mistake(
            MistakeId.BAD_PERMITS,
            "permits %d are no rate to call a method at; choose 1 to 1,000,000, and a period to suit",
            permits);
      }
      return permits;
    }

    private Optional<String> name() {
      AnnotationValue value = value("name");
      return at(value, () -> named(text(value)));
    }

    private String named(String given) {
      String name = given.isEmpty() ? identity(method) : given;
      if (name.chars().anyMatch(Character::isISOControl)) {
        throw new Mistake(
            MistakeId.BAD_NAME,
            "the name of %s has control characters, which would spoil logs; take them from it",
            method.getSimpleName());
      }
      if (name.isBlank() || name.length() > LONGEST_NAME) {
        throw new Mistake(
            MistakeId.BAD_NAME,
            "name \"%s\" %s; %s",
            given,
            name.isBlank()
                ? "is blank"
                : (given.isEmpty() ? "stands for one of " : "has ") + name.length() + " characters",
            name.isBlank()
                ? "write one, or leave it out for the name of the method"
                : "choose one of at most " + LONGEST_NAME);
      }
      return name;
    }

    private <T> Optional<T> at(AnnotationValue value, Supplier<T> check) {
      return problems.at(method, annotation, value, check);
    }

    /** The compiler reports one that is missing. */
    private AnnotationValue value(String name) {
      @Nullable AnnotationValue value = values.get(name);
      if (value == null) {
        throw new UnresolvedTypeException();
      }
      return value;
    }

    private static String text(AnnotationValue value) {
      if (value.getValue() instanceof String text && !text.equals(UNRESOLVED)) {
        return text;
      }
      throw new UnresolvedTypeException();
    }
  }
}
