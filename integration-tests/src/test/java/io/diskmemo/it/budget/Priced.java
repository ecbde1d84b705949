package io.diskmemo.it.budget;

import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.annotations.FileContent;
import java.nio.file.Path;
import java.util.List;

/** Memoized methods with one kind of argument or result each. */
class Priced {
  private static final String REST = "x".repeat(190);

  /** A result of about 200 bytes. */
  record Name(long id, String text) {}

  /** An argument of two fields. */
  record Address(String country, int number) {}

  @DiskMemoize
  Name ofInt(int id) {
    return new Name(id, REST);
  }

  @DiskMemoize
  Name ofString(String text) {
    return new Name(text.length(), REST);
  }

  @DiskMemoize
  Name ofStringAndInt(String country, int id) {
    return new Name(id + country.length(), REST);
  }

  @DiskMemoize
  Name ofRecord(Address address) {
    return new Name(address.number(), REST);
  }

  @DiskMemoize
  Name ofList(List<String> texts) {
    return new Name(texts.size(), REST);
  }

  @DiskMemoize
  Name ofBytes(byte[] bytes) {
    return new Name(bytes.length, REST);
  }

  @DiskMemoize
  Name ofFile(@FileContent Path file) {
    return new Name(file.getNameCount(), REST);
  }

  /** The result can be changed by the caller, so that each gets one of its own. */
  @DiskMemoize
  byte[] decoded(int id) {
    return new byte[200 + (id & 7)];
  }

  /** Memory does not keep it. */
  @DiskMemoize(kind = "disk", tag = "country:{country}")
  Name onDisk(String country, int id) {
    return new Name(id, REST);
  }
}
