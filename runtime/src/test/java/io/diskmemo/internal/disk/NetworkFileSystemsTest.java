package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkFileSystemsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nfs",
        "nfs4",
        "NFS",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "fuse.sshfs",
        "fuse.glusterfs",
        "ceph",
        "lustre",
        "virtiofs",
        "fuse.rclone"
      })
  void whatSeveralMachinesCanMountIsOne(String type) {
    assertThat(NetworkFileSystems.isOne(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ext4",
        "ext2/ext3",
        "xfs",
        "btrfs",
        "zfs",
        "tmpfs",
        "overlay",
        "apfs",
        "hfs",
        "NTFS",
        "fuseblk",
        "fuse.ntfs-3g",
        "fuse.encfs",
        "f2fs",
        "vfat",
        "exfat",
        "",
        "nfsd.sshfsx"
      })
  void whatBelongsToThisMachineIsNone(String type) {
    assertThat(NetworkFileSystems.isOne(type)).isFalse();
  }
}
