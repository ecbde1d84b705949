package io.diskmemo.processor.internal.validate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;

/**
 * Names of the components of one arguments record. A parameter keeps its name where the language
 * allows it, and where its accessor would not be taken for a method of {@code Arguments}.
 */
final class ComponentNames {
  private static final Set<String> NOT_ALLOWED = Set.of(
      "clone",
      "finalize",
      "getClass",
      "hashCode",
      "notify",
      "notifyAll",
      "tags",
      "toString",
      "wait");

  private final Set<String> taken = new HashSet<>(NOT_ALLOWED);
  private final Map<String, String> ofParameters = new HashMap<>();
  private final Map<ReceiverPart, String> ofReceiver = new HashMap<>();

  private ComponentNames() {}

  static ComponentNames of(ExecutableElement method, List<ReceiverPart> receiver) {
    ComponentNames names = new ComponentNames();
    for (VariableElement parameter : method.getParameters()) {
      String name = parameter.getSimpleName().toString();
      names.ofParameters.put(name, names.free(name));
    }
    for (ReceiverPart part : receiver) {
      names.ofReceiver.put(part, names.freeForReceiver(part.name()));
    }
    return names;
  }

  String of(VariableElement parameter) {
    return Objects.requireNonNull(ofParameters.get(parameter.getSimpleName().toString()));
  }

  String of(ReceiverPart part) {
    return Objects.requireNonNull(ofReceiver.get(part));
  }

  private String freeForReceiver(String wanted) {
    return free(taken.contains(wanted) ? "own" + capitalized(wanted) : wanted);
  }

  private static String capitalized(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private String free(String wanted) {
    String name = wanted;
    while (!taken.add(name)) {
      name += "_";
    }
    return name;
  }
}
