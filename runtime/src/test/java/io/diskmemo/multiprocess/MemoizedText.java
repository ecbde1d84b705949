package io.diskmemo.multiprocess;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.Computation;
import io.diskmemo.generated.Hit;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.key.KeyWriter;
import java.util.List;

/**
 * What the processor would write for {@code @DiskMemoize String text(String name)}, whose names are
 * {@code tag/rest}.
 */
public final class MemoizedText {
  /** The name by which the method's entries can be evicted. */
  public static final String METHOD = "io.diskmemo.multiprocess.Text.text";

  private final MemoizedMethod<String> method;

  /** Binds the method to a kind. */
  public MemoizedText(DiskMemo memo, String kind) {
    method = memo.memoize(
        MethodSpec.<String>method("io.diskmemo.multiprocess.Text", "text", "java.lang.String")
            .returns("java.lang.String")
            .kind(kind)
            .fingerprint("0")
            .argumentsAreValues()
            .sharedResult(new StringCodec())
            .build());
  }

  /** The text of a name, from the cache or computed. */
  public String text(String name, Computation<String> computation) {
    Arguments arguments = new Name(name);
    Hit<String> hit = method.find(arguments);
    return hit != null ? hit.value() : method.compute(arguments, computation);
  }

  /** The text of a name that must be in the cache. */
  public String known(String name) {
    return text(name, () -> {
      throw new NotKnown(name);
    });
  }

  /** A text should have been in the cache. */
  public static final class NotKnown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotKnown(String name) {
      super(name + " is not in the cache");
    }
  }

  /** The tag of a name. */
  public static String tagOf(String name) {
    return name.substring(0, name.indexOf('/'));
  }

  private record Name(String name) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      key.writeString(name);
    }

    @Override
    public List<String> tags() {
      return List.of(tagOf(name), "every");
    }
  }

  private static final class StringCodec implements Codec<String> {
    @Override
    public void write(ValueWriter out, String value) {
      out.writeString(value);
    }

    @Override
    public String read(ValueReader in) {
      return in.readString();
    }
  }
}
