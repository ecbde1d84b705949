package io.diskmemo.internal.disk;

/** There is no room for what must be stored, and not enough could be made on the way. */
public final class NoRoomException extends DiskException {
  private static final long serialVersionUID = 1L;

  NoRoomException(String operation, long limitBytes) {
    super(
        operation,
        false,
        "there is no room within " + limitBytes + " bytes; raise sizeLimit, or store less");
  }
}
