package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import io.diskmemo.annotations.DiskMemoize;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/** What came of compiling sources with the processor. */
final class Compiled {
  private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package ([\\w.]+);");
  private static final Pattern TYPE = Pattern.compile(
      "(?m)^(?:public |final |abstract |sealed )*(?:class|@interface|interface|record|enum) (\\w+)");

  private final Compilation compilation;

  private Compiled(Compilation compilation) {
    this.compilation = compilation;
  }

  /** Compiles sources, of which each names its package and its first type at the start of a line. */
  static Compiled of(String... sources) {
    return with(Compiler.javac().withProcessors(new DiskMemoProcessor()), sources);
  }

  static Compiled withProcessors(List<Processor> processors, String... sources) {
    return with(Compiler.javac().withProcessors(processors), sources);
  }

  /** As a user does who wants no warnings at all. */
  static Compiled strictly(String... sources) {
    return with(
        Compiler.javac()
            .withProcessors(new DiskMemoProcessor())
            .withOptions("-Xlint:all", "-Werror", "--release", "17"),
        sources);
  }

  /** As {@link #strictly}, with several types in one source. */
  static Compiled strictlyInOneFile(String... sources) {
    return with(
        Compiler.javac()
            .withProcessors(new DiskMemoProcessor())
            .withOptions("-Xlint:all,-auxiliaryclass", "-Werror", "--release", "17"),
        sources);
  }

  /** As {@link #strictly}, with annotations that no processor claims. */
  static Compiled strictlyWithForeignAnnotations(String... sources) {
    return with(
        Compiler.javac()
            .withProcessors(new DiskMemoProcessor())
            .withOptions("-Xlint:all,-processing", "-Werror", "--release", "17"),
        sources);
  }

  /** As {@link #strictly}, with wrappers that a container makes. */
  static Compiled strictlyForContainers(String componentModel, String... sources) {
    return with(
        Compiler.javac()
            .withProcessors(new DiskMemoProcessor())
            .withOptions(
                "-Xlint:all,-processing",
                "-Werror",
                "--release",
                "17",
                "-Adiskmemo.componentModel=" + componentModel),
        sources);
  }

  static Compiled withOption(String option, String... sources) {
    return with(
        Compiler.javac().withProcessors(new DiskMemoProcessor()).withOptions(option), sources);
  }

  /** As {@link #of}, with a directory on the class path beside what is there. */
  static Compiled withDirectory(File directory, String... sources) {
    return withLibraries(List.of(directory), sources);
  }

  /** As {@link #of}, with directories and archives on the class path before what is there. */
  static Compiled withLibraries(List<File> libraries, String... sources) {
    return withLibraries(libraries, List.of(), sources);
  }

  static Compiled withLibraries(List<File> libraries, List<String> options, String... sources) {
    List<File> classPath = new ArrayList<>(libraries);
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      classPath.add(new File(entry));
    }
    return with(
        Compiler.javac()
            .withProcessors(new DiskMemoProcessor())
            .withClasspath(classPath)
            .withOptions(options),
        sources);
  }

  /** As Error Prone has it done: later phases run in spite of errors. */
  static Compiled untilFlow(String... sources) {
    return with(
        Compiler.javac()
            .withProcessors(new DiskMemoProcessor())
            .withOptions("--should-stop=ifError=FLOW"),
        sources);
  }

  /** Without the runtime on the class path. */
  static Compiled withoutRuntime(String... sources) {
    File annotations = new File(
        DiskMemoize.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    return with(
        Compiler.javac()
            .withProcessors(new DiskMemoProcessor())
            .withClasspath(List.of(annotations)),
        sources);
  }

  private static Compiled with(Compiler compiler, String... sources) {
    return new Compiled(compiler.compile(Stream.of(sources).map(Compiled::file).toList()));
  }

  private static JavaFileObject file(String source) {
    Matcher inPackage = PACKAGE.matcher(source);
    Matcher type = TYPE.matcher(source);
    assertThat(type.find()).as("a type in %s", source).isTrue();
    String prefix = inPackage.find() ? inPackage.group(1) + "." : "";
    return JavaFileObjects.forSourceString(prefix + type.group(1), source);
  }

  /** Errors with the text of the line that each is at, {@code "line: message"}. */
  List<String> errors() {
    return messages(Diagnostic.Kind.ERROR);
  }

  List<String> warnings() {
    List<String> warnings = new ArrayList<>(messages(Diagnostic.Kind.WARNING));
    warnings.addAll(messages(Diagnostic.Kind.MANDATORY_WARNING));
    return warnings;
  }

  private List<String> messages(Diagnostic.Kind kind) {
    return compilation.diagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == kind)
        .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
        .toList();
  }

  /** The text that an error points at, up to the end of its line. */
  List<String> places() {
    return compilation.errors().stream().map(Compiled::place).toList();
  }

  private static String place(Diagnostic<? extends JavaFileObject> diagnostic) {
    try {
      String source = diagnostic.getSource().getCharContent(false).toString();
      return source
          .substring((int) diagnostic.getPosition())
          .lines()
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Compiled succeeds() {
    assertThat(compilation.diagnostics().stream().map(Object::toString)).isEmpty();
    assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
    return this;
  }

  /** Names of the sources that the processor wrote, without packages. */
  List<String> generatedNames() {
    return compilation.generatedSourceFiles().stream()
        .map(file -> file.getName().replaceAll(".*/|\\.java", ""))
        .toList();
  }

  /** The source of a wrapper. */
  String generated(String className) {
    return compilation
        .generatedSourceFile(className)
        .map(Compiled::text)
        .orElseThrow(() -> new AssertionError("no " + className + ": " + errors()));
  }

  private static String text(JavaFileObject file) {
    try {
      return file.getCharContent(false).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loads the classes that were compiled. */
  Program load() {
    return new Program(classes());
  }

  /** The classes that were compiled, by name. */
  Map<String, byte[]> classes() {
    succeeds();
    return compilation.generatedFiles().stream()
        .filter(file -> file.getKind() == JavaFileObject.Kind.CLASS)
        .collect(Collectors.toMap(Compiled::className, Compiled::bytes));
  }

  private static String className(JavaFileObject file) {
    String root = StandardLocation.CLASS_OUTPUT.getName() + "/";
    String name = file.getName();
    return name.substring(name.indexOf(root) + root.length())
        .replaceAll("\\.class$", "")
        .replace('/', '.');
  }

  private static byte[] bytes(JavaFileObject file) {
    try (InputStream in = file.openInputStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
