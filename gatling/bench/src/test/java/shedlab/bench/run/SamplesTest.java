package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.admission.Limit;
import shedlab.bench.host.HostException;
import shedlab.report.raw.ServerCsv;

class SamplesTest {
  private static final String HEADER =
      "epoch_micros,limit,inflight,waiting,admitted,completed,shed_limit,shed_full,shed_expired,"
          + "shed_abandoned,worker_queue,cpu_micros,gc_micros\n";

  /** A server that completes 200/s and uses 90 % of one core, sampled ten times a second. */
  private static String steady(int rows) {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int i = 0; i < rows; i++) {
      csv.append(1_000_000L + 100_000L * i).append(",4,").append(i % 2 == 0 ? 4 : 2);
      csv.append(",0,").append(20 * i).append(',').append(20 * i).append(",0,0,0,0,0,");
      csv.append(90_000L * i).append(",0\n");
    }
    return csv.toString();
  }

  @Test
  void averagesGaugesAndTurnsTotalsIntoRates() {
    Samples samples = new Samples(ServerCsv.parse(steady(11)));
    assertThat(samples.mean(ServerCsv.Row::inflight)).isCloseTo(34.0 / 11, within(1e-9));
    assertThat(samples.cores()).isCloseTo(0.9, within(1e-9));
    assertThat(samples.unlimited()).isFalse();
  }

  @Test
  void leavesOutALineThatWasStillBeingWritten() {
    assertThat(new Samples(ServerCsv.parse(steady(5) + "1500000,4,")).rows()).hasSize(5);
  }

  @Test
  void keepsOnlyTheRowsOfACellsTimeAndCountsSecondsFromItsZero(@TempDir Path folder)
      throws IOException {
    Samples cut = new Samples(ServerCsv.parse(steady(11))).between(1_200_000, 1_400_000);
    assertThat(cut.rows()).hasSize(3);
    cut.file().since(1_000_000).write(folder);
    List<String> lines = Files.readAllLines(folder.resolve(ServerCsv.FILE));
    assertThat(lines.get(0)).startsWith("second,epoch_micros,limit,").endsWith(",gc_micros");
    assertThat(lines.get(1)).startsWith("0.200,1200000,4,4,").endsWith(",0");
    assertThat(ServerCsv.read(folder).rows().get(0).second()).isEqualTo(0.2);
  }

  @Test
  void rowsOfAnotherClockMoveToTheirPlaceInThisOnesTime(@TempDir Path folder) throws IOException {
    ServerCsv moved = ServerCsv.parse(steady(3)).later(-250_000);
    assertThat(moved.rows().get(2).epochMicros()).isEqualTo(950_000);
    moved.since(700_000).write(folder);
    assertThat(Files.readAllLines(folder.resolve(ServerCsv.FILE)).get(1))
        .startsWith("0.050,750000,4,4,");
    assertThat(ServerCsv.read(folder)).isEqualTo(moved.since(700_000));
  }

  @Test
  void capacityIsTheRateOfCompletionsWithAnIntervalAroundIt() {
    Capacity steady = Capacity.of(new Samples(ServerCsv.parse(steady(51))), 1);
    assertThat(steady.perSecond()).isCloseTo(200, within(1e-9));
    assertThat(steady.low()).isCloseTo(200, within(1e-6));
    assertThat(steady.high()).isCloseTo(200, within(1e-6));
    assertThat(steady.cpuShare()).isCloseTo(0.9, within(1e-9));
  }

  @Test
  void whatAHypervisorTookIsNoPartOfTheCapacity() {
    Capacity measured = new Capacity(190, 180, 200, 0.94, 4.0);

    assertThat(measured.with(0.05))
        .isEqualTo(new Capacity(200, 180 / 0.95, 200 / 0.95, 0.94 / 0.95, 4.0));
    assertThat(measured.with(0)).isEqualTo(measured);
  }

  @Test
  void capacityNeedsEnoughSamples() {
    assertThatThrownBy(() -> Capacity.of(new Samples(ServerCsv.parse(steady(8))), 1))
        .isInstanceOf(HostException.class)
        .hasMessage("calibration: 8 samples (expected: 11 or more)");
  }

  /** Batches of half a second in which a server completes so many requests. */
  private static Samples batches(int... completed) {
    StringBuilder csv = new StringBuilder(HEADER);
    double sum = 0;
    for (int row = 0; row <= 5 * completed.length; row++) {
      csv.append(1_000_000L + 100_000L * row).append(",4,4,0,0,").append(Math.round(sum));
      csv.append(",0,0,0,0,0,").append(90_000L * row).append(",0\n");
      sum += row < 5 * completed.length ? completed[row / 5] / 5.0 : 0;
    }
    return new Samples(ServerCsv.parse(csv.toString()));
  }

  @Test
  void theIntervalOfACapacityIsThatOfItsOwnNumberOfBatches() {
    // Rates of 180, 200 and 220 per second: a standard error of 11.55, and t = 4.303 of 2.
    Capacity three = Capacity.of(batches(90, 100, 110), 1);
    assertThat(three.perSecond()).isCloseTo(200, within(1e-9));
    assertThat(three.high() - 200).isCloseTo(4.303 * 11.547, within(0.01));
    // Twelve of them: a standard error of 4.92, and t = 2.201 of 11.
    int[] twelve = {90, 100, 110, 90, 100, 110, 90, 100, 110, 90, 100, 110};
    assertThat(200 - Capacity.of(batches(twelve), 1).low()).isCloseTo(2.201 * 4.924, within(0.01));
  }

  @Test
  void aCapacityThatNobodyKnowsIsRefusedInOneLine() {
    assertThatThrownBy(Capacity.of(batches(0, 10, 0), 1)::orRefused)
        .isInstanceOf(HostException.class)
        .hasMessage(
            "capacity: 6.7/s, -22.0 to 35.4/s (expected: within 50 % of its mean: a longer measure"
                + " or a quieter machine)");
    assertThatThrownBy(Capacity.of(batches(0, 0, 0), 1)::orRefused)
        .isInstanceOf(HostException.class);
    // Too wide although it is above zero.
    assertThatThrownBy(Capacity.of(batches(70, 100, 130), 1)::orRefused)
        .hasMessageStartingWith("capacity: 200.0/s, 51.0 to 349.0/s (");
    Capacity known = Capacity.of(batches(90, 100, 110), 1);
    assertThat(known.orRefused()).isSameAs(known);
  }

  @Test
  void anAttemptThatIsPreciseIsBetterThanOneThatScatters() {
    Capacity precise = new Capacity(200, 190, 210, 0.8, null);
    Capacity scatters = new Capacity(200, 51, 349, 1.0, null);
    assertThat(precise.isBetterThan(scatters)).isTrue();
    assertThat(scatters.isBetterThan(precise)).isFalse();
    assertThat(new Capacity(200, 190, 210, 0.9, null).isBetterThan(precise)).isTrue();
    assertThat(new Capacity(200, 190, 210, 0.9, null).settled()).isTrue();
    assertThat(precise.settled()).isFalse();
    assertThat(scatters.settled()).isFalse();
  }

  @Test
  void knowsAServerWithoutALimit() {
    String csv = HEADER + "1000000," + Limit.MAX + ",0,0,0,0,0,0,0,0,0,0,0\n";
    assertThat(new Samples(ServerCsv.parse(csv)).unlimited()).isTrue();
  }
}
