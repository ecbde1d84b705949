package io.diskmemo.benchmarks.compile;

import io.diskmemo.annotations.DiskMemoize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/**
 * Writes the least that can stand in the place of a class with memoized methods: a subclass that calls
 * them. What that takes is what no processor that writes sources can save. It looks at nothing but
 * {@link SampleSources}.
 */
public final class LeastProcessor extends AbstractProcessor {
  /** By javac. */
  public LeastProcessor() {}

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(DiskMemoize.class.getName());
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Set<Element> types = new LinkedHashSet<>();
    for (Element method : round.getElementsAnnotatedWith(DiskMemoize.class)) {
      types.add(method.getEnclosingElement());
    }
    types.forEach(type -> write((TypeElement) type));
    return false;
  }

  private void write(TypeElement type) {
    String name = "Least" + type.getSimpleName();
    StringBuilder source = new StringBuilder("package sample;\n\nclass ")
        .append(name + " extends " + type.getSimpleName() + " {\n");
    for (ExecutableElement made : ElementFilter.constructorsIn(type.getEnclosedElements())) {
      source.append(
          "  " + name + parameters(made) + " {\n    super" + arguments(made) + ";\n  }\n");
    }
    for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
      source.append("\n  @Override\n  public " + method.getReturnType() + " "
          + method.getSimpleName() + parameters(method) + " {\n    return super."
          + method.getSimpleName() + arguments(method) + ";\n  }\n");
    }
    try (Writer file =
        processingEnv.getFiler().createSourceFile("sample." + name, type).openWriter()) {
      file.append(source).append("}\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What javac says of the last parameter's type is an array's, also where it stands for any number. */
  private static String parameters(ExecutableElement method) {
    String written = method.getParameters().stream()
        .map(one -> one.asType() + " " + one.getSimpleName())
        .collect(Collectors.joining(", ", "(", ")"));
    return method.isVarArgs() ? written.replaceFirst("\\[\\](?= \\w+\\)$)", "...") : written;
  }

  private static String arguments(ExecutableElement method) {
    return method.getParameters().stream()
        .map(VariableElement::getSimpleName)
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
