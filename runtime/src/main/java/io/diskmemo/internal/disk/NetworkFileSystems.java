package io.diskmemo.internal.disk;

import java.util.Locale;
import java.util.Set;

/** The types of file systems, as the system names them, that several machines can have mounted. */
final class NetworkFileSystems {
  private static final Set<String> TYPES = Set.of(
      "9p",
      "acfs",
      "afs",
      "afpfs",
      "beegfs",
      "ceph",
      "cifs",
      "coda",
      "davfs",
      "glusterfs",
      "gpfs",
      "lustre",
      "ncpfs",
      "nfs",
      "nfs3",
      "nfs4",
      "ocfs2",
      "orangefs",
      "panfs",
      "smb",
      "smb2",
      "smb3",
      "smbfs",
      "sshfs",
      "virtiofs",
      "webdav");

  /** What file systems in programs call themselves, such as {@code fuse.sshfs}. */
  private static final Set<String> PROGRAMS = Set.of(
      "ceph",
      "curlftpfs",
      "davfs2",
      "gcsfuse",
      "glusterfs",
      "goofys",
      "juicefs",
      "rclone",
      "s3fs",
      "sshfs");

  private NetworkFileSystems() {}

  static boolean isOne(String type) {
    String name = type.toLowerCase(Locale.ROOT);
    int dot = name.indexOf('.');
    return TYPES.contains(name) || (dot >= 0 && PROGRAMS.contains(name.substring(dot + 1)));
  }
}
