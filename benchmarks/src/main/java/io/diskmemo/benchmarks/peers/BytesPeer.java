package io.diskmemo.benchmarks.peers;

/** A store of bytes. */
abstract class BytesPeer implements Peer {
  private final int size;

  BytesPeer(int size) {
    this.size = size;
  }

  @Override
  public final void put(int id) throws Exception {
    putBytes(id, bytes(id));
  }

  @Override
  public final Document get(int id) throws Exception {
    return DocumentCodec.document(getBytes(id));
  }

  /** What there is to put. */
  final byte[] bytes(int id) {
    return DocumentCodec.bytes(Document.of(id, size));
  }

  abstract void putBytes(int id, byte[] bytes) throws Exception;

  abstract byte[] getBytes(int id) throws Exception;
}
