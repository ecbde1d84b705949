package io.diskmemo.processor.internal.validate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Filer;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.tools.StandardLocation;

/**
 * The encoders that are registered as services. Of several files of one location, the compiler shows
 * the first.
 */
final class RegisteredEncoders {
  private static final String SERVICE = "io.diskmemo.key.KeyEncoder";

  private final List<String> classNames = new ArrayList<>();

  RegisteredEncoders(Filer filer) {
    read(filer, StandardLocation.CLASS_OUTPUT);
    read(filer, StandardLocation.CLASS_PATH);
  }

  /** A file that is not there, or not to be read, registers nothing. */
  private void read(Filer filer, StandardLocation location) {
    try {
      String text = filer
          .getResource(location, "", "META-INF/services/" + SERVICE)
          .getCharContent(true)
          .toString();
      text.lines()
          .map(line -> line.replaceAll("#.*", "").strip())
          .filter(line -> !line.isEmpty() && !classNames.contains(line))
          .forEach(classNames::add);
    } catch (IOException | RuntimeException e) {
      return; // none there
    }
  }

  /** The encoder of exactly this type. */
  Optional<TypeElement> find(Tools tools, TypeMirror type) {
    for (String className : classNames) {
      TypeElement encoder = tools.elements().getTypeElement(className.replace('$', '.'));
      if (encoder != null
          && UserClasses.argumentOf(tools, encoder, SERVICE)
              .filter(argument -> tools.types().isSameType(argument, type))
              .isPresent()) {
        return Optional.of(encoder);
      }
    }
    return Optional.empty();
  }
}
