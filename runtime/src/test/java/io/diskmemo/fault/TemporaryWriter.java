package io.diskmemo.fault;

import io.diskmemo.internal.disk.UnfinishedFile;
import java.nio.file.Path;

/** A process that is writing a file, and never ends. */
final class TemporaryWriter {
  private TemporaryWriter() {}

  /** Argument: the file. */
  public static void main(String[] arguments) throws Exception {
    try (UnfinishedFile file = UnfinishedFile.beside(Path.of(arguments[0]))) {
      System.out.println("written");
      System.in.read();
      System.out.println(file.path());
    }
  }
}
