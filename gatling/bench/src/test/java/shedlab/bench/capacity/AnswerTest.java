package shedlab.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.bench.run.Capacity;
import shedlab.report.result.Check;
import shedlab.report.result.ClientSide;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;

class AnswerTest {
  private static final Capacity CAPACITY = new Capacity(200, 195, 205, 1.0, null);

  private static Probe probe(double load, Search.Kind kind, boolean kept, boolean valid) {
    return Probe.of(
        "p",
        load,
        kind,
        1,
        ClientSide.of(5, new Outcomes(1_000, 0, 0, 0, 0, 0), Latency.NONE, Latency.NONE),
        List.of(new Objective.Figure("p99", "20.0 ms", kept, false)),
        List.of(new Check("steal", "0.020", "<= 0.010", valid)));
  }

  private static Answer answer(Search.Found found, Probe... probes) {
    return Answer.of("netty", "none", "", CAPACITY, found, 100, List.of(probes));
  }

  @Test
  void theUpperEndIsTheLeastLoadThatBrokeInAMeasurementThatTheMachineDidNotSpoil() {
    Answer answer =
        answer(
            new Search.Found(0.9, 0.92, false),
            probe(1, Search.Kind.PROBE, false, true),
            probe(0.92, Search.Kind.PROBE, false, false),
            probe(0.9, Search.Kind.CONFIRMATION, true, true));

    assertThat(answer.certified()).isTrue();
    assertThat(answer.loads()).isEqualTo("0.900x [0.900x to 1.000x]");
    assertThat(answer.rates()).isEqualTo("180/s [180 to 200/s]");
    assertThat(answer.certificate()).isEqualTo("valid; 1 of 3 measurements spoilt");
  }

  @Test
  void withoutAValidConfirmationAnAnswerHasNoCertificate() {
    Answer answer =
        answer(
            new Search.Found(0.9, null, true),
            probe(0.9, Search.Kind.PROBE, true, true),
            probe(0.9, Search.Kind.CONFIRMATION, true, false));

    assertThat(answer.certified()).isFalse();
    assertThat(answer.loads()).isEqualTo("0.900x [0.900x to not found]");
    assertThat(answer.certificate())
        .isEqualTo(
            "NOT VALID: steal 0.020 (<= 0.010); 1 of 2 measurements spoilt; the time was over");
  }

  @Test
  void whereEveryLoadBreaksTheObjectiveThereIsNone() {
    Answer answer =
        answer(new Search.Found(null, 0.125, false), probe(0.125, Search.Kind.PROBE, false, true));

    assertThat(answer.loads()).isEqualTo("none; broken at 0.125x");
    assertThat(answer.certificate()).isEqualTo("no answer");
  }
}
