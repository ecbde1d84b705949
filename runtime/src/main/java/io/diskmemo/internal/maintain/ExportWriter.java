package io.diskmemo.internal.maintain;

import io.diskmemo.internal.disk.EntryScan;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** Writes a file of entries, as {@link ExportFile} has it. Not thread-safe. */
public final class ExportWriter {
  private final MessageDigest digest = ExportFile.sha256();
  private final DataOutputStream out;
  private long entries;

  /**
   * Begins a file.
   *
   * @param out takes its bytes
   * @throws IOException if they cannot be written
   */
  public ExportWriter(OutputStream out) throws IOException {
    this.out = new DataOutputStream(new DigestOutputStream(out, digest));
    this.out.writeLong(ExportFile.MAGIC);
  }

  /**
   * Writes an entry.
   *
   * @param kind that it belongs to
   * @param entry with its value
   * @throws IOException if it cannot be written
   */
  public void write(String kind, EntryScan.Entry entry) throws IOException {
    byte[] description = ExportFile.Description.of(kind, entry).toBytes();
    if (description.length > ExportFile.MOST_DESCRIPTION_BYTES) {
      throw new IOException("the tags of an entry are longer than a file can hold");
    }
    out.writeByte(ExportFile.ENTRY);
    out.writeInt(description.length);
    out.write(description);
    out.writeInt(ExportFile.crcOf(description));
    try (InputStream value = entry.value().newInputStream()) {
      long written = 0;
      byte[] buffer = new byte[1 << 16];
      while (written < entry.value().sizeBytes()) {
        int most = (int) Math.min(buffer.length, entry.value().sizeBytes() - written);
        int read = value.read(buffer, 0, most);
        if (read < 0) {
          throw new IOException("a value ends early");
        }
        out.write(buffer, 0, read);
        written += read;
      }
    }
    entries++;
  }

  /**
   * Ends the file.
   *
   * @throws IOException if it cannot be written
   */
  public void end() throws IOException {
    out.writeByte(ExportFile.END);
    out.writeLong(entries);
    out.write(digest.digest());
    out.flush();
  }
}
