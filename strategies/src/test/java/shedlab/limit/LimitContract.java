package shedlab.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shedlab.admission.Contract;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.Sample;
import shedlab.admission.TestSample;

/**
 * What every {@link Limit} keeps to: extend it with a test of your own limit and JUnit runs it all.
 * Random samples of any magnitude, from fixed seeds: a failure names the seed.
 */
public abstract class LimitContract extends Contract {
  private static final int RUNS = 300;
  private static final int SAMPLES = 300;

  /** A fresh instance, always with the same settings. */
  protected abstract Limit fresh();

  /** The least limit that its settings allow. */
  protected abstract int least();

  /** The greatest limit that its settings allow. */
  protected abstract int greatest();

  /** An elapsed time that it certainly takes for overload, in nanoseconds. */
  protected long late() {
    return Long.MAX_VALUE / 4;
  }

  /** False if a drop may be the sample that ends a period whose other samples were good. */
  protected boolean shrinksPerSample() {
    return true;
  }

  /**
   * Up to here it may grow however late samples are: the queue that it allows at any time; or its
   * greatest limit, if it takes lateness that lasts for the new normal.
   */
  protected int allowance() {
    return least();
  }

  /** False if its source looks at times alone. */
  protected boolean heedsDrops() {
    return true;
  }

  @Test
  void startsWithinItsBounds() {
    assertThat(fresh().initial()).isBetween(least(), greatest()).isBetween(1, Limit.MAX);
  }

  @Test
  void staysWithinItsBoundsForAnySample() {
    for (int seed = 0; seed < RUNS; seed++) {
      assertThat(feed(fresh(), seed).limits())
          .as("seed %d", seed)
          .allSatisfy(limit -> assertThat(limit).isBetween(least(), greatest()));
    }
  }

  @Test
  void givesTheSameLimitsForTheSameSamples() {
    for (int seed = 0; seed < RUNS; seed++) {
      assertThat(feed(fresh(), seed)).as("seed %d", seed).isEqualTo(feed(fresh(), seed));
    }
  }

  @Test
  void neverGrowsOnADropIfItHeedsDrops() {
    if (heedsDrops()) {
      neverGrows(Outcome.DROPPED, 1, least());
    }
  }

  @Test
  void takesADropForASuccessIfItDoesNotHeedDrops() {
    if (!heedsDrops()) {
      for (int seed = 0; seed < RUNS; seed++) {
        Limit told = fresh();
        Limit untold = fresh();
        Random random = new Random(seed);
        int inForce = told.initial();
        for (int i = 0; i < SAMPLES; i++) {
          TestSample any = sample(random, inForce, i);
          int next = told.next(inForce, any);
          assertThat(untold.next(inForce, any.with(Outcome.SUCCESS))).isEqualTo(next);
          inForce = next;
        }
      }
    }
  }

  @Test
  void neverGrowsOnALateSampleAboveWhatItAlwaysAllows() {
    neverGrows(Outcome.SUCCESS, late(), allowance());
  }

  @Test
  void aLimitThatDoesNotLearnReturnsItsArgument() {
    Limit limit = fresh();
    if (!limit.learns()) {
      Random random = new Random(1);
      for (int i = 0; i < SAMPLES; i++) {
        int inForce = 1 + random.nextInt(Limit.MAX);
        assertThat(limit.next(inForce, sample(random, inForce, i))).isEqualTo(inForce);
      }
    }
  }

  private void neverGrows(Outcome outcome, long elapsedNanos, int allowance) {
    if (!shrinksPerSample()) {
      return; // what it does at the end of a period is for its own test
    }
    for (int seed = 0; seed < RUNS; seed++) {
      Limit limit = fresh();
      History before = feed(limit, seed);
      int inForce = before.limits().get(SAMPLES - 1);
      Random random = new Random(seed);
      long now = before.endNanos();
      for (int i = 0; i < SAMPLES; i++) {
        now += random.nextInt(1_000);
        Sample bad = new TestSample(now, 0, elapsedNanos, 1 + random.nextInt(inForce), outcome);
        int next = limit.next(inForce, bad);
        assertThat(next).as("seed %d", seed).isLessThanOrEqualTo(Math.max(inForce, allowance));
        inForce = next;
      }
    }
  }

  private record History(List<Integer> limits, long endNanos) {}

  private static History feed(Limit limit, long seed) {
    Random random = new Random(seed);
    List<Integer> limits = new ArrayList<>();
    int inForce = limit.initial();
    long now = random.nextLong();
    for (int i = 0; i < SAMPLES; i++) {
      now += random.nextInt(1_000_000);
      inForce = limit.next(inForce, sample(random, inForce, now));
      limits.add(inForce);
    }
    return new History(limits, now);
  }

  /** Any magnitude is as likely as any other, from one nanosecond to a century. */
  private static TestSample sample(Random random, int inForce, long now) {
    return new TestSample(
        now,
        random.nextLong() >>> (1 + random.nextInt(62)),
        random.nextLong() >>> (1 + random.nextInt(62)),
        1 + random.nextInt(random.nextBoolean() ? inForce : Limit.MAX),
        random.nextInt(8) == 0 ? Outcome.DROPPED : Outcome.SUCCESS);
  }
}
