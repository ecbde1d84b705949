package io.diskmemo.internal.call;

import io.diskmemo.codec.Blob;
import io.diskmemo.codec.BlobCodec;
import io.diskmemo.internal.disk.Content;
import io.diskmemo.internal.disk.Decryption;
import io.diskmemo.internal.disk.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** A blob as its codec would write it, without having it in memory. */
record BlobContent(Blob blob) implements Content {

  /** A blob that reads from the store. */
  static Blob of(StoredFile stored) throws IOException {
    Decryption decryption = stored.decryption();
    return decryption == null
        ? Blob.of(stored.file(), stored.offset() + 1, stored.sizeBytes() - 1)
        : Blob.of(
            stored.file(),
            stored.offset(),
            stored.sizeBytes(),
            in -> withoutPrefix(decryption.of().decrypting(in)),
            decryption.sizeBytes() - 1);
  }

  private static InputStream withoutPrefix(InputStream value) throws IOException {
    value.skipNBytes(1);
    return value;
  }

  @Override
  public long sizeBytes() {
    return 1 + blob.sizeBytes();
  }

  @Override
  public InputStream newInputStream() throws IOException {
    return new SequenceInputStream(
        new ByteArrayInputStream(new byte[] {BlobCodec.PREFIX}), blob.newInputStream());
  }
}
