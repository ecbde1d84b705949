package io.diskmemo.maven;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.key.KeyWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An application with memoized methods, as the processor would write them. */
final class Geocoder {
  private static final Codec<String> STRING = new Codec<>() {
    @Override
    public void write(ValueWriter out, String value) {
      out.writeString(value);
    }

    @Override
    public String read(ValueReader in) {
      return in.readString();
    }
  };

  private record Place(String country, String street) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      key.writeString(country);
      key.writeString(street);
    }

    @Override
    public List<String> tags() {
      return List.of("country:" + country);
    }
  }

  private final AtomicInteger computations = new AtomicInteger();
  private final MemoizedMethod<String> locate;
  private final MemoizedMethod<String> postcode;

  Geocoder(DiskMemo memo) {
    this.locate = memo.memoize(method("locate"));
    this.postcode = memo.memoize(method("postcode"));
  }

  private static MethodSpec<String> method(String name) {
    return MethodSpec.<String>method(
            "com.example.Geocoder", name, "java.lang.String", "java.lang.String")
        .returns("java.lang.String")
        .kind("geo")
        .fingerprint("00")
        .sharedResult(STRING)
        .build();
  }

  String locate(String country, String street) {
    return call(locate, country, street);
  }

  String postcode(String country, String street) {
    return call(postcode, country, street);
  }

  private String call(MemoizedMethod<String> method, String country, String street) {
    return method.call(new Place(country, street), () -> {
      computations.incrementAndGet();
      return street + ", " + country;
    });
  }

  /** How many of these calls are not answered by the cache. */
  int computedBy(Runnable calls) {
    int before = computations.get();
    calls.run();
    return computations.get() - before;
  }
}
