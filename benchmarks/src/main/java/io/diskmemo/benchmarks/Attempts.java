package io.diskmemo.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Programs that are measured in a directory of their own, which is deleted afterwards. One that fails is
 * noted and keeps no other from being measured. For one thread.
 */
public final class Attempts {
  private final Set<String> notes = new LinkedHashSet<>();

  /** Nothing was tried yet. */
  public Attempts() {}

  /** Starts a program. */
  public interface Start {

    /**
     * Starts one.
     *
     * @param directory that all programs of the attempt share
     * @param number of those that were started before it
     * @return what runs
     * @throws IOException if it does not run
     * @throws InterruptedException if this thread is interrupted
     */
    Child in(Path directory, int number) throws IOException, InterruptedException;
  }

  /** What is done with programs that run. */
  public interface Use {

    /**
     * Measures.
     *
     * @param children in the order of their start
     * @throws IOException if one ends too soon
     * @throws InterruptedException if this thread is interrupted
     */
    void of(List<Child> children) throws IOException, InterruptedException;
  }

  /**
   * Runs one program to its end.
   *
   * @param name for the note
   * @param start the program
   * @return what it printed; nothing if it failed
   * @throws IOException if the directory cannot be made or deleted
   * @throws InterruptedException if this thread is interrupted
   */
  public List<String> lines(String name, Start start) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    measure(name, 1, start, children -> lines.addAll(children.get(0).rest()));
    return lines;
  }

  /**
   * Runs one program to its end, or until it fails.
   *
   * @param name for the note
   * @param start a program that prints only what counts whatever follows
   * @return what it printed before
   * @throws IOException if the directory cannot be made or deleted
   * @throws InterruptedException if this thread is interrupted
   */
  public List<String> linesUntilItFails(String name, Start start)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    measure(name + ", all of it,", 1, start, children -> children.get(0).rest(lines::add));
    return lines;
  }

  /**
   * Runs several programs at the same time, and ends them.
   *
   * @param name for the note
   * @param programs how many
   * @param start of each
   * @param use what is done with them
   * @throws IOException if the directory cannot be made or deleted
   * @throws InterruptedException if this thread is interrupted
   */
  public void measure(String name, int programs, Start start, Use use)
      throws IOException, InterruptedException {
    Path directory = Directories.make();
    List<Child> children = new ArrayList<>();
    try {
      for (int i = 0; i < programs; i++) {
        children.add(start.in(directory, i));
      }
      use.of(children);
    } catch (IOException e) {
      notes.add(name + " was not measured: "
          + String.valueOf(e.getMessage()).replace(directory.toString(), "…"));
    } finally {
      for (Child child : children) {
        child.close();
      }
      Directories.delete(directory);
    }
  }

  /**
   * What could not be measured.
   *
   * @return sentences with the reason
   */
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
