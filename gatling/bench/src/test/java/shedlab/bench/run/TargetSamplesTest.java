package shedlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.ServerCsv;
import shedlab.report.result.Outcomes;

class TargetSamplesTest {
  private static final long ZERO = 1_000_000_000;

  private static ClientCsv.Row row(double second, long good, long shed) {
    Outcomes outcomes = new Outcomes(good, 0, shed, 0, 0, 0);
    return new ClientCsv.Row(second, good + shed, outcomes, 0, 0, new TreeMap<>());
  }

  private static final ClientCsv CLIENTS =
      new ClientCsv(List.of(row(0, 3, 1), row(0.1, 2, 0), row(0.2, 4, 4)));

  private static ServerCsv merged(String outside) {
    return TargetSamples.of(ServerCsv.parse(outside), CLIENTS, ZERO);
  }

  @Test
  void theClientsCountsStandInForThoseThatATargetDoesNotTell() {
    ServerCsv merged =
        merged(
            "epoch_micros,cpu_micros\n999900000,5\n1000100000,10\n1000250000,20\n1000300000,30\n");
    assertThat(merged.rows()).extracting(ServerCsv.Row::completed).containsExactly(0L, 3L, 5L, 9L);
    assertThat(merged.rows()).extracting(ServerCsv.Row::received).containsExactly(0L, 4L, 6L, 14L);
    assertThat(merged.rows()).extracting(ServerCsv.Row::shed).containsExactly(0L, 1L, 1L, 5L);
    assertThat(merged.rows())
        .extracting(ServerCsv.Row::cpuMicros)
        .containsExactly(5L, 10L, 20L, 30L);
    assertThat(merged.tellsGauges()).isFalse();
    assertThat(merged.tellsCpu()).isTrue();
  }

  @Test
  void whatNobodyKnowsIsNotTold() {
    Samples samples = new Samples(merged("epoch_micros\n1000100000\n1000200000\n"));
    assertThat(samples.tellsCpu()).isFalse();
    assertThat(samples.use()).isNull();
    assertThat(samples.cores()).isNaN();
  }
}
