package io.diskmemo.processor.internal.validate;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.processing.Filer;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.tools.FileObject;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * The encoders that are registered as services.
 *
 * <p>javac shows processors the first file of a name in the directories of its class path, and nothing
 * below {@code META-INF} in archives. The others are found where they are likely to be: beside the type
 * that is to be encoded, and wherever the processor itself was loaded from, which is the whole class
 * path if there is no path for processors. Named modules say it in their declarations. What is found beside a type serves the types there only:
 * were it to serve others, it would depend on the rest of the compilation whether they have an encoder.
 */
final class RegisteredEncoders {
  private static final String SERVICE = "io.diskmemo.key.KeyEncoder";
  private static final String FILE = "META-INF/services/" + SERVICE;

  private static final Pattern PLATFORM = Pattern.compile("(java|jdk)\\.");

  private final Filer filer;
  private final Set<String> everywhere = new LinkedHashSet<>();
  private final Map<String, Set<String>> besideType = new HashMap<>();

  /** What modules provide; null until a type has to be looked for. */
  private @Nullable List<TypeElement> provided;

  RegisteredEncoders(Filer filer) {
    this.filer = filer;
    everywhere.addAll(in(StandardLocation.CLASS_OUTPUT));
    everywhere.addAll(in(StandardLocation.CLASS_PATH));
    loaded().forEach(file -> everywhere.addAll(in(file)));
  }

  /** A file that is not there, or not to be read, registers nothing. */
  private Set<String> in(StandardLocation location) {
    try {
      return classNames(
          filer.getResource(location, "", FILE).getCharContent(true).toString());
    } catch (IOException | RuntimeException e) {
      return Set.of();
    }
  }

  private static Set<String> in(URL file) {
    try {
      URLConnection connection = file.openConnection();
      connection.setUseCaches(false); // an archive that stays open cannot be replaced on Windows
      try (InputStream in = connection.getInputStream()) {
        return classNames(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException | RuntimeException e) {
      return Set.of();
    }
  }

  private static Collection<URL> loaded() {
    try {
      return Collections.list(RegisteredEncoders.class.getClassLoader().getResources(FILE));
    } catch (IOException e) {
      return Set.of();
    }
  }

  private static Set<String> classNames(String file) {
    Set<String> names = new LinkedHashSet<>();
    file.lines()
        .map(line -> line.replaceAll("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .forEach(names::add);
    return names;
  }

  /** The encoder of exactly this type. */
  Optional<TypeElement> find(Tools tools, TypeMirror type) {
    Stream<TypeElement> inFiles = Stream.concat(everywhere.stream(), beside(type).stream())
        .map(name -> tools.elements().getTypeElement(name.replace('$', '.')))
        .filter(Objects::nonNull);
    return Stream.concat(inFiles, provided(tools).stream())
        .filter(encoder -> isFor(tools, encoder, type))
        .findFirst();
  }

  private List<TypeElement> provided(Tools tools) {
    if (provided == null) {
      provided = tools.elements().getAllModuleElements().stream()
          .filter(module -> !PLATFORM.matcher(module.getQualifiedName()).lookingAt())
          .sorted(Comparator.comparing(module -> module.getQualifiedName().toString()))
          .flatMap(module -> ElementFilter.providesIn(module.getDirectives()).stream())
          .filter(provides -> provides.getService().getQualifiedName().contentEquals(SERVICE))
          .<TypeElement>flatMap(provides -> provides.getImplementations().stream())
          .toList();
    }
    return provided;
  }

  private static boolean isFor(Tools tools, TypeElement encoder, TypeMirror type) {
    return UserClasses.argumentOf(tools, encoder, SERVICE)
        .filter(argument -> tools.types().isSameType(argument, type))
        .isPresent();
  }

  private Set<String> beside(TypeMirror type) {
    return type instanceof DeclaredType declared
        ? besideType.computeIfAbsent(
            Tools.outermost((TypeElement) declared.asElement())
                .getQualifiedName()
                .toString(),
            this::besideClass)
        : Set.of();
  }

  /** Types of the platform, and those that are being compiled, have nothing beside them. */
  private Set<String> besideClass(String className) {
    if (className.startsWith("java.")) {
      return Set.of();
    }
    String path = className.replace('.', '/') + ".class";
    try {
      FileObject file = filer.getResource(StandardLocation.CLASS_PATH, "", path);
      String uri = file.toUri().toString();
      return uri.endsWith(path)
          ? in(URI.create(uri.substring(0, uri.length() - path.length()) + FILE).toURL())
          : Set.of();
    } catch (IOException | RuntimeException e) { // not on the class path
      return Set.of();
    }
  }
}
