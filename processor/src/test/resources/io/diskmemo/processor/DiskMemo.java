package io.diskmemo;

import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.Computation;
import io.diskmemo.generated.Hit;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.key.Key;
import io.diskmemo.key.KeyWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes the place of the real one in tests of the processor: a map of keys to bytes. */
public final class DiskMemo {
  private static final DiskMemo SHARED = new DiskMemo();

  public final Map<Key, byte[]> stored = new HashMap<>();
  public final List<List<String>> tags = new ArrayList<>();
  public final List<MethodSpec<?>> specs = new ArrayList<>();
  public int computed;
  public int found;

  public static DiskMemo shared() {
    return SHARED;
  }

  public <R> MemoizedMethod<R> memoize(MethodSpec<R> spec) {
    specs.add(spec);
    return new InMap<>(spec);
  }

  public static Key key(MethodSpec<?> spec, Arguments arguments) {
    try {
      KeyWriter key = new KeyWriter();
      key.write(spec.identity());
      key.write(spec.version());
      key.write(spec.fingerprint());
      arguments.writeKey(key);
      return key.toKey();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class InMap<R> implements MemoizedMethod<R> {
    private final MethodSpec<R> spec;
    private final Map<Arguments, R> remembered = new HashMap<>();

    InMap(MethodSpec<R> spec) {
      this.spec = spec;
    }

    @Override
    public Hit<R> find(Arguments arguments) {
      if (!spec.argumentsAreValues() || !spec.sharesResult()) {
        throw new IllegalStateException("find is not for " + spec);
      }
      if (!remembered.containsKey(arguments)) {
        return null;
      }
      found++;
      R value = remembered.get(arguments);
      return () -> value;
    }

    @Override
    public R compute(Arguments arguments, Computation<? extends R> computation) {
      R value = call(arguments, computation);
      remembered.put(arguments, value);
      return value;
    }

    @Override
    public R call(Arguments arguments, Computation<? extends R> computation) {
      Key key = key(spec, arguments);
      if (!stored.containsKey(key)) {
        ValueWriter out = new ValueWriter();
        spec.codec().write(out, computed(computation));
        stored.put(key, out.toBytes());
        tags.add(arguments.tags());
      }
      ValueReader in = new ValueReader(stored.get(key));
      R value = spec.codec().read(in);
      in.end();
      return value;
    }

    @Override
    public Optional<Hit<R>> peek(Arguments arguments) {
      byte[] bytes = stored.get(key(spec, arguments));
      return bytes == null
          ? Optional.empty()
          : Optional.of(() -> spec.codec().read(new ValueReader(bytes)));
    }

    @Override
    public R refresh(Arguments arguments, Computation<? extends R> computation) {
      evict(arguments);
      return call(arguments, computation);
    }

    @Override
    public boolean evict(Arguments arguments) {
      remembered.remove(arguments);
      return stored.remove(key(spec, arguments)) != null;
    }

    @Override
    public CompletableFuture<R> callAsync(
        Arguments arguments, Computation<? extends CompletionStage<? extends R>> computation) {
      throw new UnsupportedOperationException();
    }

    private R computed(Computation<? extends R> computation) {
      computed++;
      try {
        return computation.compute();
      } catch (Throwable e) {
        throw DiskMemo.<RuntimeException>unchecked(e);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E unchecked(Throwable e) throws E {
    throw (E) e;
  }
}
