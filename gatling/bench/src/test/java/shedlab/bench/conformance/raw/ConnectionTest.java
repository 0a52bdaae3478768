package shedlab.bench.conformance.raw;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes a server sends, reading an answer ends: with the answer, or with one line. */
@Timeout(20)
class ConnectionTest {
  private static final Duration PATIENCE = Duration.ofMillis(300);

  @SuppressWarnings("NullAway.Init")
  private ServerSocket listening;

  @SuppressWarnings("NullAway.Init")
  private Connection connection;

  @SuppressWarnings("NullAway.Init")
  private Socket server;

  @BeforeEach
  void connect() throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    connect(PATIENCE);
  }

  private void connect(Duration patience) throws IOException {
    connection =
        new Connection(URI.create("http://127.0.0.1:" + listening.getLocalPort()), patience);
    server = listening.accept();
  }

  @AfterEach
  void close() throws IOException {
    connection.close();
    server.close();
    listening.close();
  }

  private void serverSends(String escaped) throws IOException {
    String text = escaped.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
    server.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok | 200 | ok | true",
        "HTTP/1.1 200\\nContent-Length:2\\n\\nok | 200 | ok | true",
        "HTTP/1.1 100 X\\r\\n\\r\\nHTTP/1.1 429 X\\r\\nContent-Length: 0\\r\\n\\r\\n | 429 | '' | true",
        "HTTP/1.1 204 X\\r\\n\\r\\n | 204 | '' | true",
        "HTTP/1.0 200 X\\r\\nContent-Length: 2\\r\\n\\r\\nok | 200 | ok | false",
        "HTTP/1.1 200 X\\r\\nConnection: x , Close\\r\\nContent-Length: 2\\r\\n\\r\\nok | 200 | ok | false",
        "HTTP/1.1 200 X\\r\\nTransfer-Encoding: Chunked\\r\\n\\r\\n1;a=b\\r\\no\\r\\n1\\r\\nk\\r\\n0\\r\\nX: y\\r\\n\\r\\n | 200 | ok | true",
      })
  void anAnswerIsReadToItsEnd(String bytes, int status, String body, boolean kept)
      throws Exception {
    serverSends(bytes);

    Answer answer = connection.read();

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.kept()).isEqualTo(kept);
  }

  @Test
  void aBodyWithoutALengthEndsWithTheConnection() throws Exception {
    serverSends("HTTP/1.1 200 OK\\r\\n\\r\\nok");
    server.close();

    Answer answer = connection.read();

    assertThat(answer.body()).isEqualTo("ok");
    assertThat(answer.kept()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | closed without an answer",
        "HTTP/1.1 200 OK\\r\\n | closed in the middle of an answer",
        "HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\n\\r\\nhe | closed in the middle of an answer",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n5\\r\\nhe | closed in the middle of an answer",
      })
  void aServerThatClosesIsNoticed(String bytes, String message) throws Exception {
    serverSends(bytes);
    server.close();

    assertThatThrownBy(connection::read)
        .isInstanceOfSatisfying(NoAnswerException.class, e -> assertThat(e.closed()).isTrue())
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | no answer within 300 ms",
        "HTTP/1.1 200 OK\\r\\nContent-Le | an answer that does not end within 300 ms",
        "HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\n\\r\\nhe | an answer that does not end within 300 ms",
        "HTTP/1.1 200 OK\\r\\n\\r\\nhe | an answer that does not end within 300 ms",
        "\\0\\0garbage\\n | not HTTP/1: ..garbage",
        "HTTP/2 200\\r\\n | not HTTP/1: HTTP/2 200",
        "HTTP/1.1 2000 X\\r\\n | not HTTP/1: HTTP/1.1 2000 X",
        "HTTP/1.1 200 OK\\r\\nX\\r\\n\\r\\n | not a header: X",
        "HTTP/1.1 200 OK\\r\\nContent-Length: -1\\r\\n\\r\\n | Content-Length: -1",
        "HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\n | Content-Length: 1, 2",
        "HTTP/1.1 200 OK\\r\\nContent-Length: 99999999999999\\r\\n\\r\\n | a body of more than 1048576 bytes",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\n | Transfer-Encoding: gzip",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n | not the size of a chunk: zz",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n1\\r\\nabc\\r\\n | a chunk that is longer than its size",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nfffffff\\r\\n | a body of more than 1048576 bytes",
      })
  void whatIsNoAnswerIsNamed(String bytes, String message) throws Exception {
    serverSends(bytes);

    assertThatThrownBy(connection::read).isInstanceOf(NoAnswerException.class).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|x",
        "HTTP/1.1 200 OK\\r\\n|A: b\\r\\n",
        "HTTP/1.1 200 OK\\r\\nX: |y",
        "HTTP/1.1 200 OK\\r\\n\\r\\n|x",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n|3\\r\\nabc\\r\\n",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n|A: b\\r\\n",
        "|HTTP/1.1 100 Continue\\r\\n\\r\\n"
      })
  void anEndlessStreamIsReadToABoundAndNoFurther(String stream) throws Exception {
    close();
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    connect(Duration.ofMinutes(1)); // it ends by the bytes, not by the time
    String[] parts = stream.split("\\|", -1);
    serverSends(parts[0]);
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              try {
                while (true) {
                  serverSends(parts[1].repeat(100));
                }
              } catch (IOException e) {
                // The client has enough.
              }
            });

    assertThatThrownBy(connection::read)
        .isInstanceOf(NoAnswerException.class)
        .satisfiesAnyOf(
            e -> assertThat(e).hasMessageStartingWith("more than 65536 bytes of headers: "),
            e -> assertThat(e).hasMessage("a body of more than 1048576 bytes"),
            e -> assertThat(e).hasMessage("more than 100 interim responses"));
    connection.close();
    sending.get(10, TimeUnit.SECONDS);
  }

  @Test
  void anAnswerThatDripsDoesNotGetMoreTime() throws Exception {
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      serverSends("HTTP/1.1 200 OK\\r\\nX: ");
      var unused =
          clock.scheduleAtFixedRate(
              () -> {
                try {
                  serverSends("y");
                } catch (IOException e) {
                  clock.shutdown();
                }
              },
              0,
              10,
              TimeUnit.MILLISECONDS);

      assertThatThrownBy(connection::read).hasMessage("an answer that does not end within 300 ms");
    } finally {
      clock.shutdownNow();
    }
  }

  @Test
  void aBodyThatNobodyReadsHoldsNobodyUp() throws Exception {
    connection.sendMeanwhile("x".repeat(20_000_000));

    assertThatThrownBy(connection::read).hasMessage("no answer within 300 ms");
  }

  @Test
  void severalAnswersOfOneConnectionAreReadOneByOne() throws Exception {
    String answer = "HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\n\\r\\n";
    serverSends(answer + "a" + answer + "b" + "HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\n");

    assertThat(connection.read().body()).isEqualTo("a");
    assertThat(connection.read().body()).isEqualTo("b");
    assertThat(connection.readHead().body()).isEmpty();
    assertThat(connection.isClosedByServer()).isFalse();
    server.close();
    assertThat(connection.isClosedByServer()).isTrue();
  }
}
