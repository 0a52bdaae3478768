package shedlab.report.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shedlab.report.raw.ClientCsv;
import shedlab.report.result.Dynamics;
import shedlab.report.result.Manifest;
import shedlab.report.result.Outcomes;
import shedlab.report.result.SampleRun;

class ChangesTest {
  private static Manifest plan(Map<String, String> settings) {
    Manifest m = SampleRun.manifest(SampleRun.STRATEGIES, List.of(1.0), 1, true, 4);
    return Manifest.of(
        m.run(), m.invocation(), m.purpose(), m.grid(), m.load(), m.setUp(), m.seed(), settings);
  }

  @Test
  void aColdStartIsOverWhereTheLeadInBegins() {
    Manifest cold = plan(Map.of("warm-up", "0s"));
    double leadIn = cold.load().leadInSeconds();
    assertThat(Changes.of(cold, "", 1)).containsExactly(-leadIn, -leadIn);
    assertThat(Changes.of(plan(Map.of("warm-up", "9s")), "", 1)).isEmpty();
  }

  @Test
  void aSlowdownLastsFromItsMomentToTheEndWhateverTheUnit() {
    assertThat(Changes.of(plan(Map.of("slowdown", "at=1min,factor=2")), "", 1))
        .containsExactly(60, 12);
    assertThat(Changes.of(plan(Map.of("slowdown", "factor=2,at=250us")), "", 1))
        .containsExactly(0.00025, 12);
  }

  @Test
  void aDropOfCapacityIsKnownToTheMomentWhereItIsSimulatedAndALittleLaterElsewhere() {
    Manifest drop = plan(Map.of("capacity-drop", "at=2s,for=500ms,left=0.5"));

    assertThat(Changes.of(drop, "", 1)).containsExactly(2, 2.5);
    assertThat(Changes.lateRows(drop, "")).isEqualTo(20);
    assertThat(Changes.lateRows(plan(Map.of()), "")).isZero();
  }

  @Test
  void aServerThatIsKilledIsBackWhenTheNextOneIsReadyWhichTakesAWhile() {
    Manifest kill = plan(Map.of("fleet", "servers=2", "kill", "at=2s,for=3s"));

    assertThat(Changes.of(kill, "", 1)).containsExactly(2, 5);
    assertThat(Changes.lateRows(kill, "")).isEqualTo(150);
    assertThat(Changes.killed(kill, "")).isTrue();
    assertThat(kill.possible(0.5)).isNaN();
  }

  @Test
  void theWordNoneIsNoChange() {
    Map<String, String> none = Map.of("capacity-drop", "none", "slowdown", "none");

    assertThat(Changes.of(plan(none), "", 1)).isEmpty();
    assertThat(plan(none).possible(0.5)).isEqualTo(plan(Map.of()).possible(0.5));
  }

  @Test
  void whatALateDropExplainsIsNoDifferenceAndWhatNoneExplainsIs() {
    ClientCsv course =
        new ClientCsv(
            IntStream.range(0, 200)
                .mapToObj(
                    row ->
                        new ClientCsv.Row(
                            row / 10.0,
                            20,
                            new Outcomes(row < 55 || row > 130 ? 20 : 8, 0, 12, 0, 0, 0),
                            50_000,
                            row * 1_000L,
                            new TreeMap<>()))
                .toList());
    Dynamics measured = Followed.of(course, 200, 250, 5.5, 12.7);
    double[] planned = {5, 12};

    assertThat(Followed.late(course, 200, 250, planned, 20, measured)).isEqualTo(measured);
    assertThat(Followed.late(course, 200, 250, planned, 20, new Dynamics(0.1, 1, 0.1)))
        .isEqualTo(Followed.of(course, 200, 250, 5, 12));
  }
}
