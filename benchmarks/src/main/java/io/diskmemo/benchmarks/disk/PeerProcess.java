package io.diskmemo.benchmarks.disk;

import io.diskmemo.benchmarks.Child;
import io.diskmemo.benchmarks.Directories;
import io.diskmemo.benchmarks.peers.Document;
import io.diskmemo.benchmarks.peers.Engine;
import io.diskmemo.benchmarks.peers.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;

/**
 * Measures one store, in a JVM of its own, and prints the samples: {@code hit 3.4}, {@code store 55}
 * in microseconds, {@code size 350} in bytes for each entry, {@code heap 120} in KB and {@code
 * descriptors 5} that are held while it is open, and {@code rate 99.8}, how many stores in a second
 * another process reached beside the hits.
 */
final class PeerProcess {
  /** Coprime to all numbers of entries. */
  private static final int STRIDE = 7919;

  private static final int WARMING_SAMPLES = 30;

  private final Peer peer;
  private final Load load;
  private int found;
  private int stored;

  private PeerProcess(Peer peer, Load load) {
    this.peer = peer;
    this.load = load;
  }

  /** Engine, directory, writes of another process in a second, load. */
  public static void main(String[] arguments) throws Exception {
    Engine engine = Engine.valueOf(arguments[0]);
    Path directory = Path.of(arguments[1]);
    Load load = Load.parse(arguments, 3);
    int kept = 0;
    Document.of(0, load.size()); // what all of them need is there before
    if (PeerProcess.class.getResource("/no such thing") != null) { // opens all jars
      throw new IllegalStateException("there is such a thing");
    }
    Held before = Held.now();
    boolean isAlone = arguments[2].equals("0");
    if (isAlone) {
      warmStores(engine, directory.resolve("warming"), load);
    }
    try (Peer peer = engine.open(directory, load.size(), load.entries() + load.stored())) {
      PeerProcess process = new PeerProcess(peer, load);
      peer.fill(0, load.entries());
      peer.require(0, load.entries());
      peer.settle();
      if (isAlone) {
        process.hits();
        process.stores();
        Held.now().since(before).print();
        kept = load.entries() + process.stored;
      } else {
        process.hitsBesideWriter(engine, arguments);
      }
    }
    if (kept > 0) {
      System.out.println("size " + (double) Directories.bytes(directory) / kept);
    }
    System.exit(0); // some leave threads behind
  }

  /** In a store of its own, because as many as are stored meanwhile are more than are measured. */
  private static void warmStores(Engine engine, Path directory, Load load) throws Exception {
    Files.createDirectories(directory);
    try (Peer peer = engine.open(directory, load.size(), load.mostWhileWarming())) {
      PeerProcess process = new PeerProcess(peer, load);
      process.sample(WARMING_SAMPLES * load.sampleMillis(), load.mostWhileWarming(), i -> i, true);
      peer.require(0, process.stored);
    }
    Directories.delete(directory);
  }

  private void hitsBesideWriter(Engine engine, String[] arguments) throws Exception {
    try (Child writer = Child.java(
        engine.options(),
        WriterProcess.class,
        arguments[0],
        arguments[1],
        arguments[2],
        String.valueOf(load.size()))) {
      writer.line();
      hits();
      writer.tell("end");
      writer.rest(System.out::println);
    }
  }

  private void hits() throws Exception {
    sample(WARMING_SAMPLES * load.sampleMillis(), Integer.MAX_VALUE, this::existing, false);
    for (int i = 0; i < load.samples(); i++) {
      double micros = sample(load.sampleMillis(), Integer.MAX_VALUE, this::existing, false);
      System.out.println("hit " + micros);
    }
    peer.require(found, 0);
  }

  private void stores() throws Exception {
    int each = Math.max(1, load.stored() / load.samples());
    int from = load.entries();
    for (int i = 0; i < load.samples(); i++) {
      System.out.println("store " + sample(load.sampleMillis(), each, fresh(from), true));
      from += each;
    }
    peer.require(0, stored);
  }

  private int existing(int i) {
    return (int) ((long) i * STRIDE % load.entries());
  }

  private static IntUnaryOperator fresh(int from) {
    return i -> from + i;
  }

  /** Microseconds for each call, on average over some time. */
  private double sample(int millis, int most, IntUnaryOperator id, boolean puts) throws Exception {
    long begun = System.nanoTime();
    long end = begun + millis * 1_000_000L;
    int calls = 0;
    long now = begun;
    while (now < end && calls < most) {
      if (puts) {
        peer.put(id.applyAsInt(calls));
        stored++;
      } else {
        require(peer.get(id.applyAsInt(calls)), id.applyAsInt(calls));
        found++;
      }
      calls++;
      now = System.nanoTime();
    }
    return (now - begun) / 1e3 / calls;
  }

  private void require(Document document, int id) {
    if (document.id() != id || document.text().length() != load.size()) {
      throw new IllegalStateException(id + " is " + document.id());
    }
  }
}
