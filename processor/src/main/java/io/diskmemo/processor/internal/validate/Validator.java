package io.diskmemo.processor.internal.validate;

import io.diskmemo.processor.internal.model.ComponentModel;
import io.diskmemo.processor.internal.model.Wrapper;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import org.jspecify.annotations.Nullable;

/** Turns annotated classes into models of their wrappers, and reports every mistake in them. */
public final class Validator {
  /** Option that names what makes wrappers: {@code default}, {@code jakarta} or {@code spring}. */
  public static final String COMPONENT_MODEL = "diskmemo.componentModel";

  private final Tools tools;
  private final Problems problems;
  private final WrapperNames names = new WrapperNames();
  private final Placement placement;
  private final ComponentModel componentModel;

  /**
   * A validator for one compilation.
   *
   * @param environment of the compiler
   */
  public Validator(ProcessingEnvironment environment) {
    this.tools = Tools.of(environment);
    this.problems = new Problems(environment.getMessager());
    this.placement = new Placement(tools, problems);
    this.componentModel = componentModel(environment.getOptions().get(COMPONENT_MODEL));
  }

  private ComponentModel componentModel(@Nullable String option) {
    if (option == null) {
      return ComponentModel.DEFAULT;
    }
    List<String> names = Stream.of(ComponentModel.values())
        .map(model -> model.name().toLowerCase(Locale.ROOT))
        .toList();
    if (names.contains(option)) {
      return ComponentModel.valueOf(option.toUpperCase(Locale.ROOT));
    }
    problems.report(
        MistakeId.BAD_OPTION,
        "-A%s=%s is none of %s; %s",
        COMPONENT_MODEL,
        option,
        String.join(", ", names),
        Nearest.to(option, names)
            .map(nearest -> "did you mean " + nearest + "?")
            .orElse("name one of them, or leave the option out"));
    return ComponentModel.DEFAULT;
  }

  /** What came of a class. */
  public sealed interface Outcome {}

  /**
   * The class has no mistakes.
   *
   * @param wrapper to write
   */
  public record Valid(Wrapper wrapper) implements Outcome {}

  /**
   * The class has mistakes, and they were reported.
   *
   * @param placeholder a wrapper that memoizes nothing, so that the compiler does not add to the
   *     mistakes an error for each use of the wrapper; empty if another class has its name
   */
  public record Invalid(Optional<Wrapper> placeholder) implements Outcome {}

  /** The class mentions a type that does not exist yet. */
  public record Incomplete() implements Outcome {}

  /**
   * Looks at a round as a whole, before its classes are validated.
   *
   * @param round that begins
   * @return its classes with annotated methods
   */
  public List<TypeElement> begin(RoundEnvironment round) {
    for (Element root : round.getRootElements()) {
      if (root instanceof TypeElement type) {
        names.noteSource(type);
      }
    }
    AnnotatedElements annotated = AnnotatedElements.of(round, tools.elements());
    try {
      placement.check(round, annotated);
    } catch (RuntimeException e) { // a stack trace of the compiler would hide other errors
      problems.report(
          MistakeId.INTERNAL,
          "the places of annotations could not be checked: %s; please report this to DiskMemo",
          e);
    }
    problems.passOn();
    return annotated.withMethods();
  }

  /**
   * Validates a class or interface.
   *
   * @param type with annotated methods
   * @return what came of it
   */
  public Outcome validate(TypeElement type) {
    Outcome outcome = outcomeOf(type);
    if (outcome instanceof Incomplete) {
      problems.forget();
    }
    problems.passOn();
    return outcome;
  }

  private Outcome outcomeOf(TypeElement type) {
    if (type.asType().getKind() == TypeKind.ERROR) { // such as one that extends itself
      return new Incomplete();
    }
    try {
      requireRuntime(type);
      return reader(type).read().<Outcome>map(Valid::new).orElseGet(() -> invalid(type));
    } catch (Mistake mistake) {
      problems.report(type, mistake);
      return invalid(type);
    } catch (UnresolvedTypeException e) {
      return new Incomplete();
    } catch (RuntimeException e) { // a stack trace of the compiler would hide other errors
      report(type, e);
      return invalid(type);
    }
  }

  private WrapperReader reader(TypeElement type) {
    return new WrapperReader(tools, problems, names, componentModel, type);
  }

  private Invalid invalid(TypeElement type) {
    return new Invalid(names.claimIfFree(type).map(name -> placeholder(type)));
  }

  private Wrapper placeholder(TypeElement type) {
    try {
      requireRuntime(type);
      return reader(type).readPlain();
    } catch (RuntimeException e) { // what it is was reported
      return reader(type).readEmpty();
    }
  }

  private void requireRuntime(TypeElement type) {
    if (!tools.sees(type, "io.diskmemo.generated.MemoizedMethod")) {
      throw new Mistake(
          MistakeId.NO_RUNTIME,
          "the wrapper of %s needs the runtime; add io.diskmemo:diskmemo-runtime to the dependencies,"
              + " and in a module \"requires io.diskmemo.runtime\"",
          type.getSimpleName());
    }
  }

  /**
   * Reports that no wrapper could be made, for no mistake in the class.
   *
   * @param type that was validated
   * @param failure of the validator or the writer
   */
  public void reportFailure(TypeElement type, Exception failure) {
    report(type, failure);
    problems.passOn();
  }

  private void report(TypeElement type, Exception failure) {
    problems.report(
        type,
        MistakeId.INTERNAL,
        "no wrapper of %s could be made: %s; please report this to DiskMemo",
        type.getSimpleName(),
        failure);
  }
}
