package io.diskmemo.processor.internal.validate;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Filer;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/**
 * The encoders that are registered as services.
 *
 * <p>A compiler shows processors the first file of a name on its class path only. The others are found
 * where they are likely to be: beside the type that is to be encoded, in its directory or archive, and
 * wherever the processor itself was loaded from, which is the whole class path if there is no path for
 * processors.
 */
final class RegisteredEncoders {
  private static final String SERVICE = "io.diskmemo.key.KeyEncoder";
  private static final String FILE = "META-INF/services/" + SERVICE;

  private final Filer filer;
  private final Set<String> classNames = new LinkedHashSet<>();
  private final Set<String> knownNeighbours = new HashSet<>();

  RegisteredEncoders(Filer filer) {
    this.filer = filer;
    read(StandardLocation.CLASS_OUTPUT);
    read(StandardLocation.CLASS_PATH);
    loaded().forEach(this::read);
  }

  /** A file that is not there, or not to be read, registers nothing. */
  private void read(StandardLocation location) {
    try {
      note(filer.getResource(location, "", FILE).getCharContent(true).toString());
    } catch (IOException | RuntimeException e) {
      return; // none there
    }
  }

  private static Collection<URL> loaded() {
    try {
      return Collections.list(RegisteredEncoders.class.getClassLoader().getResources(FILE));
    } catch (IOException e) {
      return Set.of();
    }
  }

  private void read(URL file) {
    try {
      URLConnection connection = file.openConnection();
      connection.setUseCaches(false); // an archive that stays open cannot be replaced on Windows
      try (InputStream in = connection.getInputStream()) {
        note(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException | RuntimeException e) {
      return; // none there
    }
  }

  private void note(String file) {
    file.lines()
        .map(line -> line.replaceAll("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .forEach(classNames::add);
  }

  /** The encoder of exactly this type. */
  Optional<TypeElement> find(Tools tools, TypeMirror type) {
    if (type instanceof DeclaredType declared) {
      readBeside((TypeElement) declared.asElement());
    }
    for (String registered : classNames) {
      TypeElement encoder = tools.elements().getTypeElement(registered.replace('$', '.'));
      if (encoder != null
          && UserClasses.argumentOf(tools, encoder, SERVICE)
              .filter(argument -> tools.types().isSameType(argument, type))
              .isPresent()) {
        return Optional.of(encoder);
      }
    }
    return Optional.empty();
  }

  /** Types of the platform, and those that are being compiled, have nothing beside them. */
  private void readBeside(TypeElement type) {
    String className = Tools.outermost(type).getQualifiedName().toString();
    if (className.startsWith("java.") || !knownNeighbours.add(className)) {
      return;
    }
    String path = className.replace('.', '/') + ".class";
    try {
      FileObject file = filer.getResource(StandardLocation.CLASS_PATH, "", path);
      String uri = file.toUri().toString();
      if (uri.endsWith(path)) {
        String root = uri.substring(0, uri.length() - path.length());
        read(URI.create(root + FILE).toURL());
      }
    } catch (IOException | RuntimeException e) {
      return; // not on the class path
    }
  }
}
