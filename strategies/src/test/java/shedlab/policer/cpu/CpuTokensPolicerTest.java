package shedlab.policer.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.admission.Outcome;
import shedlab.admission.Policer;
import shedlab.policer.PolicerContract;

/** One core, so a bucket of 750 ms for all and one of a second for the urgent. */
class CpuTokensPolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  @Override
  protected Policer fresh() {
    return new CpuTokensPolicer(0.75, 0.25, SECOND, SECOND);
  }

  @Test
  void aRequestPaysItsEstimateOnArrivalAndWhatItUsedAtTheEnd() {
    Policer tokens = fresh();
    View view = new View();
    assertThat(tokens.admits(arrival(0), view, 0)).isTrue();
    // 100 ms used: 650 of 750 are left, for six at an estimate of 100; 50 remain for one more.
    use(tokens, 1, 100 * MS);
    assertThat(mostInGate(tokens, view, 0)).isEqualTo(6);
    // 100 ms later: 75 more, 725.
    assertThat(mostInGate(tokens, view, 100 * MS)).isEqualTo(7);
    // One uses 300 ms: 425 are left, and the mean is 200.
    use(tokens, 1, 300 * MS);
    assertThat(mostInGate(tokens, view, 100 * MS)).isEqualTo(2);
  }

  @Test
  void theEstimateOfAnIntervalIsAveragedWithTheOneBefore() {
    Policer tokens = fresh();
    View view = new View();
    tokens.admits(arrival(0), view, 0);
    use(tokens, 1, 100 * MS);
    view.cpuNanos = 100 * MS; // a tenth of the core: no word on what else there is
    mostInGate(tokens, view, SECOND);
    use(tokens, 2, 200 * MS);
    view.cpuNanos += 200 * MS;
    // Full again: 750 ms, and 0.5 * 200 + 0.5 * 100 for each.
    assertThat(mostInGate(tokens, view, 2 * SECOND)).isEqualTo(4);
  }

  @Test
  void whatElseUsesTheCpuMakesTokensRarer() {
    Policer tokens = fresh();
    View view = new View();
    tokens.admits(arrival(0), view, 0);
    use(tokens, 3, 100 * MS);
    view.cpuNanos = 600 * MS;
    // 600 ms for 300: 2, so m = 0.5 * 2 + 0.5 * 1 = 1.5. Full is 0.75 / 1.5 s: 500 ms, and the
    // fifth of 100 would leave nothing.
    assertThat(mostInGate(tokens, view, SECOND)).isEqualTo(4);
    use(tokens, 3, 100 * MS);
    view.cpuNanos += 300 * MS;
    // 1 again, so m = 0.8 * 1 + 0.2 * 1.5 = 1.1. Full is 682 ms.
    assertThat(mostInGate(tokens, view, 2 * SECOND)).isEqualTo(6);
  }

  @Test
  void theMultiplierIsOneAtLeast() {
    Policer tokens = fresh();
    View view = new View();
    tokens.admits(arrival(0), view, 0);
    use(tokens, 9, 100 * MS);
    view.cpuNanos = 300 * MS; // a third of what the requests used, says a clock that is late
    // 750 - 900 + 750 = 600: the sixth of 100 would leave nothing.
    assertThat(mostInGate(tokens, view, SECOND)).isEqualTo(5);
  }

  /** 100 times as much as the requests used: 20 at most, so m = 10.5. Then nearly nothing runs. */
  @Test
  void aLowCpuUseLetsTheMultiplierShrinkByAThirdDownToWhatATargetNeeds() {
    Policer tokens = fresh();
    View view = new View();
    tokens.admits(arrival(0), view, 0);
    use(tokens, 10, MS);
    view.cpuNanos = SECOND;
    assertThat(mostInGate(tokens, view, SECOND)).as("750 / 10.5 = 71.4").isEqualTo(71);
    view.cpuNanos += 100 * MS;
    assertThat(mostInGate(tokens, view, 2 * SECOND)).as("750 / 7 = 107.1").isEqualTo(107);
    assertThat(mostInGate(tokens, view, 3 * SECOND)).as("750 / 4.67 = 160.7").isEqualTo(160);
    assertThat(mostInGate(tokens, view, 4 * SECOND)).as("750 / 3.11 = 241.1").isEqualTo(241);
    assertThat(mostInGate(tokens, view, 5 * SECOND)).as("750 / 3 = 250").isEqualTo(249);
    assertThat(mostInGate(tokens, view, 6 * SECOND)).as("no less than 3").isEqualTo(249);
  }

  @Test
  void urgentRequestsMayUseMore() {
    Policer tokens = fresh();
    View view = new View();
    tokens.admits(arrival(0), view, 0);
    use(tokens, 1, 800 * MS); // of 750 and of 1,000
    assertThat(tokens.admits(arrival(0), view, 0)).isFalse();
    assertThat(tokens.admits(arrival(0).urgency(2), view, 0)).isTrue();
  }

  /** 2 s used of 0.75: a debt of 0.25 s is kept, and 0.75 a second pay it back in a third. */
  @Test
  void debtIsForgivenDownToWhatUrgentRequestsMayUseInAddition() {
    Policer tokens = fresh();
    View view = new View();
    tokens.admits(arrival(0), view, 0);
    use(tokens, 1, 2 * SECOND);
    assertThat(tokens.admits(arrival(0), view, 0)).isFalse();
    assertThat(tokens.admits(arrival(0).urgency(0), view, 0)).as("no debt").isFalse();
    assertThat(tokens.admits(arrival(0).urgency(0), view, MS)).as("1 ms").isTrue();
    assertThat(tokens.admits(arrival(0), view, 333 * MS)).as("-250 + 249.75").isFalse();
    assertThat(tokens.admits(arrival(0), view, 334 * MS)).as("-250 + 250.5").isTrue();
  }

  @Test
  void grantsAShareOfWhatAQuotaLeaves() {
    Policer tokens = fresh();
    View view = new View();
    tokens.admits(arrival(0), view, 0);
    use(tokens, 5, 100 * MS);
    view.cpuNanos = 500 * MS;
    view.deniedNanos = 500 * MS;
    view.inflight = 5;
    // 750 - 500 - 5 * 100 + 750 = 500 are left. Half a core takes 375 of them: 125, for two more.
    assertThat(tokens.admits(arrival(0), view, SECOND)).isTrue();
    view.inflight = 6;
    assertThat(tokens.admits(arrival(0), view, SECOND)).as("25").isTrue();
    view.inflight = 7;
    assertThat(tokens.admits(arrival(0), view, SECOND)).as("-75").isFalse();
  }

  /** The host used 0.7 of the 0.75 that were granted: the neighbour takes what is left over. */
  @Test
  void aNeighbourThatTakesOnlyWhatIsLeftOverChangesNothing() {
    Policer tokens = fresh();
    View view = new View();
    tokens.admits(arrival(0), view, 0);
    use(tokens, 7, 100 * MS);
    view.cpuNanos = 700 * MS;
    view.deniedNanos = 300 * MS;
    view.inflight = 2;
    // 750 - 700 - 2 * 100 + 750 = 600 are left when the two have paid, for six more.
    assertThat(tokens.admits(arrival(0), view, SECOND)).isTrue();
    view.inflight = 7;
    assertThat(tokens.admits(arrival(0), view, SECOND)).as("100").isTrue();
    view.inflight = 8;
    assertThat(tokens.admits(arrival(0), view, SECOND)).as("0").isFalse();
  }

  /** With so many in the gate the last one is admitted. None of them stays. */
  private static int mostInGate(Policer tokens, View view, long now) {
    view.inflight = 0;
    while (tokens.admits(arrival(now), view, now)) {
      view.inflight++;
    }
    int most = view.inflight - 1;
    view.inflight = 0;
    return most;
  }

  private static void use(Policer tokens, int requests, long cpuNanos) {
    for (int i = 0; i < requests; i++) {
      // It took ten times as long: that is not what it pays for.
      tokens.completed(
          arrival(0).completed(0, 0, 10 * cpuNanos, 1, Outcome.SUCCESS).used(cpuNanos));
    }
  }
}
