package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import io.diskmemo.processor.internal.model.KeyComponent;
import io.diskmemo.processor.internal.model.Memoized;
import io.diskmemo.processor.internal.model.Tag;
import java.io.IOException;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the record of a method's arguments. */
final class ArgumentsWriter {
  private final KeyMethods keyMethods;

  ArgumentsWriter(KeyMethods keyMethods) {
    this.keyMethods = keyMethods;
  }

  TypeSpec record(String name, Memoized method) {
    MethodSpec.Builder components = MethodSpec.constructorBuilder();
    for (KeyComponent component : method.key()) {
      components.addParameter(component.type(), component.name());
    }
    TypeSpec.Builder type = TypeSpec.recordBuilder(name)
        .addModifiers(Modifier.PRIVATE)
        .addSuperinterface(RuntimeTypes.ARGUMENTS)
        .recordConstructor(components.build())
        .addMethod(writeKey(method.key()));
    if (!method.tags().isEmpty()) {
      type.addMethod(tags(method.tags()));
    }
    return type.build();
  }

  private MethodSpec writeKey(List<KeyComponent> components) {
    String key = keyName(components);
    MethodSpec.Builder method = MethodSpec.methodBuilder("writeKey")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .addParameter(RuntimeTypes.KEY_WRITER, key);
    if (components.stream().anyMatch(KeyComponent::byContent)) {
      method.addException(IOException.class);
    }
    for (KeyComponent component : components) {
      method.addStatement(write(component, key));
    }
    return method.build();
  }

  /** The name of the parameter, which must not hide a component. */
  private static String keyName(List<KeyComponent> components) {
    List<String> names = components.stream().map(KeyComponent::name).toList();
    return names.contains("key") ? Names.without(names).free("keyWriter") : "key";
  }

  private CodeBlock write(KeyComponent component, String key) {
    if (component.source() instanceof KeyComponent.Delegate) {
      return CodeBlock.of(
          "$T.write($N, $N)", RuntimeTypes.DELEGATE_IDENTITY, key, component.name());
    }
    return component.byContent()
        ? CodeBlock.of("$N.writeContent($N)", key, component.name())
        : keyMethods.write(component.shape(), key, CodeBlock.of("$N", component.name()));
  }

  private static MethodSpec tags(List<Tag> tags) {
    List<CodeBlock> texts = tags.stream().map(TagCode::text).toList();
    return MethodSpec.methodBuilder("tags")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(ParameterizedTypeName.get(List.class, String.class))
        .addStatement("return $T.of($L)", List.class, CodeBlock.join(texts, ",$W"))
        .build();
  }
}
