package shedlab.report.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.Reaction;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;

/** Two independent computations agree on random input. */
class SecondOpinionTest {
  @RepeatedTest(50)
  void agreesOnHowAChangeWasFollowed(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    List<ClientCsv.Row> rows = new ArrayList<>();
    int length = 20 + random.nextInt(400);
    for (int i = 0; i < length; i++) {
      int offered = 20 + random.nextInt(10);
      int good = Math.min(offered, random.nextInt(10) == 0 ? random.nextInt(30) : 18);
      rows.add(
          new ClientCsv.Row(
              i / 10.0,
              offered,
              new Outcomes(good, 0, offered - good, 0, 0, 0),
              50_000,
              random.nextInt(400_000),
              new TreeMap<>()));
    }
    double from = random.nextInt(length) / 10.0;
    double to = from + random.nextInt(length) / 10.0;
    var course = new ClientCsv(rows);

    assertThat(Followed.of(course, 200, 250, from, to))
        .isEqualTo(Reaction.of(course, 200, 250, from, to));
  }

  @RepeatedTest(20)
  void agreesOnPercentiles(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var micros = new Histogram(3);
    for (int i = random.nextInt(3_000); i > 0; i--) {
      micros.recordValue((long) Math.exp(14 * random.nextDouble()));
    }

    Latency again = Percentiles.of(micros);
    Latency first = Latency.of(micros);

    assertThat(again.mean()).isCloseTo(first.mean(), within(1e-6 * Math.max(1, first.mean())));
    assertThat(again).usingRecursiveComparison().ignoringFields("mean").isEqualTo(first);
  }
}
