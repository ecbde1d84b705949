package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Directories of one user, opened by another; needs root, who becomes nobody in a child. */
class OtherUsersTest {
  private static final String NOBODY = "65534";

  @TempDir
  Path temporary;

  /** Tries to open a directory, and says what came of it. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      try {
        StoreDirectory.openOrCreate(Path.of(arguments[0]));
        System.out.println("opened");
      } catch (DiskException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @BeforeEach
  void becomeNobody() throws Exception {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "this system has no POSIX permissions");
    assumeTrue(
        "root".equals(System.getProperty("user.name"))
            && Files.isExecutable(Path.of("/usr/bin/setpriv")),
        "only root with setpriv can become somebody else");
    allow(temporary, "rwxr-xr-x");
    String said = openAsNobody(Files.createDirectory(temporary.resolve("probe")).resolve("x"));
    assumeTrue(said.contains("cannot be used"), "nobody cannot run Java here: " + said);
  }

  @Test
  void directoryThatCannotBeWrittenIsRefusedWithTheReason() throws Exception {
    Path directory = Files.createDirectory(temporary.resolve("store"));
    allow(directory, "r-xr-xr-x");

    assertThat(openAsNobody(directory))
        .contains(directory + " cannot be used")
        .contains("make it writable or name another directory");
  }

  @Test
  void directoryOfAnotherUserIsRefused() throws Exception {
    Path directory = Files.createDirectory(temporary.resolve("store"));
    allow(directory, "rwxrwxrwx");

    assertThat(openAsNobody(directory)).contains(directory + " belongs to another user");
    try (var content = Files.list(directory)) {
      assertThat(content).isEmpty();
    }
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void directoryOfItsOwnIsTakenFromOthersWhoCouldWriteToIt() throws Exception {
    Path home = Files.createDirectory(temporary.resolve("home"));
    allow(home, "rwxrwxrwx");
    Path directory = home.resolve("store");

    assertThat(openAsNobody(directory)).endsWith("opened\n");
    allow(directory, "rwxrwxr-x");
    assertThat(openAsNobody(directory)).endsWith("opened\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
  }

  /** Also when it is opened again, after it was taken from others. */
  @Test
  void fileOfAnotherUserInADirectoryThatOthersCouldWriteToIsRefused() throws Exception {
    Path home = Files.createDirectory(temporary.resolve("home"));
    allow(home, "rwxrwxrwx");
    Path directory = home.resolve("store");
    assertThat(openAsNobody(directory)).endsWith("opened\n");
    allow(directory, "rwxrwxrwx");
    Path planted = directory.resolve("leases");
    Files.deleteIfExists(planted);
    Files.writeString(planted, "of root");

    for (int i = 0; i < 2; i++) {
      assertThat(openAsNobody(directory)).contains(planted + " belongs to another user than");
    }
  }

  /** Root could, and would leave files there that the owner cannot remove. */
  @Test
  void directoryOfAnotherUserIsRefusedToRootToo() throws Exception {
    Path home = Files.createDirectory(temporary.resolve("home"));
    allow(home, "rwxrwxrwx");
    assertThat(openAsNobody(home.resolve("store"))).endsWith("opened\n");

    assertThatThrownBy(() -> StoreDirectory.openOrCreate(home.resolve("store")))
        .isInstanceOf(DiskException.class)
        .hasMessageContaining("belongs to another user");
  }

  /** The libraries may be where only root can read. */
  private String readableCopyOf(Class<?> type) throws IOException {
    Path code = Path.of(codeOf(type));
    Path copy = temporary.resolve(code.getFileName());
    if (!Files.exists(copy)) {
      Files.copy(code, copy);
      allow(copy, "rw-r--r--");
    }
    return copy.toString();
  }

  private String openAsNobody(Path directory) throws Exception {
    String classPath = codeOf(StoreDirectory.class) + ":" + codeOf(Child.class) + ":"
        + readableCopyOf(LoggerFactory.class);
    Process process = new ProcessBuilder(List.of(
            "setpriv",
            "--reuid",
            NOBODY,
            "--regid",
            NOBODY,
            "--clear-groups",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            classPath,
            Child.class.getName(),
            directory.toString()))
        .redirectErrorStream(true)
        .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private static String codeOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }
}
