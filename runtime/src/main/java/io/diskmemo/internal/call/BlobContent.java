package io.diskmemo.internal.call;

import io.diskmemo.codec.Blob;
import io.diskmemo.codec.BlobCodec;
import io.diskmemo.internal.disk.Content;
import io.diskmemo.internal.disk.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** A blob as its codec would write it, without having it in memory. */
record BlobContent(Blob blob) implements Content {

  /** A blob that reads from the store. */
  static Blob of(StoredFile stored) throws IOException {
    return Blob.of(stored.file(), stored.offset() + 1, stored.sizeBytes() - 1);
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
