package shedlab.load;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * Random numbers that are the same on every JDK: {@link StrictMath}, and a generator that is the
 * same everywhere. One seed has several independent streams.
 */
final class Draws {
  private Draws() {}

  /** The stream of gaps between arrivals. */
  static SplittableRandom gaps(long seed) {
    return new SplittableRandom(seed);
  }

  /** The stream of sizes. */
  static SplittableRandom sizes(long seed) {
    return new SplittableRandom(seed).split();
  }

  /** The stream of changes of the rate. */
  static SplittableRandom changes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    random.split();
    return random.split();
  }

  /** Uniform, above 0 and below 1. */
  static double uniform(SplittableRandom random) {
    return ((random.nextLong() >>> 11) + 0.5) * 0x1.0p-53;
  }

  /** Exponential of mean 1; always above zero and finite. */
  static DoubleSupplier unitExponential(SplittableRandom random) {
    return () -> -StrictMath.log(uniform(random));
  }

  /** Normal of mean 0 and variance 1 (Box and Muller 1958). */
  static double normal(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(random)));
    return radius * StrictMath.cos(2 * Math.PI * uniform(random));
  }
}
