package shedlab.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import shedlab.admission.Gate;
import shedlab.admission.Limit;
import shedlab.admission.ManualClock;
import shedlab.admission.Outcome;
import shedlab.admission.RecordingTicket;
import shedlab.admission.TestSample;
import shedlab.backlog.NoBacklog;

class EnvoyLimitTest extends LimitContract {
  private static final long MS = 1_000_000;
  private static final long NO_MORE_PROBES = 1_000_000 * MS;

  private long now;

  @Override
  protected Limit fresh() {
    return new EnvoyLimit(2, 50, 0.5, 100_000, 0.25, 3, 20, 10 * MS, 0.15, Growth.ALWAYS);
  }

  @Override
  protected int least() {
    return 2;
  }

  @Override
  protected int greatest() {
    return 50;
  }

  @Override
  protected boolean shrinksPerSample() {
    return false;
  }

  /** An interval's worth of requests that all take so long; returns the limit after it. */
  private int interval(Limit envoy, int limit, double elapsedMillis) {
    int next = limit;
    for (int i = 0; i < 4; i++) {
      now += 34 * MS;
      next = envoy.next(next, TestSample.success(now, (long) (elapsedMillis * MS), limit));
      if (next != limit) {
        return next;
      }
    }
    return next;
  }

  private static Limit controller(int min, int probe, long probeInterval) {
    return new EnvoyLimit(
        min, 1_000, 0.5, 100 * MS, 0.25, probe, 3, probeInterval, 0, Growth.ALWAYS);
  }

  /** Through the first probe, which finds that requests take so long. */
  private int probed(Limit envoy, double elapsedMillis) {
    int limit = envoy.initial();
    now += 1_000 * MS;
    for (int i = 0; i < 3; i++) {
      now += 1;
      limit = envoy.next(limit, TestSample.success(now, (long) (elapsedMillis * MS), limit));
    }
    return limit;
  }

  @Test
  void followsTheGradientWithinItsBounds() {
    Limit envoy = controller(1, 2, NO_MORE_PROBES);
    int limit = probed(envoy, 10);
    assertThat(limit).isEqualTo(2);

    limit = interval(envoy, limit, 10); // 1.25 * 10 / 10: 2 * 1.25 = 2.5, and its root 1.58
    assertThat(limit).isEqualTo(4);
    limit = interval(envoy, limit, 50); // 12.5 / 50 = 0.25, at least 0.5: 2 and 1.41
    assertThat(limit).isEqualTo(3);
    limit = interval(envoy, limit, 5); // 12.5 / 5 = 2.5, at most 2: 6 and 2.45
    assertThat(limit).isEqualTo(8);
    limit = interval(envoy, limit, 20); // 0.625: 5 and 2.24
    assertThat(limit).isEqualTo(7);
  }

  /** Egalitarian sharing of c cores by L requests: each takes L/c of its work. */
  @Test
  void settlesWhereTheoryPutsIt() {
    for (int cores : new int[] {4, 16, 64}) {
      Limit envoy = controller(1, cores, NO_MORE_PROBES);
      int limit = probed(envoy, 10);
      for (int i = 0; i < 10; i++) {
        limit = interval(envoy, limit, 10.0 * Math.max(1, (double) limit / cores));
      }
      double predicted = 1.25 * cores + Math.sqrt(1.25 * cores);
      assertThat((double) limit).isBetween(0.97 * predicted - 1, 1.03 * predicted);
    }
  }

  @Test
  void pinsTheLimitWhileItProbesAndRestoresItAfterwards() {
    Limit envoy = controller(1, 2, 500 * MS);
    int limit = probed(envoy, 10);
    for (int i = 0; i < 3; i++) {
      limit = interval(envoy, limit, 10);
    }
    int before = limit;
    now += 500 * MS;
    limit = envoy.next(limit, TestSample.success(now, 10 * MS, 1));
    assertThat(limit).isEqualTo(2).isLessThan(before);

    now += 5 * MS; // admitted before the probe began: says nothing
    for (int i = 0; i < 10; i++) {
      limit = envoy.next(limit, TestSample.success(now, 10 * MS, 1));
    }
    assertThat(limit).isEqualTo(2);
    now += 5 * MS;
    for (int i = 0; i < 3; i++) {
      now += 1;
      limit = envoy.next(limit, TestSample.success(now, 10 * MS, 1));
    }
    assertThat(limit).isEqualTo(before);
  }

  /** The first probe met a lucky moment: everything looks slow, the limit lies at its floor. */
  @Test
  void doubtsAMinimumThatKeepsItAtTheFloor() {
    Limit envoy = controller(1, 1, NO_MORE_PROBES);
    int limit = probed(envoy, 1);
    for (int i = 0; i < 10; i++) {
      limit = interval(envoy, limit, 30);
    }
    for (int i = 0; i < 10; i++) {
      now += 40 * MS;
      limit = envoy.next(limit, TestSample.success(now, 30 * MS, 1));
    }
    for (int i = 0; i < 4; i++) {
      limit = interval(envoy, limit, 30);
    }

    assertThat(limit).isGreaterThan(1); // 30 is normal now
  }

  /** With the default of 3 on one core, "unloaded" is three times too slow. */
  @Test
  void aProbeAboveTheCoresMeasuresALoadedServer() {
    assertThat(settled(3)).isGreaterThan(settled(1) + 2);
  }

  private int settled(int probe) {
    Limit envoy = controller(1, probe, NO_MORE_PROBES);
    int limit = probed(envoy, 10.0 * probe); // one core: each takes as long as all of them
    for (int i = 0; i < 10; i++) {
      limit = interval(envoy, limit, 10.0 * limit);
    }
    return limit;
  }

  /** It was admitted under another limit, however late it ends: no sample, so no update either. */
  @Test
  void whoeverWasAdmittedBeforeTheProbeIsNoSampleAfterItEither() {
    Limit envoy = controller(1, 2, NO_MORE_PROBES);
    int limit = probed(envoy, 10);
    now += 150 * MS;

    assertThat(envoy.next(limit, TestSample.success(now, 5_000 * MS, 9))).isEqualTo(limit);
    assertThat(envoy.next(limit, TestSample.success(now, 10 * MS, 2))).isEqualTo(4);
  }

  /** At the floor of 2 with a gradient of 0.5: 1 and its root are 2 again. */
  @Test
  void fiveUpdatesAtTheFloorBeginAProbe() {
    Limit envoy =
        new EnvoyLimit(2, 1_000, 0.5, 100 * MS, 0.25, 3, 3, NO_MORE_PROBES, 0, Growth.ALWAYS);
    int limit = probed(envoy, 10);
    assertThat(limit).isEqualTo(3);
    for (int update = 0; update < 5; update++) { // 1.5 and 1.22 are 2; then four times 1 and 1
      now += 150 * MS;
      limit = envoy.next(limit, TestSample.success(now, 100 * MS, 1));
      assertThat(limit).isEqualTo(2);
    }
    now += 150 * MS;
    assertThat(envoy.next(limit, TestSample.success(now, 100 * MS, 1))).isEqualTo(3);
  }

  /** What its documentation says of one request in flight at a time, and of the tuned profile. */
  @Test
  void climbsWithOneRequestInFlightAndThenLetsABurstInUnlessItIsTuned() {
    assertThat(updatesToAThousand("")).isEqualTo(17);
    assertThat(burstAfterAnIdleMinute("")).isEqualTo(300);
    assertThat(burstAfterAnIdleMinute("profile=tuned,deadline=100ms,workers=4,max=1000"))
        .isEqualTo(4);
  }

  private static int updatesToAThousand(String arguments) {
    Limit envoy = EnvoyLimit.DEFINITION.make(EnvoyLimit.DEFINITION.parse(arguments));
    int limit = envoy.initial();
    int updates = 0;
    for (long now = 0; limit < 1_000; now += 10 * MS) {
      int next = envoy.next(limit, TestSample.success(now, 10 * MS, 1));
      updates += next == limit ? 0 : 1;
      limit = next;
    }
    return updates;
  }

  /** Of 300 that come at once, after requests of 10 ms one by one. */
  private static int burstAfterAnIdleMinute(String arguments) {
    ManualClock clock = new ManualClock(0);
    Gate gate =
        new Gate(
            EnvoyLimit.DEFINITION.make(EnvoyLimit.DEFINITION.parse(arguments)),
            new NoBacklog(),
            clock);
    RecordingTicket alone = new RecordingTicket("alone", new ArrayList<>());
    for (int i = 0; i < 500; i++) {
      gate.enter(alone);
      clock.advance(10 * MS);
      gate.leave(alone, Outcome.SUCCESS);
    }
    for (int i = 0; i < 300; i++) {
      gate.enter(new RecordingTicket("burst", new ArrayList<>()));
    }
    return gate.stats().inflight();
  }
}
