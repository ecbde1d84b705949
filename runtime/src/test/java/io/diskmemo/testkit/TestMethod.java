package io.diskmemo.testkit;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Blob;
import io.diskmemo.codec.BlobCodec;
import io.diskmemo.codec.Codec;
import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.Hit;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.key.KeyWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A memoized method of one string, put together as the processor would, which counts how often its
 * body runs. Thread-safe.
 */
public final class TestMethod<R> {
  private final MemoizedMethod<R> memoized;
  private final MethodSpec<R> spec;
  private final Function<String, List<String>> tags;
  private final KeyPart keyPart;
  private final AtomicInteger computations = new AtomicInteger();
  private volatile Body<R> body;

  /** What the method does. */
  public interface Body<R> {
    R of(String argument) throws Throwable;
  }

  /** What of the argument goes into the key. */
  public interface KeyPart {
    void write(KeyWriter key, String argument) throws IOException;
  }

  /** Equal for equal arguments of the same method, as generated records are. */
  private static final class Call implements Arguments {
    private final TestMethod<?> method;
    private final String argument;

    Call(TestMethod<?> method, String argument) {
      this.method = method;
      this.argument = argument;
    }

    @Override
    public void writeKey(KeyWriter key) throws IOException {
      method.keyPart.write(key, argument);
    }

    @Override
    public List<String> tags() {
      return method.tags.apply(argument);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Call call
          && method.name().equals(call.method.name())
          && argument.equals(call.argument);
    }

    @Override
    public int hashCode() {
      return argument.hashCode();
    }
  }

  private TestMethod(Builder<R> builder, DiskMemo memo) {
    this.spec = builder.spec.build();
    this.tags = builder.tags;
    this.keyPart = builder.keyPart;
    this.body = builder.body;
    this.memoized = memo.memoize(spec);
  }

  /** A method of shared strings, whose arguments are values, that returns the argument and a mark. */
  public static Builder<String> text(String name) {
    return new Builder<>(
        TestMethod.<String>base(name, String.class)
            .sharedResult(new Codecs.Text())
            .argumentsAreValues(),
        argument -> argument + "!");
  }

  /** A method of lists that each caller may change, and that returns a list of the argument. */
  public static Builder<List<String>> texts(String name) {
    return new Builder<>(
        TestMethod.<List<String>>base(name, List.class).copiedResult(new Codecs.Texts()),
        argument -> new ArrayList<>(List.of(argument)));
  }

  /** A method of any result. */
  public static <R> Builder<R> copied(String name, Codec<R> codec, Body<R> body) {
    return new Builder<>(TestMethod.<R>base(name, Object.class).copiedResult(codec), body);
  }

  /** A method of blobs. */
  public static Builder<Blob> blobs(String name, Body<Blob> body) {
    return new Builder<>(
        TestMethod.<Blob>base(name, Blob.class).sharedResult(new BlobCodec()), body);
  }

  private static <R> MethodSpec.Builder<R> base(String name, Class<?> result) {
    return MethodSpec.<R>method("io.test.Sample", name, "java.lang.String")
        .returns(result.getName())
        .kind("default")
        .fingerprint("f1");
  }

  /** Calls it as a generated wrapper does. */
  public R call(String argument) {
    Call call = new Call(this, argument);
    if (spec.sharesResult() && spec.argumentsAreValues()) {
      Hit<R> hit = memoized.find(call);
      return hit != null ? hit.value() : memoized.compute(call, () -> computed(argument));
    }
    return memoized.call(call, () -> computed(argument));
  }

  /** What is there, without calling the method. */
  public Optional<R> peek(String argument) {
    return memoized.peek(new Call(this, argument)).map(Hit::value);
  }

  /** Calls the method whatever is there. */
  public R refresh(String argument) {
    return memoized.refresh(new Call(this, argument), () -> computed(argument));
  }

  /** Evicts one result. */
  public boolean evict(String argument) {
    return memoized.evict(new Call(this, argument));
  }

  /** Calls it as a method whose result comes later. */
  public CompletableFuture<R> callAsync(String argument) {
    return memoized.callAsync(
        new Call(this, argument), () -> CompletableFuture.completedFuture(computed(argument)));
  }

  /** Calls it as a method whose result comes when the stage completes. */
  public CompletableFuture<R> callAsync(String argument, Supplier<CompletionStage<R>> stage) {
    return memoized.callAsync(new Call(this, argument), () -> {
      computations.incrementAndGet();
      return stage.get();
    });
  }

  /** Computes whatever is there, as a method whose result comes when the stage completes. */
  public CompletableFuture<R> refreshAsync(String argument, Supplier<CompletionStage<R>> stage) {
    return memoized.refreshAsync(new Call(this, argument), () -> {
      computations.incrementAndGet();
      return stage.get();
    });
  }

  private String name() {
    return spec + " " + spec.fingerprint();
  }

  private R computed(String argument) throws Throwable {
    computations.incrementAndGet();
    return body.of(argument);
  }

  /** How often the body ran. */
  public int computations() {
    return computations.get();
  }

  /** Changes what the method does from now on. */
  public void body(Body<R> newBody) {
    body = newBody;
  }

  /** Puts a method together. */
  public static final class Builder<R> {
    private MethodSpec.Builder<R> spec;
    private Body<R> body;
    private Function<String, List<String>> tags = argument -> List.of();
    private KeyPart keyPart = KeyWriter::writeString;

    private Builder(MethodSpec.Builder<R> spec, Body<R> body) {
      this.spec = spec;
      this.body = body;
    }

    public Builder<R> spec(UnaryOperator<MethodSpec.Builder<R>> change) {
      spec = change.apply(spec);
      return this;
    }

    public Builder<R> kind(String kind) {
      return spec(s -> s.kind(kind));
    }

    public Builder<R> body(Body<R> newBody) {
      body = newBody;
      return this;
    }

    public Builder<R> tags(String... names) {
      return tags(argument -> List.of(names));
    }

    public Builder<R> tags(Function<String, List<String>> names) {
      tags = names;
      return this;
    }

    public Builder<R> key(KeyPart part) {
      keyPart = part;
      return this;
    }

    /** Binds it, which counts from zero. */
    public TestMethod<R> in(DiskMemo memo) {
      return new TestMethod<>(this, memo);
    }
  }
}
