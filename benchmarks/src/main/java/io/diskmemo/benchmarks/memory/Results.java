package io.diskmemo.benchmarks.memory;

import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.annotations.FileContent;
import java.nio.file.Path;
import java.util.List;

/** Memoized methods with one kind of argument or result each. */
public class Results {
  private static final String REST = "x".repeat(190);

  /** A result of 200 bytes. */
  public record Name(long id, String text) {}

  /** An argument. */
  public record Address(String country, int number) {}

  /** Nothing is wanted. */
  public Results() {}

  /** Two arguments. */
  @DiskMemoize
  public Name ofStringAndInt(String country, int id) {
    return new Name(id, REST);
  }

  /** Two arguments, of a result that expires. */
  @DiskMemoize(ttl = "1d")
  public Name forADay(String country, int id) {
    return new Name(id, REST);
  }

  /** A number. */
  @DiskMemoize
  public Name ofInt(int id) {
    return new Name(id, REST);
  }

  /** A string. */
  @DiskMemoize
  public Name ofString(String text) {
    return new Name(text.length(), REST);
  }

  /** A record. */
  @DiskMemoize
  public Name ofRecord(Address address) {
    return new Name(address.number(), REST);
  }

  /** A list, of which only the digest can be kept. */
  @DiskMemoize
  public Name ofList(List<String> texts) {
    return new Name(texts.size(), REST);
  }

  /** An array. */
  @DiskMemoize
  public Name ofBytes(byte[] bytes) {
    return new Name(bytes.length, REST);
  }

  /** A file. */
  @DiskMemoize
  public Name ofFile(@FileContent Path file) {
    return new Name(file.getNameCount(), REST);
  }

  /** A result that each caller gets a copy of. */
  @DiskMemoize
  public byte[] decoded(String country, int id) {
    return new byte[200];
  }
}
