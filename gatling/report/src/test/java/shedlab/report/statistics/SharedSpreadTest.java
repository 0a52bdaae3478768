package shedlab.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shedlab.report.statistics.SharedSpread.Sample;

/** Samples of three differences, as of a run of three blocks; the truth is zero in each. */
class SharedSpreadTest {
  private static final int CAMPAIGNS = 2_000;
  private static final int BLOCKS = 3;
  private static final int SERVERS = 3;
  private static final int STRATEGIES = 3;
  private static final double[] LOADS = {0.9, 1.2, 2};
  private static final double LEAST = 0.005;

  /** How noisy a strategy is at a load, as a standard deviation. */
  private interface Noise {
    double of(double load, int strategy, Random random);
  }

  /** How often the intervals hold zero, and how wide they are beside those of Student's t. */
  private record Found(double holds, double wildestHolds, double width) {}

  /** Every strategy of a server and load is compared with the same reference. */
  private static Found campaigns(Noise noise) {
    Random random = new Random(11);
    int holds = 0;
    int wildestHolds = 0;
    double width = 0;
    double widthOfT = 0;
    for (int i = 0; i < CAMPAIGNS; i++) {
      List<Sample> samples = samples(noise, random);
      int degrees = SERVERS * LOADS.length * (BLOCKS - 1);
      SharedSpread shared = SharedSpread.of(samples, LEAST, degrees);
      for (int s = 0; s < samples.size(); s++) {
        Difference mean = shared.mean(samples.get(s));
        boolean in = mean.interval().holds(0);
        holds += in ? 1 : 0;
        wildestHolds += in && s % STRATEGIES == 0 ? 1 : 0;
        width += mean.halfWidth();
        widthOfT += samples.get(s).alone().halfWidth();
      }
    }
    double all = (double) CAMPAIGNS * SERVERS * LOADS.length * STRATEGIES;
    return new Found(holds / all, wildestHolds * STRATEGIES / all, width / widthOfT);
  }

  private static List<Sample> samples(Noise noise, Random random) {
    List<Sample> samples = new ArrayList<>();
    for (int server = 0; server < SERVERS; server++) {
      for (double load : LOADS) {
        double[] reference = random.doubles(BLOCKS).toArray();
        double usual = noise.of(load, STRATEGIES, random);
        for (int block = 0; block < BLOCKS; block++) {
          reference[block] = usual * random.nextGaussian();
        }
        for (int strategy = 0; strategy < STRATEGIES; strategy++) {
          double own = noise.of(load, strategy, random);
          double[] differences = new double[BLOCKS];
          for (int block = 0; block < BLOCKS; block++) {
            differences[block] = own * random.nextGaussian() - reference[block];
          }
          samples.add(new Sample(load, strategy, differences));
        }
      }
    }
    return samples;
  }

  @Test
  void samplesThatAreAlikeHalveEachOthersIntervals() {
    Found found = campaigns((load, strategy, random) -> 0.02);

    assertThat(found.holds()).isBetween(0.94, 0.97);
    assertThat(found.width()).isLessThan(0.62);
  }

  @Test
  void aLoadMayBeNoisierThanAnother() {
    Found found = campaigns((load, strategy, random) -> load < 1 ? 0.006 : 0.03);

    assertThat(found.holds()).isBetween(0.94, 0.97);
    assertThat(found.width()).isLessThan(0.62);
  }

  @Test
  void spreadsThatReallyDifferKeepTheirIntervals() {
    Found found =
        campaigns((load, strategy, random) -> 0.02 * Math.exp(0.6 * random.nextGaussian()));

    assertThat(found.holds()).isBetween(0.93, 0.97);
  }

  @Test
  void theIntervalOfAStrategyThatIsFiveTimesAsWildHoldsNineTimesInTen() {
    Found found = campaigns((load, strategy, random) -> strategy == 0 ? 0.1 : 0.02);

    assertThat(found.wildestHolds()).isGreaterThan(0.9);
    assertThat(found.holds()).isGreaterThan(0.92);
  }

  /** One cell in ten loses up to a tenth: a neighbour took the CPU. */
  @Test
  void aMachineThatIsDisturbedNowAndThenLeavesNineIntervalsInTenRight() {
    Found found =
        campaigns(
            (load, strategy, random) ->
                0.02 + (random.nextInt(10) == 0 ? 0.1 * random.nextDouble() : 0));

    assertThat(found.holds()).isGreaterThan(0.9);
  }

  @Test
  void aFewSamplesAreOnTheirOwn() {
    List<Sample> samples =
        List.of(
            new Sample(2.0, 1, new double[] {0.01, 0.02, 0.03}),
            new Sample(2.0, 1, new double[] {0.02, 0.02, 0.05}),
            new Sample(2.0, 1, new double[] {0.01, -0.02, 0.01}));
    SharedSpread shared = SharedSpread.of(samples, LEAST, 6);

    for (Sample sample : samples) {
      assertThat(shared.mean(sample)).isEqualTo(sample.alone());
    }
  }

  @Test
  void blocksThatAgreeLeaveNoDoubtWhateverTheOthersDo() {
    List<Sample> samples = samples((load, strategy, random) -> 0.02, new Random(3));
    SharedSpread shared = SharedSpread.of(samples, LEAST, 18);

    assertThat(shared.mean(new Sample(2.0, 1, new double[] {-1, -1, -1})))
        .isEqualTo(new Difference(3, -1, 0, 0));
    assertThat(shared.mean(new Sample(2.0, 1, new double[] {0.5})).halfWidth()).isInfinite();
  }

  @Test
  void aLoadThatNobodyElseHasKnowsItsOwnSpreadOnly() {
    List<Sample> samples = samples((load, strategy, random) -> 0.02, new Random(3));
    Sample other = new Sample(10.0, 1, new double[] {0.1, 0.12, 0.2});

    assertThat(SharedSpread.of(samples, LEAST, 18).mean(other)).isEqualTo(other.alone());
  }
}
