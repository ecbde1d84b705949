package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import io.diskmemo.processor.internal.model.Expiry;
import io.diskmemo.processor.internal.model.Memoized;
import io.diskmemo.processor.internal.model.Parameter;
import java.time.Duration;
import javax.lang.model.element.Modifier;

/** Writes the constant that specifies a memoized method. */
final class SpecWriter {
  private SpecWriter() {}

  static FieldSpec constant(String name, String declaringType, Memoized method, CodeBlock codec) {
    TypeName result = method.resultType();
    return FieldSpec.builder(
            ParameterizedTypeName.get(RuntimeTypes.METHOD_SPEC, result),
            name,
            Modifier.PRIVATE,
            Modifier.STATIC,
            Modifier.FINAL)
        .initializer(CodeBlock.builder()
            .add(start(declaringType, method, result))
            .add("$>$>\n.returns($S)", method.signature().returns().toString())
            .add("\n.kind($S)", method.kind())
            .add(version(method.version()))
            .add(expiry(method.expiry()))
            .add("\n.fingerprint($S)", method.fingerprint())
            .add(method.argumentsAreValues() ? "\n.argumentsAreValues()" : "")
            .add(method.receiverMayChange() ? "\n.receiverMayChange()" : "")
            .add(method.isLater() && method.onlyFilesMayChange() ? "\n.onlyFilesMayChange()" : "")
            .add(method.ignoresObjects() ? "\n.ignoresObjects()" : "")
            .add(method.comparesResult() ? "\n.comparedResult()" : "")
            .add(method.sharesResult() ? "\n.sharedResult" : "\n.copiedResult")
            .add("($L)", codec)
            .add("\n.build()$<$<$<$<")
            .build())
        .build();
  }

  private static CodeBlock start(String declaringType, Memoized method, TypeName result) {
    CodeBlock.Builder start = CodeBlock.builder()
        .add(
            "$>$>\n$T.<$T>method($S, $S",
            RuntimeTypes.METHOD_SPEC,
            result,
            declaringType,
            method.signature().name());
    for (Parameter parameter : method.signature().parameters()) {
      start.add(",$W$S", parameter.type().toString());
    }
    return start.add(")").build();
  }

  private static CodeBlock version(int version) {
    return version == 1 ? CodeBlock.of("") : CodeBlock.of("\n.version($L)", version);
  }

  private static CodeBlock expiry(Expiry expiry) {
    if (expiry instanceof Expiry.After after) {
      Amount amount = Amount.of(after.timeToLive());
      return CodeBlock.of(
          "\n.timeToLive($T.of$L($L))", Duration.class, amount.unit(), amount.literal());
    }
    return expiry instanceof Expiry.Never ? CodeBlock.of("\n.neverExpires()") : CodeBlock.of("");
  }
}
