package shedlab.simulation.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The formulas against published tables and values worked out by hand. */
class TheoryTest {
  @Test
  void erlangCGivesThePublishedShareThatWaits() {
    assertThat(ErlangC.waitShare(1, 0.7)).isCloseTo(0.7, within(1e-12));
    assertThat(ErlangC.waitShare(2, 1)).isCloseTo(1.0 / 3, within(1e-12));
    // Tables: C(10, 8) = 0.409.
    assertThat(ErlangC.waitShare(10, 8)).isCloseTo(0.409, within(5e-4));
    assertThat(ErlangC.waitShare(4, 4)).isEqualTo(1);
  }

  @Test
  void erlangCsMeanWaitIsThatOfMM1WithOneCore() {
    assertThat(ErlangC.meanWait(1, 0.8)).isCloseTo(0.8 / 0.2, within(1e-12));
    assertThat(ErlangC.meanWait(4, 5)).isInfinite();
  }

  @Test
  void theBoundedQueueApproachesTheUnboundedOneAsItGrows() {
    assertThat(LossSystemMeans.meanWait(4, 400, 3.6))
        .isCloseTo(ErlangC.meanWait(4, 3.6), within(1e-9));
  }

  @Test
  void theMeanNumberOfMM1KIsTheClosedForm() {
    double r = 0.9;
    int k = 5;
    double expected = r / (1 - r) - (k + 1) * Math.pow(r, k + 1) / (1 - Math.pow(r, k + 1));

    assertThat(LossSystemMeans.meanInSystem(1, k, r)).isCloseTo(expected, within(1e-12));
    assertThat(LossSystemMeans.meanInSystem(1, 4, 1)).isCloseTo(2, within(1e-12));
  }

  @Test
  void aLossSystemInWhichNobodyWaitsHoldsTheWorkItCarries() {
    double a = 8;
    double carried = a * (1 - LossSystem.shedShare(4, 4, a));

    assertThat(LossSystemMeans.meanInSystem(4, 4, a)).isCloseTo(carried, within(1e-12));
    assertThat(LossSystemMeans.meanWaiting(4, 4, a)).isZero();
  }

  @Test
  void hugeSystemsDoNotOverflow() {
    assertThat(LossSystemMeans.meanInSystem(1_000, 50_000, 5_000))
        .isCloseTo(49_999.75, within(1e-6));
    assertThat(LossSystem.shedShare(1_000, 50_000, 5_000)).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void equalSizesWithoutAQueueAreErlangB() {
    assertThat(DeterministicQueue.shedShare(1, 2)).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(DeterministicQueue.meanInSystem(1, 2)).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(DeterministicQueue.meanWait(1, 2)).isCloseTo(0, within(1e-12));
  }

  @Test
  void equalSizesWithOnePlaceAreWorkedOutByHand() {
    // Room for two: a departure leaves none behind if none arrived during its service time.
    double none = Math.exp(-0.9);

    assertThat(DeterministicQueue.shedShare(2, 0.9)).isCloseTo(1 - 1 / (none + 0.9), within(1e-12));
  }

  @Test
  void aLongQueueOfEqualSizesIsPollaczekAndKhinchins() {
    // M/D/1: L = r + r^2 / (2 (1 - r)).
    assertThat(DeterministicQueue.meanInSystem(200, 0.5)).isCloseTo(0.75, within(1e-9));
    assertThat(DeterministicQueue.meanWait(200, 0.5)).isCloseTo(0.5, within(1e-9));
    assertThat(DeterministicQueue.shedShare(50, 5)).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void refusalsTakeTheirShareOfTheCpu() {
    // 4 cores, 10 ms of work, 0.1 ms per refusal: 0.990, 0.960 and 0.505 of 400/s.
    assertThat(RejectCost.idealGoodput(4, 800, 0.01, 0.0001) / 400).isCloseTo(0.990, within(5e-4));
    assertThat(RejectCost.idealGoodput(4, 2_000, 0.01, 0.0001) / 400)
        .isCloseTo(0.960, within(5e-4));
    assertThat(RejectCost.idealGoodput(4, 20_000, 0.01, 0.0001) / 400)
        .isCloseTo(0.505, within(5e-4));
    assertThat(RejectCost.idealGoodput(4, 40_001, 0.01, 0.0001)).isZero();
    assertThat(RejectCost.idealGoodput(4, 100, 0.01, 0.0001)).isEqualTo(100);
  }

  @Test
  void theCostOfARefusalIsReadFromTwoLoads() {
    double at2 = RejectCost.idealGoodput(4, 800, 0.01, 0.0003);
    double at5 = RejectCost.idealGoodput(4, 2_000, 0.01, 0.0003);

    assertThat(RejectCost.fit(800, at2, 2_000, at5, 0.01)).isCloseTo(0.0003, within(1e-12));
  }

  @Test
  void envoyAndVegasComeToRestWhereTheirPublishedRulesSay() {
    assertThat(FixedPoints.envoy(4, 0.25)).isCloseTo(7.236, within(5e-4));
    assertThat(FixedPoints.vegasLeast(4)).isEqualTo(7);
    assertThat(FixedPoints.vegasGreatest(4)).isEqualTo(10);
    // From 100 on the steps are twice as large: 103 - 97 = 2 * 3.
    assertThat(FixedPoints.vegasLeast(97)).isEqualTo(103);
    assertThat(FixedPoints.aimd(4, 0.1, 0.01)).isCloseTo(40, within(1e-12));
  }

  @Test
  void nineSecondsAtTwiceTheCapacityTakeEighteenToDrain() {
    double backlog = Backlogs.built(2, 400, 9);

    assertThat(backlog).isEqualTo(3_600);
    assertThat(Backlogs.drainTime(backlog, 0.5, 400)).isEqualTo(18);
    assertThat(Backlogs.drainTime(backlog, 1, 400)).isInfinite();
    assertThat(Backlogs.built(0.5, 400, 9)).isZero();
  }

  @Test
  void theMovingAveragesOfKratosAndGoZeroFireAfterSeconds() {
    // Kratos: 0.95 every 500 ms, 80 %. go-zero: 0.95 every 250 ms, 90 %.
    assertThat(0.5 * Ema.ticks(0.95, 0.5, 0.8)).isCloseTo(9, within(0.1));
    assertThat(0.5 * Ema.ticks(0.95, 0.2, 0.8)).isCloseTo(13.5, within(0.1));
    assertThat(0.25 * Ema.ticks(0.95, 0.5, 0.9)).isCloseTo(7.8, within(0.1));
    assertThat(Ema.ticks(0.95, 0.9, 0.8)).isZero();
  }

  @Test
  void retriesMultiplyALoadByTheGeometricSum() {
    assertThat(Retries.amplification(0.5, 3)).isEqualTo(1.75);
    assertThat(Retries.amplification(1, 4)).isEqualTo(4);
    assertThat(Retries.amplification(0, 4)).isEqualTo(1);
    assertThat(Retries.budgeted(400, 0.1)).isCloseTo(440, within(1e-9));
  }

  @Test
  void aServerThatShedsCheaplyHasOneFixedPointOfRetries() {
    DoubleUnaryOperator completed = rate -> Math.min(rate, 400);
    double least = Retries.settles(600, 3, completed, 600);

    assertThat(least).isCloseTo(Retries.settles(600, 3, completed, 1_800), within(1e-6));
    assertThat(least).isCloseTo(600 * Retries.amplification(1 - 400 / least, 3), within(1e-6));
  }

  @Test
  void aServerThatLosesGoodputUnderOverloadIsMetastable() {
    // Nothing is in time above the capacity: 0.8x is stable, and so is 2.4x, where all is late.
    DoubleUnaryOperator completed = rate -> rate <= 400 ? rate : 0;

    assertThat(Retries.settles(320, 3, completed, 320)).isEqualTo(320);
    assertThat(Retries.settles(320, 3, completed, 960)).isEqualTo(960);
  }
}
