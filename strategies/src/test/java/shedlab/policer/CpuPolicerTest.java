package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;

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
}
