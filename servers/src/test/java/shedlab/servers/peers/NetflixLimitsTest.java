package shedlab.servers.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.GradientLimit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import shedlab.spec.Definition;

/** Our defaults are the library's: with its own builders untouched, the limits are the same. */
final class NetflixLimitsTest {
  /** Vegas and Gradient are compared until the earliest moment at which they may probe. */
  static Stream<Arguments> defaults() {
    return Stream.of(
        Arguments.of(NetflixLimits.AIMD, AIMDLimit.newBuilder().build(), 20_000),
        Arguments.of(NetflixLimits.VEGAS, VegasLimit.newDefault(), 60),
        Arguments.of(NetflixLimits.GRADIENT, GradientLimit.newDefault(), 999),
        Arguments.of(NetflixLimits.GRADIENT2, Gradient2Limit.newDefault(), 20_000));
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void equalTheLibrarysStepForStep(NetflixLimits.Algorithm ours, Limit theirs, int samples) {
    Definition<?> definition = ours.plain();
    Limit made = ours.make().apply(definition.parse(""));
    List<Integer> expected = feed(theirs, samples);

    assertThat(feed(made, samples)).isEqualTo(expected);
    assertThat(expected).as("it moves").anyMatch(limit -> !limit.equals(expected.get(0)));
  }

  private static List<Integer> feed(Limit limit, int samples) {
    Random random = new Random(7);
    List<Integer> limits = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < samples; i++) {
      now += 1_000_000;
      long rtt = (long) (5e6 * Math.exp(2 * random.nextGaussian()));
      limit.onSample(now, rtt, 1 + random.nextInt(limit.getLimit()), random.nextInt(50) == 0);
      limits.add(limit.getLimit());
    }
    return limits;
  }
}
