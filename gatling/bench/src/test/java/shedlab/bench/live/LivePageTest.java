package shedlab.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import shedlab.report.NotRun;
import shedlab.report.raw.Floor;
import shedlab.report.raw.Progress;
import shedlab.report.result.CellResult;
import shedlab.report.result.SampleRun;

/** The live page over real sockets, as a browser would use it. */
@Timeout(30)
class LivePageTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicReference<LivePage> open = new AtomicReference<>();

  @BeforeEach
  void aPage() throws IOException {
    LivePage page = new LivePage(0);
    page.begins("Which is best?", 3, () -> 10, cells -> Duration.ofMinutes(2));
    open.set(page);
  }

  @AfterEach
  void isClosed() {
    page().close();
  }

  @Test
  void thePageLoadsNothingFromElsewhere() throws Exception {
    HttpResponse<String> answer = get("");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(answer.body())
        .startsWith("<!DOCTYPE html>")
        .contains("new EventSource(\"/events\")", "prefers-color-scheme: dark")
        .doesNotContain("http://", "https://", "src=", "<link", "innerHTML");
  }

  @Test
  void aViewerThatArrivesLateSeesEverythingSoFar() throws Exception {
    CellResult cell = SampleRun.cell("netty", "fixed:limit=1", 2, 1, new Random(1));
    page().phase("netty-fixed-2.0x-1");
    Histogram late = new Histogram(3);
    late.recordValueWithCount(cell.clientSide().admittedLatency().p99(), 2_000);
    page().noiseFloor(Floor.of(Map.of(0, late)));
    page().finished(cell, "goodput 141/s");

    try (Events events = new Events()) {
      JsonNode state = events.next();
      assertThat(state.get("question").asText()).isEqualTo("Which is best?");
      assertThat(state.get("phase").asText()).isEqualTo("netty-fixed-2.0x-1");
      assertThat(state.get("done").asInt()).isEqualTo(4);
      assertThat(state.get("total").asInt()).isEqualTo(10);
      assertThat(state.get("leftSeconds").asInt()).isBetween(60, 120);
      assertThat(state.get("load").isNull()).isTrue();
      JsonNode finished = state.get("finished").get(0);
      assertThat(finished.get("goodput").asDouble())
          .isEqualTo(cell.clientSide().goodputPerSecond());
      assertThat(finished.get("limit").asDouble()).isEqualTo(1.0);
      assertThat(finished.get("machine").asBoolean()).isTrue();
      assertThat(finished.get("valid").asBoolean()).isTrue();
      assertThat(finished.get("verdict").asText()).isEqualTo("goodput 141/s");
    }
  }

  @Test
  void ratesAreThoseSinceTheLastReport() throws Exception {
    try (Events events = new Events()) {
      events.next();
      page().load(report("cell", 1.0, 100, 50, 0));
      assertThat(events.next().get("load").get("ok").asDouble()).isZero(); // of what?
      page().load(report("cell", 1.5, 200, 110, 2));
      JsonNode load = events.next().get("load");
      assertThat(load.get("ok").asDouble()).isEqualTo(200);
      assertThat(load.get("shed").asDouble()).isEqualTo(120);
      assertThat(load.get("failed").asDouble()).isEqualTo(4);
      assertThat(load.get("offered").asDouble()).isEqualTo(400);
      page().load(report("next", 0.5, 10, 0, 0));
      assertThat(events.next().get("load").get("ok").asDouble()).isZero();
    }
  }

  @Test
  void theLastEventSaysThatTheRunHasEnded() throws Exception {
    try (Events events = new Events()) {
      events.next();
      page().reported(Path.of("results/x/report.html"));
      assertThat(events.next().get("ended").asBoolean()).isFalse();
      page().close();
      JsonNode last = events.next();
      assertThat(last.get("ended").asBoolean()).isTrue();
      assertThat(last.get("report").asText()).isEqualTo("results/x/report.html");
      assertThatIOException().isThrownBy(events::next).withMessage("no more events");
    }
    assertThatIOException().isThrownBy(() -> get("")).isInstanceOf(ConnectException.class);
  }

  @Test
  void aViewerThatReadsNothingDelaysNobody() throws Exception {
    try (Socket stuck =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(page().url()).getPort())) {
      stuck.setReceiveBufferSize(1_024);
      String request = "GET /events HTTP/1.1\r\nHost: 127.0.0.1:" + stuck.getPort() + "\r\n\r\n";
      stuck.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      try (Events events = new Events()) {
        for (int i = 0; i < 2_000; i++) {
          page()
              .finished(
                  SampleRun.cell("netty", "none", 2, i + 1, new Random(i)), "x".repeat(1_000));
        }
        JsonNode state = events.next();
        while (state.get("done").asInt() < 2_003) {
          state = events.next();
        }
      }
    }
  }

  @Test
  void tooManyViewersAreRefused() throws Exception {
    List<Events> all = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        all.add(new Events());
        all.get(i).next();
      }
      HttpResponse<String> ninth = get("events");
      assertThat(ninth.statusCode()).isEqualTo(503);
      assertThat(ninth.body()).isEqualTo("viewers: too many (expected: 8 at most)\n");
    } finally {
      for (Events events : all) {
        events.close();
      }
    }
  }

  @Test
  void otherPathsMethodsAndNamesAreRefused() throws Exception {
    assertThat(get("nowhere").statusCode()).isEqualTo(404);
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(page().url()))
            .POST(HttpRequest.BodyPublishers.ofString("x"))
            .build();
    assertThat(http.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    int port = URI.create(page().url()).getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      var reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(reader.readLine()).isEqualTo("HTTP/1.1 403 Forbidden");
    }
  }

  @Test
  void aTakenPortIsRefusedInOneLine() {
    int port = URI.create(page().url()).getPort();

    assertThatIOException()
        .isThrownBy(() -> new LivePage(port))
        .withMessage("live: " + port + " (expected: a free port on loopback)");
  }

  @Test
  void itsThreadsHaveTheLowestPriority() throws Exception {
    NotRun.unless(
        Files.isExecutable(Path.of("/usr/bin/renice")), "CI", "the live page's threads: no renice");
    try (Events events = new Events()) {
      events.next();
      List<String> nices = new ArrayList<>();
      try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
        for (Path thread : threads.toList()) {
          if (Files.readString(thread.resolve("comm")).startsWith("shedlab-live")) {
            nices.add(field(Files.readString(thread.resolve("stat")), 19));
          }
        }
      }
      assertThat(nices).isNotEmpty().containsOnly("19");
    }
  }

  /** A field of {@code stat}, from 1; the second is a name in brackets. */
  private static String field(String stat, int number) {
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[number - 3];
  }

  private LivePage page() {
    return Objects.requireNonNull(open.get());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(page().url() + path)).build(), BodyHandlers.ofString());
  }

  private static Progress report(String name, double elapsed, long ok, long shed, long failed) {
    long ended = ok + shed + failed;
    return Progress.started(name, 1_000, ended, ok, shed, failed, elapsed, 6, 400);
  }

  /** A stream of events, read as they come. */
  private final class Events implements AutoCloseable {
    private final BufferedReader lines;

    Events() throws Exception {
      HttpRequest request = HttpRequest.newBuilder(URI.create(page().url() + "events")).build();
      lines =
          new BufferedReader(
              new InputStreamReader(
                  http.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
    }

    JsonNode next() throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          return new ObjectMapper().readTree(line.substring(6));
        }
      }
      throw new IOException("no more events");
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
