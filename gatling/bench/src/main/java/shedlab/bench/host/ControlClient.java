package shedlab.bench.host;

import java.net.http.HttpClient;
import java.time.Duration;

/**
 * The HTTP client with which this JVM asks servers and load generators. It ignores proxies: what it
 * asks is on this machine or on a network without a way out, and a proxy cannot reach it.
 */
public final class ControlClient {
  private ControlClient() {}

  /** HTTP/1.1; a connection that takes longer than {@code connectTimeout} has failed. */
  public static HttpClient connectingWithin(Duration connectTimeout) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .proxy(HttpClient.Builder.NO_PROXY)
        .connectTimeout(connectTimeout)
        .build();
  }
}
