package shedlab.bench.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatTest {
  private static final long NOON = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli() * 1_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // nginx: the time is that of the end, and the last field seconds
        "1.2.3.4 - - [02/Mar/2026:12:00:00 +0000] \"GET /a HTTP/1.1\" 200 612 \"-\" \"curl/8 (x)\" 0.250 | -250000 | 200 | 250000",
        "1.2.3.4 - - [02/Mar/2026:13:00:00 +0100] \"GET /a HTTP/1.1\" 429 0 \"-\" \"-\" rt=0.001 | -1000 | 429 | 1000",
        "1.2.3.4 - - [02/Mar/2026:12:00:00 +0000] \"GET /a HTTP/1.1\" 499 0 \"-\" \"-\" - | 0 | 499 | -1",
        // Apache: the time is that of the beginning, and %D microseconds
        "::1 - bob [02/Mar/2026:12:00:00 +0000] \"GET /a HTTP/1.1\" 200 612 \"http://x/\" \"Mozilla/5.0 (X11; rv:9)\" 18250 | 0 | 200 | 18250",
        "::1 - - [02/Mar/2026:12:00:00 +0000] \"GET /a?q=\\\"b\\\" HTTP/1.1\" 503 299 \"-\" \"curl\" 90 | 0 | 503 | 90",
        // both, without a duration, and the common format
        "1.2.3.4 - - [02/Mar/2026:12:00:00 +0000] \"GET /a HTTP/1.1\" 200 612 \"-\" \"curl/8\" | 0 | 200 | -1",
        "1.2.3.4 - - [02/Mar/2026:12:00:00 +0000] \"GET /a HTTP/1.1\" 304 - | 0 | 304 | -1",
        "1.2.3.4 - - [02/Mar/2026:12:00:00 +0000] \"GET /a HTTP/1.1\" 200 612 777 | 0 | 200 | 777",
        // Envoy and Istio
        "{\"start_time\":\"2026-03-02T12:00:00.123Z\",\"response_code\":200,\"duration\":17} | 123000 | 200 | 17000",
        "{\"start_time\":\"2026-03-02T12:00:00Z\",\"response_code\":\"503\",\"duration\":\"4\"} | 0 | 503 | 4000",
        "{\"duration\":null,\"status\":0,\"start_time\":\"2026-03-02T12:00:00Z\",\"more\":{\"a\":1}} | 0 | 0 | -1",
      })
  void aLineOfALogIsARequest(String line, long startsAfterNoon, int status, long duration) {
    LogEntry entry = read(line, line);

    assertThat(entry).isNotNull();
    assertThat(Objects.requireNonNull(entry).startMicros() - NOON).isEqualTo(startsAfterNoon);
    assertThat(entry.status()).isEqualTo(status);
    assertThat(entry.durationMicros()).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "time,duration_ms,status | 1772452800.25,17.5,200 | 250000 | 200 | 17500",
        "status,time_ms,path,duration | 429,1772452800001,/a,3 | 1000 | 429 | 3000",
        "time,duration_us | 2026-03-02T12:00:00Z,900 | 0 | 200 | 900",
        "time_us,duration_s | 1772452800000007,0.5s | 7 | 200 | 500000",
        "time | 1772452800 | 0 | 200 | -1"
      })
  void aCsvFileNamesItsColumnsAndTheirUnits(
      String heading, String line, long startsAfterNoon, int status, long duration) {
    LogEntry entry = Objects.requireNonNull(read(heading, line));

    assertThat(entry.startMicros() - NOON).isEqualTo(startsAfterNoon);
    assertThat(entry.status()).isEqualTo(status);
    assertThat(entry.durationMicros()).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~1.2.3.4 - - [02/Mar/2026:12:00:00 +0000] \"GET /a/7?q HTTP/1.1\" 200 6 \"-\" \"-\" 0.2~ | GET /a/*",
        "~{\"start_time\":\"2026-03-02T12:00:00Z\",\"status\":200,\"method\":\"PUT\",\"path\":\"/a\"}~ | PUT /a",
        "~{\"start_time\":\"2026-03-02T12:00:00Z\",\"status\":200}~ | ~~",
        "~1.2.3.4 - - [02/Mar/2026:12:00:00 +0000] \"-\" 408 0 \"-\" \"-\" 0.2~ | ~~",
      })
  void aRequestHasARouteIfTheLogHasPaths(String line, String route) {
    assertThat(Objects.requireNonNull(read(line, line)).route()).isEqualTo(route);
  }

  @Test
  void aPathInACsvFileMayHoldCommasAndQuotes() {
    LogFormat csv = LogFormat.of("time,\"path\", method").orElseThrow();

    assertThat(Objects.requireNonNull(csv.read("5,\"/a, \"\"b\"\"\",GET")).route())
        .isEqualTo("GET /a, \"b\"");
    assertThat(Objects.requireNonNull(csv.read("5, /a b ,")).route()).isEqualTo("/a b");
    for (String broken : new String[] {"5,\"/a,GET", "5,\"/a\"b,GET", "5,/a"}) {
      assertThat(csv.read(broken)).as(broken).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nginx: [warn] 512 worker_connections are not enough",
        "1.2.3.4 - - [02/Mar/2026:12:00:0",
        "1.2.3.4 - - [02/Foo/2026:12:00:00 +0000] \"GET /a HTTP/1.1\" 200 612 \"-\" \"-\" 0.250",
        "1.2.3.4 - - [02/Mar/2026:12:00:00 +0000] \"GET /a HTTP/1.1\" - 612 \"-\" \"-\" 0.250",
        "1.2.3.4 - - [02/Mar/2026:12:00:00 +0000] \"GET /a HTTP/1.1\" 20x 612 \"-\" \"-\" 0.250",
        "1.2.3.4 - - [02/Mar/2026:12:00:00 +0000] \"GET /a HTTP/1.1\" 200 612 \"-\" \"-\" fast",
        "{\"start_time\":\"2026-03-02T12:00:00Z\",\"response_code\":200,\"duration\":\"fast\"}",
        "{\"start_time\":\"yesterday\",\"response_code\":200,\"duration\":1}",
        "{\"start_time\":\"2026-03-02T12:00:00Z\"",
        "{\"response_code\":200}",
        "1772452800,17,200",
        "duration,status",
        "\u0000\u0001",
      })
  void whatIsNoRequestIsNone(String line) {
    assertThat(LogFormat.of(line).map(format -> format.read(line))).isEmpty();
  }

  @Test
  void aBadRowOfACsvFileIsNoRequest() {
    LogFormat csv = LogFormat.of("time,duration_ms,status").orElseThrow();

    for (String row : new String[] {"1772452800,17", "noon,17,200", "1772452800,-3,200", ",,"}) {
      assertThat(csv.read(row)).as(row).isNull();
    }
  }

  private static @Nullable LogEntry read(String first, String line) {
    return LogFormat.of(first).map(format -> format.read(line)).orElse(null);
  }
}
