package io.diskmemo.benchmarks.peers;

import io.diskmemo.benchmarks.Debian;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A server of its own on this machine, and a connection to it. */
final class RedisPeer extends BytesPeer {
  private static final Path SERVER = Path.of("/usr/bin/redis-server");
  private static final int TRIES = 100;

  private final Process server;
  private final RedisClient client;
  private final StatefulRedisConnection<String, byte[]> connection;

  RedisPeer(Path directory, int size) throws IOException, InterruptedException {
    super(size);
    Debian.require(SERVER, "redis-server");
    int port = freePort();
    server = new ProcessBuilder(
            SERVER.toString(),
            "--port",
            String.valueOf(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            directory.toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("redis.log").toFile())
        .start();
    client = RedisClient.create(
        RedisURI.builder().withHost("127.0.0.1").withPort(port).build());
    connection = connect();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The server needs a moment. */
  private StatefulRedisConnection<String, byte[]> connect() {
    for (int i = 1; ; i++) {
      try {
        return client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
      } catch (RedisConnectionException e) {
        if (i == TRIES) {
          server.destroy();
          throw e;
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }

  @Override
  void putBytes(int id, byte[] bytes) {
    connection.sync().set(Document.key(id), bytes);
  }

  @Override
  byte[] getBytes(int id) {
    return connection.sync().get(Document.key(id));
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
    server.destroy();
  }
}
