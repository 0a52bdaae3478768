package shedlab.policer.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.admission.Policer;
import shedlab.policer.PolicerContract;

class RunnableCreditPolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;

  @Override
  protected Policer fresh() {
    return new RunnableCreditPolicer(1, 1, MS);
  }

  /**
   * Four cores, {@code a = b = 1}.
   *
   * @param inflight admitted
   * @param runnable of them, those that have a thread
   * @param credit {@code 4 - without a core + (idle - without a core)}
   */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 8", // 4 - 0 + (4 - 0)
    "3, 3, 5", // 4 - 0 + (1 - 0)
    "4, 4, 4", // 4 - 0 + (0 - 0)
    "5, 5, 2", // 4 - 1 + (0 - 1)
    "6, 6, 0", // 4 - 2 + (0 - 2)
    "6, 4, 0", // the same: two wait for a thread
    "3, 2, 3", // 4 - 1 + (1 - 1): the one that waits takes one of two idle cores
    "9, 9, 0"
  })
  void admitsWhatIdleCoresCanTakeLessWhatHasNoCore(int inflight, int runnable, int credit) {
    assertThat(admitted(fresh(), view(inflight, runnable), 0)).isEqualTo(credit);
  }

  @ParameterizedTest
  @CsvSource({
    "2.0, 0.5, 6, 5", // 2 * 4 - 2 + 0.5 * (0 - 2)
    "0.5, 3.0, 2, 8" // 0.5 * 4 - 0 + 3 * (2 - 0)
  })
  void byTheTwoWeights(double a, double b, int inflight, int credit) {
    Policer weighted = new RunnableCreditPolicer(a, b, MS);
    assertThat(admitted(weighted, view(inflight, inflight), 0)).isEqualTo(credit);
  }

  @Test
  void creditLastsForAnIntervalAndIsNotCarriedOver() {
    Policer policer = fresh();
    View view = view(4, 4);
    assertThat(policer.admits(arrival(0), view, 0)).isTrue();
    assertThat(admitted(policer, view, MS - 1)).as("three are left").isEqualTo(3);
    assertThat(admitted(policer, view, MS)).isEqualTo(4);
  }

  @Test
  void anEmptyGateAdmitsOneWhateverTheWeights() {
    assertThat(admitted(new RunnableCreditPolicer(0, 0, MS), view(0, 0), 0)).isEqualTo(1);
  }

  private static View view(int inflight, int runnable) {
    View view = new View();
    view.cpus = 4;
    view.inflight = inflight;
    view.runnable = runnable;
    return view;
  }

  /** How many it admits in a row; the view does not change meanwhile. */
  private static int admitted(Policer policer, View view, long now) {
    int count = 0;
    while (policer.admits(arrival(now), view, now)) {
      count++;
    }
    return count;
  }
}
