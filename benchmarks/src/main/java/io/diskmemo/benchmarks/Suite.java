package io.diskmemo.benchmarks;

import java.util.List;

/** Measurements that belong together, in one table. */
public interface Suite {

  /**
   * What is measured.
   *
   * @return the title of the table
   */
  String title();

  /**
   * What a reader must know to understand the figures.
   *
   * @return sentences, in Markdown
   */
  String explanation();

  /**
   * By which ratios it is judged.
   *
   * @return aims whose measurements are all of this suite
   */
  List<Aim> aims();

  /**
   * Measures.
   *
   * @param effort how much time it may take
   * @return in the order of the table
   * @throws Exception if nothing could be measured; the page says so
   */
  List<Measurement> run(Effort effort) throws Exception;

  /**
   * What could not be measured, after {@link #run}.
   *
   * @return sentences with the reason
   */
  default List<String> notes() {
    return List.of();
  }

  /** How much time measuring may take. */
  enum Effort {
    /** To see that everything runs. */
    QUICK(20_000),
    /** For figures that mean something. */
    FULL(Integer.getInteger("benchmarks.most", 1_000_000));

    private final int mostEntries;

    Effort(int mostEntries) {
      this.mostEntries = mostEntries;
    }

    /**
     * How far stores are made to grow.
     *
     * @return entries of the largest store that is measured; of a full run a power of ten
     */
    public int mostEntries() {
      return mostEntries;
    }
  }
}
