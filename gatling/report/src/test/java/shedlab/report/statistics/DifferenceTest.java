package shedlab.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferenceTest {
  @Test
  void aDifferenceIsAShareOfTheGreaterAndChangesItsSignWithTheOrder() {
    assertThat(Difference.between(100, 50)).isEqualTo(0.5);
    assertThat(Difference.between(50, 100)).isEqualTo(-0.5);
    assertThat(Difference.between(0, 7)).isEqualTo(-1);
    assertThat(Difference.between(0, 0)).isZero();
    assertThat(Difference.between(Double.NaN, 7)).isNaN();
  }

  @Test
  void aRatioAndItsDifferenceBelongToEachOther() {
    for (double ratio : new double[] {0, 0.3, 0.99, 1, 1.01, 4}) {
      assertThat(Difference.ratio(Difference.between(ratio, 1))).isCloseTo(ratio, within(1e-12));
    }
    assertThat(Difference.ratio(1)).isInfinite();
  }

  @Test
  void oneBlockHasNoInterval() {
    Difference one = Difference.mean(new double[] {0.5});

    assertThat(one.interval()).isEqualTo(new Interval(-1, 1, 0.95));
    assertThat(one.p()).isNaN();
    assertThat(Difference.mean(new double[0]).mean()).isNaN();
  }

  @Test
  void blocksThatAgreeLeaveNoDoubt() {
    assertThat(Difference.mean(new double[] {-1, -1, -1})).isEqualTo(new Difference(3, -1, 0, 0));
    assertThat(Difference.mean(new double[] {0, 0, 0}).p()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 8})
  void theIntervalHoldsTheTruthAsOftenAsItSays(int blocks) {
    assertThat(coverage(blocks, 0.03, x -> x)).isCloseTo(0.95, within(0.012));
  }

  /** Two samples of three with a standard error of 1/sqrt(3) each: four degrees of freedom. */
  @Test
  void aMeanOfMeansHasTheFreedomOfAllItsSamples() {
    Difference mean =
        Difference.meanOfMeans(List.of(new double[] {4, 5, 6}, new double[] {0, 1, 2}));

    assertThat(mean.mean()).isEqualTo(3);
    assertThat(mean.halfWidth()).isCloseTo(2.7764 * Math.sqrt(2.0 / 3) / 2, within(1e-3));
  }

  @Test
  void aSampleOfOneLeavesTheMeanOfMeansOpen() {
    Difference mean = Difference.meanOfMeans(List.of(new double[] {4, 5, 6}, new double[] {1}));

    assertThat(mean.mean()).isEqualTo(3);
    assertThat(mean.halfWidth()).isInfinite();
  }

  @Test
  void theMeanOfMeansHoldsTheTruthNineteenTimesInTwenty() {
    var random = new Random(7);
    int holds = 0;
    for (int i = 0; i < 4_000; i++) {
      List<double[]> samples = new ArrayList<>();
      for (int s = 0; s < 20; s++) {
        double spread = s % 5;
        samples.add(random.doubles(3, -spread, spread + 1e-9).toArray());
      }
      holds +=
          Math.abs(Difference.meanOfMeans(samples).mean())
                  <= Difference.meanOfMeans(samples).halfWidth()
              ? 1
              : 0;
    }
    assertThat(holds / 4_000.0).isBetween(0.93, 0.97);
  }

  /** One cell in ten loses up to a tenth of its goodput: a neighbour took the CPU. */
  @ParameterizedTest
  @ValueSource(ints = {3, 5, 8})
  void theIntervalHoldsTheTruthNineTimesInTenOnAMachineThatIsDisturbedNowAndThen(int blocks) {
    var random = new Random(4);
    assertThat(
            coverage(
                blocks, 0.02, x -> random.nextInt(10) == 0 ? x - 0.1 * random.nextDouble() : x))
        .isGreaterThan(0.9);
  }

  /** How often the interval of identical strategies holds zero; the noise is that of a cell. */
  private static double coverage(int blocks, double noise, DoubleUnaryOperator disturbed) {
    var random = new Random(blocks);
    int campaigns = 4_000;
    int holds = 0;
    for (int i = 0; i < campaigns; i++) {
      var differences = new double[blocks];
      for (int block = 0; block < blocks; block++) {
        differences[block] =
            Difference.between(
                disturbed.applyAsDouble(1 + noise * random.nextGaussian()),
                disturbed.applyAsDouble(1 + noise * random.nextGaussian()));
      }
      holds += Difference.mean(differences).interval().holds(0) ? 1 : 0;
    }
    return (double) holds / campaigns;
  }
}
