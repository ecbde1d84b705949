package io.diskmemo.internal.disk;

/**
 * How long work goes on. It is asked between steps, each of which holds the database for a moment,
 * and while nothing is held.
 */
public interface Pace {
  /** Until all is done. */
  Pace TO_THE_END = done -> true;

  /**
   * Takes note of a step.
   *
   * @param done what the step before did: entries, files or pages; 0 before the first
   * @return false to end before all is done
   */
  boolean goOn(long done);

  /**
   * This pace, for steps that keep others from writing.
   *
   * @return one that lets others write between the steps, for one thread
   */
  default Pace givingWay() {
    return new GivingWay(this);
  }

  /** Part of some work. */
  interface Step {
    /**
     * Does it.
     *
     * @return what it did, 0 if nothing was left
     */
    long run();
  }

  /**
   * Repeats a step until nothing is left.
   *
   * @param step of the work
   * @return what all steps did
   */
  default long repeat(Step step) {
    long all = 0;
    long done = 0;
    while (goOn(done)) {
      done = step.run();
      if (done == 0) {
        return all;
      }
      all += done;
    }
    return all;
  }
}
