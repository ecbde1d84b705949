package example;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.CorruptValueException;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.Hit;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.key.KeyWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * {@link Formula} with its results kept by DiskMemo.
 *
 * <p>{@code simplified(Formula.Term, Map<String, Double>)}
 *
 * <ul>
 *   <li>key: {@code term}, {@code known}
 *   <li>kind {@code formulas}, version 1, kept as long as the profile of the kind says
 *   <li>tags: none
 *   <li>value: {@code Formula.Term}, immutable, one instance for all callers
 * </ul>
 */
@Generated("io.diskmemo.processor.DiskMemoProcessor")
final class MemoizedFormula extends Formula {
  private static final MethodSpec<Formula.Term> SIMPLIFIED =
      MethodSpec.<Formula.Term>method("example.Formula", "simplified", "example.Formula.Term",
          "java.util.Map<java.lang.String, java.lang.Double>")
          .returns("example.Formula.Term")
          .kind("formulas")
          .fingerprint("df738608b7dcdf75e4f91d88aca9ebdb")
          .sharedResult(new TermCodec())
          .build();

  private final MemoizedMethod<Formula.Term> simplified;

  /**
   * Keeps results in {@link DiskMemo#shared()}.
   */
  MemoizedFormula() {
    this(DiskMemo.shared());
  }

  /**
   * Keeps results in {@code memo}.
   */
  MemoizedFormula(DiskMemo memo) {
    this.simplified = memo.memoize(SIMPLIFIED);
  }

  @Override
  Formula.Term simplified(Formula.Term term, Map<String, Double> known) {
    if (simplified == null) { // called by the constructor of Formula
      return super.simplified(term, known);
    }
    SimplifiedArguments arguments = new SimplifiedArguments(term, known);
    return simplified.call(arguments, () -> super.simplified(term, known));
  }

  /**
   * The result of {@code simplified}, if there is one; computes nothing.
   */
  Optional<Hit<Formula.Term>> peekSimplified(Formula.Term term, Map<String, Double> known) {
    return simplified.peek(new SimplifiedArguments(term, known));
  }

  /**
   * Computes {@code simplified}, and keeps the result in place of what is there.
   */
  Formula.Term refreshSimplified(Formula.Term term, Map<String, Double> known) {
    return simplified.refresh(new SimplifiedArguments(term, known),
        () -> super.simplified(term, known));
  }

  /**
   * Evicts the result of {@code simplified}; whether there was one.
   */
  boolean evictSimplified(Formula.Term term, Map<String, Double> known) {
    return simplified.evict(new SimplifiedArguments(term, known));
  }

  private static void writeTerm(KeyWriter key, Formula.Term value) {
    if (key.writeNull(value)) {
      return;
    }
    if (value instanceof Formula.Constant constant) {
      writeConstant(key, constant);
    } else if (value instanceof Formula.Variable variable) {
      writeVariable(key, variable);
    } else {
      writeSum(key, (Formula.Sum) value);
    }
  }

  private static void writeConstant(KeyWriter key, Formula.Constant value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginRecord("example.Formula$Constant", 1);
    key.writeDouble(value.value());
  }

  private static void writeVariable(KeyWriter key, Formula.Variable value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginRecord("example.Formula$Variable", 1);
    key.writeString(value.name());
  }

  private static void writeSum(KeyWriter key, Formula.Sum value) {
    if (key.writeNull(value)) {
      return;
    }
    key.enter();
    key.beginRecord("example.Formula$Sum", 1);
    writeTermList(key, value.terms());
    key.leave();
  }

  private static void writeTermList(KeyWriter key, List<Formula.Term> value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginList(value.size());
    for (Formula.Term element : value) {
      writeTerm(key, element);
    }
  }

  private static void writeStringToDoubleMap(KeyWriter key, Map<String, Double> value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginMap(value.size());
    for (Map.Entry<String, Double> entry : value.entrySet()) {
      key.beginElement();
      key.writeString(entry.getKey());
      key.writeNullableDouble(entry.getValue());
    }
    key.endMap();
  }

  private static void writeTerm(ValueWriter out, Formula.Term value) {
    if (out.writeNull(value)) {
      return;
    }
    if (value instanceof Formula.Constant constant) {
      out.writeByte((byte) 0);
      writeConstant(out, constant);
    } else if (value instanceof Formula.Variable variable) {
      out.writeByte((byte) 1);
      writeVariable(out, variable);
    } else {
      out.writeByte((byte) 2);
      writeSum(out, (Formula.Sum) value);
    }
  }

  private static Formula.Term readTerm(ValueReader in) {
    if (in.readNull()) {
      return null;
    }
    byte number = in.readByte();
    return switch (number) {
      case 0 -> readConstant(in);
      case 1 -> readVariable(in);
      case 2 -> readSum(in);
      default -> throw new CorruptValueException("no Term has number " + number);
    };
  }

  private static void writeConstant(ValueWriter out, Formula.Constant value) {
    if (out.writeNull(value)) {
      return;
    }
    out.writeDouble(value.value());
  }

  private static Formula.Constant readConstant(ValueReader in) {
    if (in.readNull()) {
      return null;
    }
    return new Formula.Constant(in.readDouble());
  }

  private static void writeVariable(ValueWriter out, Formula.Variable value) {
    if (out.writeNull(value)) {
      return;
    }
    out.writeString(value.name());
  }

  private static Formula.Variable readVariable(ValueReader in) {
    if (in.readNull()) {
      return null;
    }
    return new Formula.Variable(in.readString());
  }

  private static void writeSum(ValueWriter out, Formula.Sum value) {
    if (out.writeNull(value)) {
      return;
    }
    out.enter();
    writeTermList(out, value.terms());
    out.leave();
  }

  private static Formula.Sum readSum(ValueReader in) {
    if (in.readNull()) {
      return null;
    }
    in.enter();
    Formula.Sum value = new Formula.Sum(readTermList(in));
    in.leave();
    return value;
  }

  private static void writeTermList(ValueWriter out, List<Formula.Term> value) {
    if (out.writeNull(value)) {
      return;
    }
    out.writeSize(value.size());
    for (Formula.Term element : value) {
      writeTerm(out, element);
    }
  }

  private static List<Formula.Term> readTermList(ValueReader in) {
    if (in.readNull()) {
      return null;
    }
    int size = in.readSize();
    List<Formula.Term> elements = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      elements.add(readTerm(in));
    }
    return Collections.unmodifiableList(elements);
  }

  private record SimplifiedArguments(Formula.Term term,
      Map<String, Double> known) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      writeTerm(key, term);
      writeStringToDoubleMap(key, known);
    }
  }

  private static final class TermCodec implements Codec<Formula.Term> {
    @Override
    public void write(ValueWriter out, Formula.Term value) {
      writeTerm(out, value);
    }

    @Override
    public Formula.Term read(ValueReader in) {
      return readTerm(in);
    }
  }
}
