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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.load.ArrivalProcess;
import shedlab.load.Trace;
import shedlab.spec.SpecException;

class LogArrivalsTest {
  private static final long BEGIN = 1_772_452_800_000_000L;

  @TempDir private Path folder = Path.of("");

  /** A request of the logs that are made here. */
  private record Entry(long startMicros, long durationMicros, String path) {
    long endMicros() {
      return startMicros + durationMicros;
    }

    String csv() {
      return String.format(
          Locale.ROOT,
          "%.6f,%.3f,\"%s\"",
          startMicros / 1e6,
          durationMicros / 1e3,
          path.replace("\"", "\"\""));
    }

    double sizeOf(Map<String, Double> byPath) {
      return byPath.entrySet().stream()
          .filter(route -> path.startsWith(route.getKey()))
          .mapToDouble(Map.Entry::getValue)
          .sum();
    }
  }

  private static final Map<String, Double> MILLIS =
      new TreeMap<>(Map.of("/list, all", 5.0, "/items/", 20.0, "/say \"hi\"", 60.0));

  /** A minute at 40/s in the order of the ends; the first quarter is calm, and then all wait. */
  private static List<Entry> entries() {
    Random random = new Random(7);
    List<Entry> entries = new ArrayList<>();
    List<String> paths = List.copyOf(MILLIS.keySet());
    for (int i = 0; i < 2_400; i++) {
      boolean calm = i < 300;
      long start = BEGIN + (calm ? i * 50_000L : 15_000_000 + (i - 300) * 21_000L);
      String path = paths.get(random.nextInt(100) < 60 ? 1 : random.nextInt(2) * 2);
      double millis = MILLIS.getOrDefault(path, 0.0) * (0.9 + 0.2 * random.nextDouble());
      long wait = calm ? 0 : random.nextInt(300_000);
      entries.add(
          new Entry(start, Math.round(1e3 * millis) + wait, path.endsWith("/") ? path + i : path));
    }
    entries.sort(Comparator.comparingLong(Entry::endMicros));
    return entries;
  }

  private Path log(String before, String end) throws IOException {
    StringBuilder text = new StringBuilder(before + "time,duration_ms,path" + end);
    entries().forEach(entry -> text.append(entry.csv()).append(end));
    return Files.writeString(folder.resolve("access log, of monday=1.csv"), text);
  }

  private static Trace trace(String text) {
    return LogArrivals.read(text).trace().orElseThrow();
  }

  @Test
  void aRequestIsAsLargeAsItsRouteIsWhenThereIsLittleToDo() throws IOException {
    List<Entry> byStart = new ArrayList<>(entries());
    byStart.sort(Comparator.comparingLong(Entry::startMicros));
    double mean = byStart.stream().mapToDouble(entry -> entry.sizeOf(MILLIS)).average().orElse(0);

    Trace trace = trace("log:file=" + log("", "\n"));

    List<String> lines = trace.text().lines().toList();
    assertThat(lines).hasSize(2_401).startsWith("time_us,size");
    for (int i = 0; i < byStart.size(); i++) {
      String[] columns = lines.get(i + 1).split(",", -1);
      assertThat(Long.parseLong(columns[0])).isEqualTo(byStart.get(i).startMicros() - BEGIN);
      double size = byStart.get(i).sizeOf(MILLIS) / mean;
      assertThat(Double.parseDouble(columns[1])).isCloseTo(size, within(0.05 * size));
    }
    double all =
        lines.stream().skip(1).mapToDouble(l -> Double.parseDouble(l.split(",", -1)[1])).sum();
    assertThat(all / 2_400).isCloseTo(1, within(1e-5));
  }

  @Test
  void aByteOrderMarkAndOtherLineEndsChangeNothingAndNeitherDoesPacking() throws IOException {
    String digest = trace("log:file=" + log("", "\n")).digest();

    assertThat(trace("log:file=" + log("\uFEFF", "\r\n")).digest()).isEqualTo(digest);
    Path packed = folder.resolve("packed.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(log("", "\n"), out);
    }
    assertThat(trace("log:file=" + packed).digest()).isEqualTo(digest);
  }

  @Test
  void sizesMayBeLeftOutAndTheSpeedIsThatOfAnyRecording() throws IOException {
    Path log = log("", "\n");
    ArrivalProcess alike = LogArrivals.read("log:file=" + log + ",sizes=none,speed=2");

    assertThat(alike.isSized()).isFalse();
    assertThat(alike.toString()).matches("trace:sha256=[0-9a-f]{64},speed=2.0");
    assertThat(LogArrivals.read("log:file=" + log + ",speed=2,sizes=none")).isEqualTo(alike);
    assertThat(LogArrivals.read("log:file=" + log + ",sizes=routes"))
        .isEqualTo(LogArrivals.read("log:file=" + log))
        .isNotEqualTo(alike);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nginx-shop.log", "apache-api.log", "envoy-orders.log"})
  void ofALogWithOneRouteAllRequestsAreAlike(String name) throws IOException {
    Path log = SampleLogsTest.LOGS.resolve(name);
    Trace trace = trace("log:file=" + log);

    assertThat(trace.isSized()).isFalse();
    assertThat(trace.text())
        .isEqualTo(AccessLog.read(log, Duration.ofMillis(250), 1).part().trace().text());
    assertThat(trace.origin()).startsWith(log + " (").contains("which were left out. The first: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "log | arrivals: log (expected: log:file= and the path of an access log)",
        "log: | arrivals: log: (expected: log:file= and the path of an access log)",
        "log:file= | arrivals: log:file= (expected: log:file= and the path of an access log)",
        "log:access.log | arrivals: log:access.log (expected: log:file= and the path of an access log)",
        "log:file=x,sizes=some | sizes: some (expected: routes or none)",
        "log:file=FOLDER | log: FOLDER (expected: a readable file)",
        "log:file=FOLDER/none | log: FOLDER/none (expected: a readable file)",
        "log:file=FOLDER/empty | log: FOLDER/empty (expected: an access log: ",
        "log:file=FOLDER/heading | log: FOLDER/heading (expected: requests over 3 seconds or more)",
        "log:file=FOLDER/bad | log: FOLDER/bad:3: noon,1 (expected: a request, in 99 of 100 lines; 1 are none)",
        "log:file=FOLDER/good,speed=no | speed: no (expected: a number from 0.01 to 100, or load)",
        "log:file=FOLDER/cut.gz | log: FOLDER/cut.gz (expected: a readable file)",
      })
  void whatIsNoLogIsRefusedInOneLine(String text, String message) throws IOException {
    Files.writeString(folder.resolve("empty"), "");
    Files.writeString(folder.resolve("heading"), "time,duration_ms\n");
    Files.writeString(folder.resolve("bad"), "time,duration_ms\n1,1\nnoon,1\n5,1\n9,1\n");
    Files.writeString(folder.resolve("good"), "time,duration_ms\n1,1\n5,1\n9,1\n");
    Files.write(folder.resolve("cut.gz"), new byte[] {31, (byte) 139, 8, 0, 0, 0, 0, 0, 0, 0, 1});

    assertThatThrownBy(() -> LogArrivals.read(text.replace("FOLDER", folder.toString())))
        .isInstanceOf(SpecException.class)
        .message()
        .startsWith(message.replace("FOLDER", folder.toString()))
        .hasLineCount(1);
  }
}
