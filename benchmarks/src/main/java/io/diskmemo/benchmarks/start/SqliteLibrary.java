package io.diskmemo.benchmarks.start;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/** SQLite's library, which the driver would extract anew in each JVM. */
final class SqliteLibrary {
  /** Property with the name that the library has in the driver's archive, beside the driver's loader. */
  static final String RESOURCE = "io.diskmemo.benchmarks.library";

  private SqliteLibrary() {}

  /** Extracts it; options of a JVM whose driver is to load it from there. */
  static String[] extracted(Path directory) throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = "native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + name;
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException("the driver has no " + resource);
      }
      Files.copy(in, directory.resolve(name));
    }
    return new String[] {
      "-Dorg.sqlite.lib.path=" + directory,
      "-Dorg.sqlite.lib.name=" + name,
      "-D" + RESOURCE + "=" + resource
    };
  }
}
