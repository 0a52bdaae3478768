package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static shedlab.servers.Connection.request;
import static shedlab.servers.Waiting.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import shedlab.servers.Connection.Answer;

/** The same bytes in, the same status, header fields and body out, but for date and times. */
@Timeout(60)
final class SameOnEveryServerTest {
  private static final List<String> REQUESTS =
      List.of(
          request("GET", "/work?units=7"),
          request("HEAD", "/work?units=7"),
          request("GET", "/work"),
          request("GET", "/work?"),
          request("GET", "/work?units=7", "Connection: close"),
          request("GET", "http://test/work?units=7"),
          request("GET", "/work?units=7", "Content-Length: 3") + "abc",
          "GET /work?units=7 HTTP/1.0\r\n\r\n",
          "GET /work?units=7 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
          request("GET", "/work?units=x"),
          request("GET", "/work?units=1&units=2"),
          request("GET", "/work?other=1"),
          request("POST", "/work", "Content-Length: 0"),
          request("GET", "/nowhere"),
          request("OPTIONS", "*"),
          request("GET", "/healthz"),
          request("POST", "/reset?strategy=off"),
          request("POST", "/reset?strategy=on"),
          request("POST", "/reset"),
          request("POST", "/reset?"),
          request("POST", "/reset", "Content-Length: 2") + "{}",
          request("GET", "/reset"),
          request("HEAD", "/healthz"),
          request("GET", "/work", "Content-Length: 99999"),
          request("GET", "/work", "X: " + "x".repeat(9_000)),
          request("GET", "/" + "x".repeat(9_000)));

  /** Undertow's parser answers these itself, without a date. */
  private static final List<String> MALFORMED =
      List.of("GARBAGE\r\n\r\n", "GET /work HTTP/1.1\r\n\r\n");

  @Test
  void repliesAreTheSame() throws Exception {
    Map<ServerKind, List<String>> replies = new TreeMap<>();
    for (ServerKind kind : ServerKind.values()) {
      HeldTask task = new HeldTask();
      Service service = Service.start(kind, Configs.with("fixed:limit=1"), task::run);
      try {
        List<String> seen = new ArrayList<>();
        for (String request : REQUESTS) {
          seen.add(exchange(service, request));
        }
        for (String request : MALFORMED) {
          seen.add(exchange(service, request));
        }
        try (Connection holder = Connection.to(service.port())) {
          holder.get("/work?units=" + HeldTask.HELD);
          await("it has begun").until(() -> task.begun.get() == 1);
          seen.add(exchange(service, request("GET", "/work")));
          seen.add(exchange(service, request("HEAD", "/work")));
          seen.add(exchange(service, request("POST", "/reset")));
          task.release();
          holder.read();
        }
        replies.put(kind, seen);
      } finally {
        service.close();
      }
    }
    List<String> reference = replies.get(ServerKind.NETTY);
    assertThat(reference).hasSize(REQUESTS.size() + MALFORMED.size() + 3);
    assertThat(replies.get(ServerKind.UNDERTOW)).containsExactlyElementsOf(reference);
    assertThat(replies.get(ServerKind.JETTY)).containsExactlyElementsOf(reference);
  }

  private static String exchange(Service service, String request) throws Exception {
    try (Connection connection = Connection.to(service.port())) {
      connection.send(request);
      Answer answer = request.startsWith("HEAD") ? connection.readHead() : connection.read();
      Map<String, String> headers = new TreeMap<>(answer.headers());
      boolean dated = headers.remove("date") != null;
      assertThat(dated || answer.status() == 400).as("dated").isTrue();
      headers.remove("server");
      headers.computeIfPresent("shedlab-queue-delay", (name, value) -> "(time)");
      headers.computeIfPresent("shedlab-service-time", (name, value) -> "(time)");
      return request
              .lines()
              .findFirst()
              .orElse("")
              .substring(0, Math.min(30, request.indexOf('\r')))
          + " -> "
          + answer.status()
          + " "
          + headers
          + " "
          + answer.body();
    }
  }
}
