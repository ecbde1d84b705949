package io.diskmemo.benchmarks.peers;

import io.diskmemo.benchmarks.codec.GeneratedCodec;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;

/** Documents to bytes and back, for stores of bytes: by the codec that our wrapper has. */
public final class DocumentCodec {
  private static final Codec<Document> CODEC =
      GeneratedCodec.of(MemoizedDocuments.class, "DOCUMENT");

  private DocumentCodec() {}

  /**
   * To bytes.
   *
   * @param document to be kept
   * @return what a store of bytes keeps
   */
  public static byte[] bytes(Document document) {
    return ValueWriter.bytesOf(CODEC, document);
  }

  static Document document(byte[] bytes) {
    ValueReader in = new ValueReader(bytes);
    Document document = CODEC.read(in);
    in.end();
    return document;
  }
}
