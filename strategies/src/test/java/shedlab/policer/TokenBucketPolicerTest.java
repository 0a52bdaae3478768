package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.admission.Policer;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.simulation.Simulation;
import shedlab.simulation.model.ServerModel;
import shedlab.strategy.Strategies;
import shedlab.strategy.Strategy;

class TokenBucketPolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  @Override
  protected Policer fresh() {
    return new TokenBucketPolicer(1_000, 10);
  }

  @Test
  void letsABurstInAndThenTheRate() {
    Policer bucket = new TokenBucketPolicer(100, 3);
    View view = new View();
    int admitted = 0;
    for (int i = 0; i < 5; i++) {
      admitted += bucket.admits(arrival(0), view, 0) ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(3);
    assertThat(bucket.admits(arrival(0), view, 10 * MS - 1)).isFalse();
    assertThat(bucket.admits(arrival(0), view, 10 * MS)).isTrue();
    assertThat(bucket.admits(arrival(0), view, 10 * MS)).isFalse();
  }

  @Test
  void aBurstIsAsManyAsItSaysWhateverTheRate() {
    View view = new View();
    for (double rate : new double[] {1.0 / 3, 7 / 3_600.0, 180, 333, 1e9 / 7}) {
      for (int burst : new int[] {1, 3, 7, 49, 1_000, 100_000}) {
        Policer bucket = new TokenBucketPolicer(rate, burst);
        int admitted = 0;
        for (int i = 0; i <= burst; i++) {
          admitted += bucket.admits(arrival(0), view, 0) ? 1 : 0;
        }
        assertThat(admitted).as("%s/s", rate).isEqualTo(burst);
      }
    }
  }

  /** Never more than the rate allows over any stretch, and all of it under lasting load. */
  @Test
  void keepsToTheRateExactly() {
    Random random = new Random(1);
    Policer bucket = new TokenBucketPolicer(200, 5);
    View view = new View();
    List<Long> admitted = new ArrayList<>();
    long now = 0;
    while (now < 20 * SECOND) {
      now += random.nextInt((int) (2 * MS));
      if (bucket.admits(arrival(now), view, now)) {
        admitted.add(now);
      }
    }
    assertThat(admitted.size()).isBetween(200 * 20 - 10, 200 * 20 + 5);
    for (int i = 0; i + 50 < admitted.size(); i += 7) {
      long stretch = admitted.get(i + 50) - admitted.get(i);
      assertThat(51).isLessThanOrEqualTo((int) (5 + 200 * stretch / SECOND) + 1);
    }
  }

  /**
   * The figures that its documentation gives: arrivals at 0.9 of the rate, which it could admit.
   */
  @ParameterizedTest
  @CsvSource({
    "'rate=180/s,burst=1', 0.47",
    "'rate=180/s,burst=2', 0.24",
    "'rate=180/s,burst=5', 0.067",
    "'rate=180/s,burst=10', 0.017",
    "rate=180/s, 0.002",
    "'rate=20/s,burst=1', 0.47"
  })
  void shedsPoissonArrivalsBelowItsRateAccordingToItsBurst(String arguments, double share) {
    Strategy bucket = Strategies.builtIn().parse("bucket:" + arguments + "+none");
    double rate = arguments.startsWith("rate=180") ? 180 : 20;
    double shed =
        Simulation.of(bucket, ServerModel.of(1_000), ServiceLaw.deterministic(100))
            .load(LoadProfile.constant(0.9 * rate, 100_000 / rate))
            .run()
            .requests()
            .shedShare();

    assertThat(shed).isCloseTo(share, within(0.03 * share + 0.0005));
  }
}
