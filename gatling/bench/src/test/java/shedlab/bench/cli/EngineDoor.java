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
 * A port on loopback that forwards to the Docker engine until it is closed. Then its users see the
 * same as with a stopped engine, without any effect on other containers.
 */
final class EngineDoor implements AutoCloseable {
  private final ServerSocketChannel door;
  private final String url;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  private EngineDoor(ServerSocketChannel door) throws IOException {
    this.door = door;
    this.url = "tcp://127.0.0.1:" + ((InetSocketAddress) door.getLocalAddress()).getPort();
  }

  static EngineDoor open() throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    EngineDoor engine = new EngineDoor(ServerSocketChannel.open().bind(loopback));
    background(engine::serve);
    return engine;
  }

  /** As {@code DOCKER_HOST} names it. */
  String url() {
    return url;
  }

  private void serve() throws IOException {
    while (true) {
      SocketChannel client = door.accept();
      SocketChannel engine = SocketChannel.open(address());
      open.add(client);
      open.add(engine);
      background(() -> pump(client, engine));
      background(() -> pump(engine, client));
      if (!door.isOpen()) {
        closeAll(); // it was accepted while the port closed
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
    door.close();
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
            "engine-door");
    thread.setDaemon(true);
    thread.start();
  }
}
