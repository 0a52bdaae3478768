package shedlab.report.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shedlab.report.finding.Recovery.Event;
import shedlab.report.result.CellResult;
import shedlab.report.result.ClientSide;
import shedlab.report.result.Dynamics;
import shedlab.report.result.Manifest;
import shedlab.report.result.SampleRun;
import shedlab.report.text.StrategyNames;

class RecoveryTest {
  private static final String SEMAPHORE = "fixed:limit=1";
  private static final String QUEUE = "fixed:limit=1+fifo:capacity=16,timeout=100ms";
  private static final List<String> STRATEGIES = List.of(SEMAPHORE, QUEUE);
  private static final StrategyNames NAMES = new StrategyNames(STRATEGIES);

  @Test
  void aDisturbanceThatEndsIsRecoveredFrom() {
    List<CellResult> cells = List.of(cell(2, null, 1.5), cell(3, 0.5, null), cell(4, 0.5, 0.0));

    assertThat(Recovery.of(Event.DISTURBANCE, STRATEGIES, cells, NAMES))
        .isEqualTo("After the disturbance, goodput recovered in 2 of 3 cells with `fixed`.");
  }

  @Test
  void strategiesThatAlwaysRecoverAreCountedAndNotListed() {
    CellResult first = cell(2, 0.0, 1.0);
    CellResult queue = cell(QUEUE, 2, 0.0, 0.0);

    assertThat(Recovery.of(Event.DISTURBANCE, STRATEGIES, List.of(first, queue), NAMES))
        .isEqualTo("After the disturbance, goodput recovered in all 2 cells.");
    assertThat(
            Recovery.of(
                Event.DISTURBANCE, STRATEGIES, List.of(cell(3, 0.0, null), queue, queue), NAMES))
        .isEqualTo(
            "After the disturbance, goodput recovered in 0 of 1 cell with `fixed` and all 2 others.");
  }

  @Test
  void afterAChangeForGoodThereIsNothingToRecoverFrom() {
    List<CellResult> cells = List.of(cell(2, 0.0, null), cell(3, 2.0, null), cell(4, null, null));

    assertThat(Recovery.of(Event.CHANGE, STRATEGIES, cells, NAMES))
        .isEqualTo("After the change, goodput settled in 2 of 3 cells with `fixed`.");
  }

  @Test
  void aColdServerComesUp() {
    List<CellResult> cells = List.of(cell(2, null, 1.5), cell(3, null, null));

    assertThat(Recovery.of(Event.COLD_START, STRATEGIES, cells, NAMES))
        .isEqualTo("From a cold start, goodput came up in 1 of 2 cells with `fixed`.");
  }

  @Test
  void theEventIsToldByThePlan() {
    Manifest plan = SampleRun.manifest(STRATEGIES, List.of(2.0), 1, true, 2);
    Map<String, String> drop = Map.of("capacity-drop", "at=5s,for=5s,left=0.5");

    assertThat(Event.of(with(plan, Map.of("warm-up", "0s")))).isEqualTo(Event.COLD_START);
    assertThat(Event.of(with(plan, drop))).isEqualTo(Event.DISTURBANCE);
    assertThat(Event.of(with(plan, Map.of("slowdown", "at=5s,factor=2")))).isEqualTo(Event.CHANGE);
  }

  private static Manifest with(Manifest m, Map<String, String> settings) {
    return Manifest.of(
        m.run(), m.invocation(), m.purpose(), m.grid(), m.load(), m.setUp(), m.seed(), settings);
  }

  private static CellResult cell(int repeat, @Nullable Double settle, @Nullable Double recovery) {
    return cell(SEMAPHORE, repeat, settle, recovery);
  }

  private static CellResult cell(
      String strategy, int repeat, @Nullable Double settle, @Nullable Double recovery) {
    CellResult plain = SampleRun.cell("netty", strategy, 2.0, repeat, new Random(7));
    ClientSide clients = plain.clientSide();
    return CellResult.of(
        plain.key(),
        plain.capacityPerSecond(),
        clients.with(
            null, List.of(), new Dynamics(settle, 0, recovery), null, null, clients.figures()),
        plain.serverSide(),
        plain.judgement());
  }
}
