package shedlab.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shedlab.admission.Limit;
import shedlab.admission.Outcome;
import shedlab.admission.Sample;
import shedlab.admission.TestSample;

/**
 * What every {@link Limit} keeps to: extend it with a test of your own limit and JUnit runs it all.
 * Random samples of any magnitude, from fixed seeds: a failure names the seed.
 */
public abstract class LimitContract {
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

  @Test
  void startsWithinItsBounds() {
    assertThat(fresh().initial()).isBetween(least(), greatest()).isBetween(1, Limit.MAX);
  }

  @Test
  void staysWithinItsBoundsForAnySample() {
    for (int seed = 0; seed < RUNS; seed++) {
      assertThat(feed(fresh(), seed))
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
  void neverGrowsOnADrop() {
    neverGrows(Outcome.DROPPED, 1);
  }

  @Test
  void neverGrowsOnALateSample() {
    neverGrows(Outcome.SUCCESS, late());
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

  private void neverGrows(Outcome outcome, long elapsedNanos) {
    if (!shrinksPerSample()) {
      return; // what it does at the end of a period is for its own test
    }
    for (int seed = 0; seed < RUNS; seed++) {
      Limit limit = fresh();
      List<Integer> before = feed(limit, seed);
      int inForce = before.get(before.size() - 1);
      Random random = new Random(seed);
      long now = 0;
      for (int i = 0; i < SAMPLES; i++) {
        now += random.nextInt(1_000);
        Sample bad = new TestSample(now, 0, elapsedNanos, 1 + random.nextInt(inForce), outcome);
        int next = limit.next(inForce, bad);
        assertThat(next).as("seed %d", seed).isLessThanOrEqualTo(inForce);
        inForce = next;
      }
    }
  }

  private static List<Integer> feed(Limit limit, long seed) {
    Random random = new Random(seed);
    List<Integer> limits = new ArrayList<>();
    int inForce = limit.initial();
    long now = random.nextLong();
    for (int i = 0; i < SAMPLES; i++) {
      now += random.nextInt(1_000_000);
      inForce = limit.next(inForce, sample(random, inForce, now));
      limits.add(inForce);
    }
    return limits;
  }

  /** Any magnitude is as likely as any other, from one nanosecond to a century. */
  private static Sample sample(Random random, int inForce, long now) {
    return new TestSample(
        now,
        random.nextLong() >>> (1 + random.nextInt(62)),
        random.nextLong() >>> (1 + random.nextInt(62)),
        1 + random.nextInt(random.nextBoolean() ? inForce : Limit.MAX),
        random.nextInt(8) == 0 ? Outcome.DROPPED : Outcome.SUCCESS);
  }
}
