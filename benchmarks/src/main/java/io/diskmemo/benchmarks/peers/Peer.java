package io.diskmemo.benchmarks.peers;

import java.io.IOException;
import java.sql.SQLException;

/** An open store of documents on disk. For one thread unless it says otherwise. */
public interface Peer extends AutoCloseable {

  /**
   * Keeps a document so that another opening finds it, as far as the store promises that.
   *
   * @param id of the document
   * @throws Exception if it cannot be kept
   */
  void put(int id) throws Exception;

  /**
   * Finds a document.
   *
   * @param id of the document
   * @return what was put
   * @throws Exception if it is not there
   */
  Document get(int id) throws Exception;

  /**
   * Keeps many, in one transaction where there is such a thing.
   *
   * @param from the first
   * @param to one after the last
   * @throws Exception if they cannot be kept
   */
  default void fill(int from, int to) throws Exception {
    for (int id = from; id < to; id++) {
      put(id);
    }
  }

  /**
   * Brings what was put last to where hits of it are found later.
   *
   * @throws Exception if it cannot
   */
  default void settle() throws Exception {
    // there is no other place
  }

  /**
   * Checks everything and puts it in order, as is done from time to time.
   *
   * @return whether there is such a thing
   * @throws Exception if it cannot
   */
  default boolean maintain() throws Exception {
    return false;
  }

  /**
   * Fails unless all calls since the last time that this was asked did what they were meant to do. A
   * store whose calls cannot pass for others than they are has nothing to look at.
   *
   * @param hits calls of {@link #get}
   * @param stores documents that were put, also by {@link #fill}
   */
  default void require(long hits, long stores) {
    // each get returned what only the store had
  }

  @Override
  void close() throws IOException, SQLException;
}
