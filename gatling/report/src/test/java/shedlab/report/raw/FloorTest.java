package shedlab.report.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.raw.Floor.When;
import shedlab.report.result.Latency;

class FloorTest {
  @TempDir private Path run = Path.of("");

  /** A CPU whose thread woke so late, again and again. */
  private static Histogram late(long startEpochMillis, long... micros) {
    var recorder = new PauseRecorder();
    for (long one : micros) {
      recorder.late(one);
    }
    recorder.histogram().setStartTimeStamp(startEpochMillis);
    recorder.histogram().setEndTimeStamp(startEpochMillis + 2_000);
    return recorder.histogram();
  }

  private void add(When when, Histogram cpu0, Histogram cpu1) throws IOException {
    var byCpu = new TreeMap<Integer, Histogram>();
    byCpu.put(0, cpu0);
    byCpu.put(1, cpu1);
    Floor.add(run, when, byCpu);
  }

  @Test
  void aStallCountsForEverySleepThatItSwallowed() {
    Histogram micros = late(0, 60, 60, 40_000, 60);

    assertThat(micros.getTotalCount()).isEqualTo(3 + 40);
    assertThat(micros.getMaxValue()).isBetween(40_000L, 40_031L);
    assertThat(micros.getValueAtPercentile(50)).isGreaterThan(15_000);
  }

  @Test
  void whatIsWrittenIsReadAndTheWorstCpuAndTimeIsTheFloor() throws IOException {
    add(When.BEFORE, late(10_000, 60, 60, 70), late(10_003, 60, 60, 900));
    add(When.AFTER, late(90_000, 80, 80, 80), late(90_000, 60, 60, 70));

    Floor floor = Floor.read(run);

    assertThat(floor.parts())
        .extracting(p -> p.when() + " " + p.cpu() + " " + p.startEpochMillis() + " " + p.millis())
        .containsExactly(
            "before 0 10000 2000",
            "before 1 10003 2000",
            "after 0 90000 2000",
            "after 1 90000 2000");
    assertThat(floor.at(Latency::p50)).isEqualTo(80);
    assertThat(floor.at(Latency::p99)).isEqualTo(900);
  }

  @Test
  void aSecondMeasurementOfOneTimeReplacesTheFirst() throws IOException {
    add(When.AFTER, late(10_000, 60), late(10_000, 60));
    add(When.AFTER, late(90_000, 80), late(90_000, 80));

    assertThat(Floor.read(run).parts()).hasSize(2).allMatch(p -> p.late().max() == 80);
  }

  @Test
  void theSameCpuOfTwoMachinesIsTwoCpus() throws IOException {
    Floor.add(run, When.BEFORE, "server", new TreeMap<>(Map.of(0, late(10_000, 60))));
    Floor.add(run, When.BEFORE, "load1", new TreeMap<>(Map.of(0, late(10_000, 90))));
    Floor.add(run, When.BEFORE, "load1", new TreeMap<>(Map.of(0, late(10_000, 80))));

    assertThat(Floor.read(run).parts())
        .extracting(p -> p.where() + ": " + p.late().max())
        .containsExactly("CPU 0 of server: 60", "CPU 0 of load1: 80");
  }

  @Test
  void upToTwiceTheFloorIsTheMachines() throws IOException {
    add(When.BEFORE, late(0, 100, 100, 900), late(0, 50, 50, 50));
    Floor floor = Floor.read(run);

    assertThat(floor.covers(Latency::p99, 1_800)).isTrue();
    assertThat(floor.covers(Latency::p99, 1_801)).isFalse();
    assertThat(floor.covers(Latency::p50, 200)).isTrue();
    assertThat(floor.covers(Latency::p50, 201)).isFalse();
    assertThat(floor.covers(Latency::p99, 0)).isFalse();
  }

  @Test
  void aRunWithoutTheFileHasNoFloorAndMarksNothing() throws IOException {
    Floor floor = Floor.read(run);

    assertThat(floor.measured()).isFalse();
    assertThat(floor.covers(Latency::p99, 1)).isFalse();
  }

  @Test
  void aFileThatIsNotAFloorIsRefusedByItsLine() throws IOException {
    add(When.BEFORE, late(0, 60), late(0, 60));
    Path file = run.resolve(Floor.FILE);
    Files.writeString(file, Files.readString(file).replace("before-cpu1", "during-cpu1"));

    assertThatIOException()
        .isThrownBy(() -> Floor.read(run))
        .withMessageStartingWith(file + ":6: interval: Tag=during-cpu1,")
        .withMessageContaining("(expected: Tag=before-cpuN|after-cpuN|");
  }
}
