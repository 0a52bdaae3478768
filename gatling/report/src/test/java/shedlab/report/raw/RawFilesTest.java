package shedlab.report.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.raw.LatencyLog.Kind;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;

/** What is written is what is read. */
class RawFilesTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void clientCsv() throws IOException {
    var below = new TreeMap<>(Map.of(1_000L, 3L, 2_000L, 1L));
    var course =
        new ClientCsv(
            List.of(
                new ClientCsv.Row(0, 7, new Outcomes(3, 1, 1, 0, 2, 0), 800, 1_900, below),
                new ClientCsv.Row(
                    0.1, 0, Outcomes.NONE, 0, 0, new TreeMap<>(Map.of(1_000L, 0L, 2_000L, 0L)))));

    course.write(folder);

    assertThat(ClientCsv.read(folder)).isEqualTo(course);
    assertThat(Files.readString(folder.resolve("client.csv")))
        .isEqualTo(
            "second,offered,good,late,shed,other,timeout,transport,admitted_p50_micros,"
                + "admitted_p99_micros,admitted_below_1000_micros,admitted_below_2000_micros\n"
                + "0.0,7,3,1,1,0,2,0,800,1900,3,1\n"
                + "0.1,0,0,0,0,0,0,0,,,0,0\n");
  }

  @Test
  void serverCsvKeepsColumnsThatItDoesNotKnow() throws IOException {
    ServerCsv sampled =
        ServerCsv.parse(
            "epoch_micros,limit,inflight,waiting,completed,cpu_micros,gc_micros\n"
                + "1000000,4,3,0,20,900,7\n1100000,4,2,1,40,1800,8\n1200000,4,1");

    sampled.since(900_000).write(folder);

    assertThat(Files.readString(folder.resolve("server.csv")))
        .isEqualTo(
            """
            second,epoch_micros,limit,inflight,waiting,completed,cpu_micros,gc_micros
            0.100,1000000,4,3,0,20,900,7
            0.200,1100000,4,2,1,40,1800,8
            """);
    assertThat(ServerCsv.read(folder)).isEqualTo(sampled.since(900_000));
    assertThat(sampled.between(1_050_000, 1_100_000).rows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.completed()).isEqualTo(40);
              assertThat(row.shed()).isZero();
              assertThat(row.second()).isNaN();
            });
  }

  @Test
  void serverCsvOfASimulation() throws IOException {
    ServerCsv simulated =
        ServerCsv.simulated(List.of(ServerCsv.Row.simulated(0.1, 4, 3, 2, 95_000)));

    simulated.write(folder);

    assertThat(ServerCsv.read(folder)).isEqualTo(simulated);
  }

  @Test
  void latencyLog() throws IOException {
    var admitted = new Histogram(3);
    admitted.recordValue(5_000);
    admitted.recordValue(9_000);

    LatencyLog.write(
        folder, Map.of(Kind.ADMITTED, admitted, Kind.SHED, new Histogram(3)), 1_000, 6_000);

    Map<Kind, Histogram> read = LatencyLog.read(folder);
    assertThat(read).containsOnlyKeys(Kind.ADMITTED);
    assertThat(read.values())
        .singleElement()
        .satisfies(found -> assertThat(Latency.of(found)).isEqualTo(Latency.of(admitted)));
  }

  @Test
  void whatALoadGeneratorAddsToTheFiguresOfAll() throws IOException {
    var lateness = new Histogram(3);
    lateness.recordValue(120);
    lateness.setStartTimeStamp(2_000);
    lateness.setEndTimeStamp(7_000);
    var row = new Histogram(3);
    row.recordValue(4_000);
    row.setStartTimeStamp(1_100);
    row.setEndTimeStamp(1_200);

    PartLog.write(folder, Map.of(PartLog.LATENESS, lateness, PartLog.row(1), row));

    assertThat(PartLog.read(folder))
        .isEqualTo(Map.of(PartLog.LATENESS, lateness, PartLog.row(1), row));

    var ended = new BitSet();
    ended.set(3);
    ended.set(4_999);
    PartCounts counts = PartCounts.of(List.of(7, 0, 9), ended);
    counts.write(folder);
    assertThat(PartCounts.read(folder)).isEqualTo(counts);
    assertThat(counts.endedMillis()).isEqualTo(ended);
  }

  @Test
  void partsOfAScheduleTakeTurns() {
    SchedulePart second = SchedulePart.parse("2-of-3");

    assertThat(second).isEqualTo(new SchedulePart(2, 3)).hasToString("2-of-3");
    assertThat(second.folder()).isEqualTo("generator-2-of-3");
    assertThat(List.of(second.inWhole(0), second.inWhole(1), second.inWhole(2)))
        .containsExactly(1, 4, 7);
    assertThatThrownBy(() -> new SchedulePart(65, 65))
        .hasMessage("part: 65-of-65 (expected: 1-of-1 to 64-of-64)");
  }

  @Test
  void aCellTellsWhichLoadGeneratorsHaveLeftFiles() throws IOException {
    assertThat(new RawCell(folder).parts()).isEmpty();
    for (int number = 1; number <= 3; number++) {
      Path own = Files.createDirectories(folder.resolve("generator-" + number + "-of-3"));
      PartCounts.of(List.of(1), new BitSet()).write(own);
    }

    assertThat(new RawCell(folder).parts())
        .containsExactly(new SchedulePart(1, 3), new SchedulePart(2, 3), new SchedulePart(3, 3));
    assertThat(new RawCell(folder).published())
        .containsExactly(
            "generator-1-of-3/part.json",
            "generator-2-of-3/part.json",
            "generator-3-of-3/part.json");
  }
}
