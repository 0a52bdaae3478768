package shedlab.bench.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port of loopback that forwards to the Docker engine until it is closed. Then its clients see
 * what they would see of a stopped engine, and the engine's other users notice nothing.
 */
final class EngineProxy implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final String url;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  private EngineProxy(ServerSocketChannel listener) throws IOException {
    this.listener = listener;
    this.url = "tcp://127.0.0.1:" + ((InetSocketAddress) listener.getLocalAddress()).getPort();
  }

  static EngineProxy open() throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    EngineProxy engine = new EngineProxy(ServerSocketChannel.open().bind(loopback));
    background(engine::serve);
    return engine;
  }

  /** As {@code DOCKER_HOST} names it. */
  String url() {
    return url;
  }

  private void serve() throws IOException {
    while (true) {
      SocketChannel client = listener.accept();
      SocketChannel engine = SocketChannel.open(address());
      open.add(client);
      open.add(engine);
      background(() -> pump(client, engine));
      background(() -> pump(engine, client));
      if (!listener.isOpen()) {
        closeAll(); // it was accepted while the proxy was closed
      }
    }
  }

  private static SocketAddress address() {
    String named = System.getenv().getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock");
    URI url = URI.create(named);
    return named.startsWith("unix:")
        ? UnixDomainSocketAddress.of(url.getPath())
        : new InetSocketAddress(url.getHost(), url.getPort());
  }

  private static void pump(SocketChannel from, SocketChannel to) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    while (from.read(buffer) >= 0) {
      write(to, buffer.flip());
      buffer.clear();
    }
    to.shutdownOutput();
  }

  private static void write(ByteChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  /** From now on the engine looks stopped. */
  void stop() throws IOException {
    listener.close();
    closeAll();
  }

  @Override
  public void close() throws IOException {
    stop();
  }

  private void closeAll() throws IOException {
    for (SocketChannel channel : open) {
      channel.close();
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void background(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // Closed, by either end.
              }
            },
            "engine-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
