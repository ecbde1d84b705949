package io.diskmemo.processor;

import com.google.auto.service.AutoService;
import io.diskmemo.processor.internal.model.Wrapper;
import io.diskmemo.processor.internal.validate.Validator;
import io.diskmemo.processor.internal.write.WrapperWriter;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/**
 * Writes a wrapper for each class or interface with methods that are annotated with {@code
 * DiskMemoize}, {@code OneAtATime} or {@code Throttled} of {@code io.diskmemo.annotations}.
 *
 * <p>A mistake ends the work on its class only. A class that mentions types that other processors
 * have still to write waits for a later round; if nobody writes them, it is left to the compiler to
 * say so.
 */
@AutoService(Processor.class)
public final class DiskMemoProcessor extends AbstractProcessor {
  private static final String PACKAGE = "io.diskmemo.annotations.";

  /** Names, because elements of one round are not those of the next. */
  private final Set<String> waiting = new LinkedHashSet<>();

  private Validator validator;

  /** A processor, which the compiler makes. */
  public DiskMemoProcessor() {}

  /**
   * Our annotations, and the one that wrappers carry: javac warns of annotations that nobody claims.
   */
  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(
        PACKAGE + "DiskMemoize",
        PACKAGE + "FileContent",
        PACKAGE + "KeyIgnore",
        PACKAGE + "KeyPart",
        PACKAGE + "KeyedBy",
        PACKAGE + "OneAtATime",
        PACKAGE + "StoredBy",
        PACKAGE + "Throttled",
        "javax.annotation.processing.Generated");
  }

  @Override
  public Set<String> getSupportedOptions() {
    return Set.of(Validator.COMPONENT_MODEL);
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    validator = new Validator(environment);
  }

  /**
   * Claims the annotations: they are nobody else's, and javac warns of each that is not claimed under
   * {@code -Xlint:all}. Processors that support all annotations are still asked wherever there is
   * another one.
   */
  @Override
  @SuppressWarnings("DoNotClaimAnnotations") // reason above
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (!round.processingOver()) {
      List<TypeElement> annotated = validator.begin(round);
      Set<TypeElement> types = waiting();
      types.addAll(annotated);
      types.forEach(this::process);
    }
    return true;
  }

  private Set<TypeElement> waiting() {
    Set<TypeElement> types = new LinkedHashSet<>();
    for (String name : waiting) {
      types.add(processingEnv.getElementUtils().getTypeElement(name));
    }
    waiting.clear();
    return types;
  }

  private void process(TypeElement type) {
    Validator.Outcome outcome = validator.validate(type);
    if (outcome instanceof Validator.Valid valid) {
      write(valid.wrapper());
    } else if (outcome instanceof Validator.Invalid invalid) {
      invalid.placeholder().ifPresent(this::write);
    } else {
      waiting.add(type.getQualifiedName().toString());
    }
  }

  private void write(Wrapper wrapper) {
    try {
      WrapperWriter.write(wrapper, processingEnv.getFiler());
    } catch (IOException | RuntimeException e) {
      validator.reportFailure(wrapper.type(), e);
    }
  }
}
