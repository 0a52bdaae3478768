package shedlab.bench.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.bench.log.AccessLog.Outcomes;

class AccessLogTest {
  private static final Duration DEADLINE = Duration.ofMillis(250);

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "nginx-shop.log, nginx or Apache combined, 2153, 2, 701, 25",
    "apache-api.log, nginx or Apache combined, 2534, 1, 1001, 10",
    "envoy-orders.log, Envoy JSON, 1807, 1, 901, 40"
  })
  void badLinesAreCountedAndTheTaskIsFound(
      String name, String format, int good, int bad, int firstBad, double taskMillis)
      throws IOException {
    AccessLog log = AccessLog.read(SampleLogsTest.LOGS.resolve(name), DEADLINE, 1);

    assertThat(log.format()).isEqualTo(format);
    assertThat(log.lines().read()).isEqualTo(good);
    assertThat(log.lines().bad()).isEqualTo(bad);
    assertThat(log.lines().firstBad()).contains(name + ":" + firstBad + ": ");
    assertThat(log.part().whole()).isTrue();
    assertThat(log.part().outcomes().all()).isEqualTo(good);
    assertThat(log.part().trace().size()).isEqualTo(good);
    // The services were made with these tasks; the logs' mean durations are 3 to 20 times as long.
    assertThat(Unqueued.of(log, 1).meanMicros() / 1e3)
        .isCloseTo(taskMillis, within(0.1 * taskMillis));
  }

  @Test
  void outcomesAreThoseOfTheLog() throws IOException {
    Path file = folder.resolve("log.csv");
    Files.writeString(
        file,
        """
        time,duration_ms,status
        100,250,200
        101,251,200
        102,,200
        103,1,429
        104,1,503
        105,1,404
        106,1,500
        107,1,499
        """);

    Outcomes outcomes = AccessLog.read(file, DEADLINE, 1).part().outcomes();

    assertThat(outcomes).isEqualTo(new Outcomes(2, 1, 1, 2, 2));
  }

  @Test
  void theSameFileGivesTheSameArrivalsPackedOrNot() throws IOException {
    Path plain = SampleLogsTest.LOGS.resolve("nginx-shop.log");
    Path packed = folder.resolve("shop.log.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(plain, out);
    }

    String once = AccessLog.read(plain, DEADLINE, 1).part().arrivals().toString();

    assertThat(AccessLog.read(plain, DEADLINE, 1).part().arrivals()).hasToString(once);
    assertThat(AccessLog.read(packed, DEADLINE, 1).part().arrivals()).hasToString(once);
  }

  @Test
  void ofALongLogTheBusiestMinutesAreTheArrivals() throws IOException {
    List<String> lines = new ArrayList<>(List.of("time,duration_ms"));
    for (int i = 0; i < 60_000; i++) {
      // Two hours at 5/s, and between them 8 minutes at 50/s.
      double at =
          i < 18_000
              ? i / 5.0
              : i < 42_000 ? 3_600 + (i - 18_000) / 50.0 : 4_080 + (i - 42_000) / 5.0;
      lines.add(String.format(Locale.ROOT, "%.3f,10", 1e6 + at));
    }
    Path file = Files.write(folder.resolve("long.csv"), lines);

    AccessLog log = AccessLog.read(file, DEADLINE, 1);

    assertThat(log.part().whole()).isFalse();
    assertThat(log.part().ratePerSecond()).isCloseTo(50, within(0.5));
    assertThat(log.part().trace().size()).isBetween(10_000, 20_000);
    assertThat(log.calmRate()).isCloseTo(5, within(0.2));
    assertThat(log.lines().read()).isEqualTo(60_000);
  }

  @Test
  void anEndlessLineIsABadLine() throws IOException {
    Path file = folder.resolve("log.csv");
    Files.writeString(file, "time\n1\n" + "9".repeat(200_000) + "\n2\n3\n4\n5\n");

    AccessLog log = AccessLog.read(file, DEADLINE, 1);

    assertThat(log.lines().read()).isEqualTo(5);
    assertThat(log.lines().bad()).isEqualTo(1);
    assertThat(log.lines().firstBad()).hasSizeLessThan(400).contains("log.csv:3: 999");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no log at all | log: FILE (expected: an access log: nginx or Apache combined, ",
        "'' | log: FILE (expected: an access log: ",
        "time;1 | log: FILE (expected: an access log: ",
        "'time,duration\n1,1\n2,1' | log: FILE (expected: requests over 3 seconds or more)"
      })
  void whatIsNoLogIsRefusedInOneLine(String content, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("log"), content);

    assertThatThrownBy(() -> AccessLog.read(file, DEADLINE, 1))
        .hasMessageStartingWith(message.replace("FILE", file.toString()));
    assertThatThrownBy(() -> AccessLog.read(folder.resolve("none"), DEADLINE, 1))
        .hasMessage("log: " + folder.resolve("none") + " (expected: a readable file)");
  }
}
