package shedlab.report.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shedlab.report.result.CellResult;
import shedlab.report.result.ClientSide;
import shedlab.report.result.Dynamics;
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

    assertThat(Recovery.of(false, STRATEGIES, cells, NAMES))
        .isEqualTo("After the disturbance, goodput recovered in 2 of 3 cells with `fixed`.");
  }

  @Test
  void strategiesThatAlwaysRecoverAreCountedAndNotListed() {
    CellResult first = cell(2, 0.0, 1.0);
    CellResult queue = cell(QUEUE, 2, 0.0, 0.0);

    assertThat(Recovery.of(false, STRATEGIES, List.of(first, queue), NAMES))
        .isEqualTo("After the disturbance, goodput recovered in all 2 cells.");
    assertThat(Recovery.of(false, STRATEGIES, List.of(cell(3, 0.0, null), queue, queue), NAMES))
        .isEqualTo(
            "After the disturbance, goodput recovered in 0 of 1 cell with `fixed` and all 2 others.");
  }

  @Test
  void afterAChangeForGoodThereIsNothingToRecoverFrom() {
    List<CellResult> cells = List.of(cell(2, 0.0, null), cell(3, 2.0, null), cell(4, null, null));

    assertThat(Recovery.of(true, STRATEGIES, cells, NAMES))
        .isEqualTo("After the change, goodput settled in 2 of 3 cells with `fixed`.");
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
