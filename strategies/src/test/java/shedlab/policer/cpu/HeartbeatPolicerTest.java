package shedlab.policer.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.admission.Policer;
import shedlab.policer.PolicerContract;

/** A hundred wake-ups a window: two that are late are a p99, one is not. */
class HeartbeatPolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  private final View view = new View();
  private long now;

  @Override
  protected Policer fresh() {
    return new HeartbeatPolicer(55 * MS, SECOND, 3);
  }

  @Test
  void afterThreeLateWindowsRunningThereIsALimitBelowWhatWasInTheGate() {
    Policer heartbeat = fresh();
    window(heartbeat, 0, 20);
    window(heartbeat, 2, 20);
    window(heartbeat, 2, 20);
    assertThat(admits(heartbeat, 1_000)).as("two windows are not three").isTrue();
    window(heartbeat, 1, 20);
    window(heartbeat, 2, 20);
    window(heartbeat, 2, 20);
    window(heartbeat, 2, 20);
    // 0.9 * 20
    assertThat(admits(heartbeat, 17)).isTrue();
    assertThat(admits(heartbeat, 18)).isFalse();
  }

  @Test
  void theLimitShrinksInLateWindowsAndGrowsInOthersUntilOneShedsNothing() {
    Policer heartbeat = limitedTo18();
    window(heartbeat, 2, 18);
    assertThat(mostIn(heartbeat)).as("0.9 * 18 = 16.2").isEqualTo(16);
    window(heartbeat, 0, 17);
    assertThat(mostIn(heartbeat)).as("1.1 * 16.2 = 17.82").isEqualTo(17);
    window(heartbeat, 0, 17);
    assertThat(mostIn(heartbeat)).as("1.1 * 17.82 = 19.602").isEqualTo(19);
    window(heartbeat, 0, 5);
    window(heartbeat, 0, 5);
    assertThat(admits(heartbeat, 1_000)).as("nothing was shed").isTrue();
  }

  @Test
  void aSingleLateWindowNeitherShrinksNorLiftsTheLimit() {
    Policer heartbeat = limitedTo18();
    window(heartbeat, 0, 18);
    assertThat(mostIn(heartbeat)).as("1.1 * 18 = 19.8").isEqualTo(19);
    window(heartbeat, 2, 19);
    assertThat(mostIn(heartbeat)).isEqualTo(19);
  }

  @Test
  void aWindowInWhichTheThreadDidNotWakeAtAllIsLate() {
    Policer heartbeat = fresh();
    window(heartbeat, 0, 20);
    for (int i = 0; i < 3; i++) {
      now += SECOND;
      admits(heartbeat, 20);
    }
    assertThat(mostIn(heartbeat)).isEqualTo(17);
  }

  @Test
  void oneIsAlwaysAdmitted() {
    Policer heartbeat = limitedTo18();
    for (int i = 0; i < 100; i++) {
      window(heartbeat, 2, 0);
    }
    assertThat(mostIn(heartbeat)).isZero();
  }

  /** A limit of 18: the eighteenth is admitted, beside 17 others. */
  private Policer limitedTo18() {
    Policer heartbeat = fresh();
    window(heartbeat, 0, 20);
    window(heartbeat, 2, 20);
    window(heartbeat, 2, 20);
    window(heartbeat, 2, 20);
    assertThat(mostIn(heartbeat)).isEqualTo(17);
    return heartbeat;
  }

  /** A second passes, in which so many wake-ups are late; then one arrives and finds so many. */
  private void window(Policer heartbeat, int late, int in) {
    now += SECOND;
    view.wake(100 - late, 0);
    view.wake(late, 60 * MS);
    admits(heartbeat, in);
  }

  private boolean admits(Policer heartbeat, int in) {
    view.inflight = in;
    return heartbeat.admits(arrival(now), view, now);
  }

  /** With so many in the gate another is admitted. */
  private int mostIn(Policer heartbeat) {
    int most = -1;
    while (admits(heartbeat, most + 1)) {
      most++;
    }
    return most;
  }
}
