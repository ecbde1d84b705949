package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import io.diskmemo.processor.internal.model.Gate;
import java.time.Duration;
import javax.lang.model.element.Modifier;

/** Writes the constant that specifies the gate of a method. */
final class GateSpecWriter {
  private GateSpecWriter() {}

  static FieldSpec constant(String name, Gate gate) {
    CodeBlock.Builder code = CodeBlock.builder().add("$>$>\n$T.builder()", RuntimeTypes.GATE_SPEC);
    code.add("$>$>");
    gate.oneAtATime().ifPresent(one -> code.add(oneAtATime(one)));
    gate.throttled()
        .ifPresent(throttled -> code.add(
            "\n.throttled($S, $L, $L)",
            throttled.name(),
            throttled.permits(),
            duration(throttled.period())));
    code.add(gate.isInterruptible() ? "\n.interruptible()" : "");
    return FieldSpec.builder(
            RuntimeTypes.GATE_SPEC, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(code.add("\n.build()$<$<$<$<").build())
        .build();
  }

  private static CodeBlock oneAtATime(Gate.OneAtATime one) {
    return one.timeToLive()
        .map(ttl -> CodeBlock.of("\n.oneAtATime($S, $L)", one.name(), duration(ttl)))
        .orElseGet(() -> CodeBlock.of("\n.oneAtATime($S)", one.name()));
  }

  private static CodeBlock duration(Duration duration) {
    Amount amount = Amount.of(duration);
    return CodeBlock.of("$T.of$L($L)", Duration.class, amount.unit(), amount.literal());
  }
}
