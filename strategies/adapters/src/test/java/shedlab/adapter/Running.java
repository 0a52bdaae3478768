package shedlab.adapter;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * A server that listens, and its clients.
 *
 * @param closing stops it
 */
record Running(int port, AutoCloseable closing) implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  CompletableFuture<HttpResponse<String>> ask(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A connection that has sent these requests; the last one asks for its end. */
  Socket send(String... paths) throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < paths.length; i++) {
      requests.append("GET ").append(paths[i]).append(" HTTP/1.1\r\nHost: test\r\n");
      requests.append(i == paths.length - 1 ? "Connection: close\r\n\r\n" : "\r\n");
    }
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** All that the server sends until it closes the connection. */
  static String all(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    try {
      closing.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
