package shedlab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

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
  void sizesDoNotFollowTheGapsOfTheSameSeed() {
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
}
