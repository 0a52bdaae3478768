package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.admission.Policer;

class CpuPolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  @Override
  protected Policer fresh() {
    return new CpuPolicer(0.8, SECOND);
  }

  /** Overload behind an open gate, idleness behind a closed one: a square wave. */
  @Test
  void isOpenOrClosedForAWholePeriod() {
    Policer cpu = fresh();
    View view = new View();
    view.inflight = 1;
    StringBuilder seen = new StringBuilder();
    boolean open = true;
    for (int tenth = 0; tenth <= 60; tenth++) {
      long now = tenth * 100L * MS;
      open = cpu.admits(arrival(now), view, now);
      seen.append(open ? 'o' : '.');
      view.cpuNanos += open ? 100 * MS : 0;
    }

    assertThat(seen.toString())
        .isEqualTo("oooooooooo" + "..........oooooooooo..........oooooooooo..........o");
  }

  @Test
  void aLoadAtTheThresholdIsNotTooMuch() {
    Policer cpu = fresh();
    View view = new View();
    cpu.admits(arrival(0), view, 0);
    view.cpuNanos = 800 * MS;
    assertThat(cpu.admits(arrival(0), view, SECOND)).isTrue();
    view.cpuNanos += 801 * MS;
    assertThat(cpu.admits(arrival(0), view, 2 * SECOND)).isFalse();
  }

  /** Half of the time is all that the host can get: 45 of 50 ms are too much, 35 are not. */
  @Test
  void aHostThatHasUsedAllThatItsQuotaLeftIsBusy() {
    Policer cpu = fresh();
    View view = new View();
    view.inflight = 1;
    cpu.admits(arrival(0), view, 0);
    view.cpuNanos = 450 * MS;
    view.deniedNanos = 500 * MS;
    assertThat(cpu.admits(arrival(0), view, SECOND)).isFalse();
    view.cpuNanos += 350 * MS;
    view.deniedNanos += 500 * MS;
    assertThat(cpu.admits(arrival(0), view, 2 * SECOND)).isTrue();
  }

  /** The host gets a hundredth of the CPU, and a neighbour all the rest, work or no work. */
  @Test
  void aNeighbourThatLeavesNothingDoesNotCloseItForEver() {
    Policer cpu = fresh();
    View view = new View();
    List<Boolean> seen = new ArrayList<>();
    for (int second = 0; second < 6; second++) {
      view.inflight = second % 2; // what it has let in is done by the end of the next period
      seen.add(cpu.admits(arrival(0), view, second * SECOND));
      view.cpuNanos += 10 * MS;
      view.deniedNanos += 990 * MS;
    }

    assertThat(seen).containsExactly(true, false, true, false, true, false);
  }

  @Test
  void aPeriodInWhichTheHostCouldHaveNothingTellsNothing() {
    Policer cpu = fresh();
    View view = new View();
    cpu.admits(arrival(0), view, 0);
    view.deniedNanos = SECOND;
    assertThat(cpu.admits(arrival(0), view, SECOND)).isTrue();
  }
}
