package shedlab.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.Sample;
import shedlab.admission.TestSample;

/** Gives the same requests to our limit and to the original; both must be equal after each. */
final class StepForStep {
  /** The original of a limit. */
  interface Twin {
    /** The limit after one more request. */
    int next(Sample sample);
  }

  private static final int STEPS = 2_000;

  private StepForStep() {}

  /**
   * Times around a service time that sometimes changes, with queueing in proportion to the requests
   * in flight, noise, drops and idle periods.
   */
  static void same(Limit ours, Twin theirs, long seed) {
    Random random = new Random(seed);
    int badPercent = random.nextInt(30);
    int cores = 1 + random.nextInt(50);
    long service = 1_000_000;
    long now = 1;
    int inForce = ours.initial();
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(500) == 0) {
        service = 100_000L + random.nextInt(10_000_000);
      }
      int inflight = 1 + random.nextInt(random.nextInt(4) == 0 ? inForce : inForce + 5);
      if (random.nextInt(3) > 0) {
        inflight = Math.max(inflight, inForce);
      }
      double noise = 0.9 + 0.4 * random.nextDouble();
      long elapsed = (long) (service * noise * Math.max(1, (double) inflight / cores));
      boolean dropped = random.nextInt(100) < badPercent;
      now += random.nextInt(20_000_000);
      TestSample sample =
          new TestSample(now, 0, elapsed, inflight, dropped ? Outcome.DROPPED : Outcome.SUCCESS);

      inForce = ours.next(inForce, sample);

      assertThat(inForce).as("seed %d, step %d", seed, step).isEqualTo(theirs.next(sample));
    }
  }
}
