package shedlab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServiceLawTest {
  @Test
  void deterministicTasksAreAllTheSame() {
    assertThat(ServiceLaw.deterministic(250).units(3, 9)).containsExactly(250, 250, 250);
  }

  @Test
  void exponentialTasksHaveTheirMeanAndItsStandardDeviation() {
    int[] units = ServiceLaw.exponential(1_000).units(100_000, 5);
    double mean = Arrays.stream(units).average().orElseThrow();
    double deviation =
        Math.sqrt(
            Arrays.stream(units).mapToDouble(u -> (u - mean) * (u - mean)).average().orElse(0));

    assertThat(mean).isCloseTo(1_000, within(15.0));
    assertThat(deviation).isCloseTo(1_000, within(25.0));
    assertThat(Arrays.stream(units).min().orElseThrow()).isPositive();
  }

  @Test
  void theSameSeedGivesTheSameSizesAndALongerListBeginsWithTheShorter() {
    ServiceLaw law = ServiceLaw.exponential(100);

    assertThat(Arrays.copyOf(law.units(50, 4), 20)).isEqualTo(law.units(20, 4));
    assertThat(law.units(20, 4)).isNotEqualTo(law.units(20, 5));
  }

  @Test
  void sizesAreIndependentOfTheGapsOfTheSameSeed() {
    int n = 20_000;
    long[] starts = ArrivalSchedule.poisson(LoadProfile.constant(1_000, 30), 8).toArray();
    int[] units = ServiceLaw.exponential(1_000_000).units(n, 8);
    double product = 0;
    for (int i = 1; i < n; i++) {
      product += ((starts[i] - starts[i - 1]) / 1e6 - 1) * (units[i] / 1e6 - 1);
    }

    assertThat(product / n).isCloseTo(0, within(0.03));
  }

  @Test
  void aMeanBelowOneUnitIsRefused() {
    assertThatThrownBy(() -> ServiceLaw.exponential(0))
        .hasMessage("units: 0 (expected: a whole number from 1 to 10000000)");
  }

  /** Of mean 1, the variance is what the law's parameters say. */
  @ParameterizedTest
  @CsvSource({
    "deterministic, 0",
    "exponential, 1",
    "'bimodal:large=0.1,ratio=11', 2.25",
    "'pareto:alpha=1.5,ratio=100', 2.7037",
    "'pareto:alpha=1,ratio=10', 0.5278",
    "lognormal:cv=1, 1",
    "lognormal:cv=0.3, 0.09"
  })
  void everyLawHasItsMeanAndItsVariance(String text, double variance) {
    int[] units = ServiceLaw.parse(text, 10_000).units(200_000, 12);
    double mean = Arrays.stream(units).average().orElseThrow() / 1e4;
    double spread =
        Arrays.stream(units).mapToDouble(u -> (u / 1e4 - 1) * (u / 1e4 - 1)).average().orElse(0);

    assertThat(mean).isCloseTo(1, within(0.015));
    assertThat(spread).isCloseTo(variance, within(0.06 * variance + 1e-12));
  }

  @Test
  void aBimodalLawHasTwoSizesAndAParetoLawHasBounds() {
    assertThat(ServiceLaw.parse("bimodal:large=0.1,ratio=11", 10_000).units(1_000, 2))
        .containsOnly(5_000, 55_000);
    int[] pareto = ServiceLaw.parse("pareto:alpha=1.5,ratio=100", 10_000).units(100_000, 2);
    int least = Arrays.stream(pareto).min().orElseThrow();
    int most = Arrays.stream(pareto).max().orElseThrow();
    assertThat((double) most / least).isBetween(80.0, 100.1);
  }

  @Test
  void aLawsTextReadsBack() {
    ServiceLaw law = ServiceLaw.parse("pareto:alpha=1.2", 100);

    assertThat(law).hasToString("pareto:alpha=1.2,ratio=1000.0");
    assertThat(ServiceLaw.parse(law.toString(), 100)).hasToString(law.toString());
    assertThatThrownBy(() -> ServiceLaw.parse("normal", 100))
        .hasMessage(
            "service-law: normal (expected: one of"
                + " [deterministic, exponential, bimodal, pareto, lognormal])");
  }
}
