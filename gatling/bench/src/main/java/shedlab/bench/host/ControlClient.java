package shedlab.bench.host;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * The HTTP client with which this JVM asks servers and load generators. It ignores proxies: what it
 * asks is on this machine or on a network without a way out, and a proxy cannot reach it.
 */
public final class ControlClient {
  private static final int REACHED_MILLIS = 5_000;

  private ControlClient() {}

  /** HTTP/1.1; a connection that takes longer than {@code connectTimeout} has failed. */
  public static HttpClient connectingWithin(Duration connectTimeout) {
    return builder(connectTimeout).version(HttpClient.Version.HTTP_1_1).build();
  }

  /**
   * The same in another version. Over TLS it takes any key: our servers make one for themselves
   * when they start.
   */
  public static HttpClient trustingAnyKey(Duration connectTimeout, HttpClient.Version version) {
    return builder(connectTimeout).version(version).sslContext(AnyKey.context()).build();
  }

  private static HttpClient.Builder builder(Duration connectTimeout) {
    return HttpClient.newBuilder()
        .proxy(HttpClient.Builder.NO_PROXY)
        .connectTimeout(connectTimeout);
  }

  /**
   * Does nothing if there is a way to a container. One that refuses a connection has ended, but it
   * is reached.
   *
   * @throws HostGoneException if there is none
   */
  public static void requireReachable(URI url) {
    try (SocketChannel channel = SocketChannel.open()) { // knows no proxy
      channel.socket().connect(new InetSocketAddress(url.getHost(), url.getPort()), REACHED_MILLIS);
    } catch (ConnectException e) {
      // The next request tells.
    } catch (IOException e) {
      throw new HostGoneException(
          "container", url, "reachable from this machine; if it cannot be, --host processes", e);
    }
  }
}
