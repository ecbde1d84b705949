package io.diskmemo.benchmarks.price;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Another store, asked by a thread of its own while the caller waits. */
final class HandedOver implements Storing {
  private final Storing store;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  HandedOver(Storing store) {
    this.store = store;
  }

  @Override
  public void put(int id) throws InterruptedException, ExecutionException {
    thread
        .submit(() -> {
          store.put(id);
          return true;
        })
        .get();
  }

  @Override
  public void require(int stored) throws Exception {
    store.require(stored);
  }

  @Override
  public void close() throws IOException, SQLException {
    thread.shutdown();
    store.close();
  }
}
