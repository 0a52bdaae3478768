package shedlab.numbers;

/**
 * The random numbers of policies: xorshift (Marsaglia 2003) from one fixed seed, so that they are
 * the same in every run. Allocates nothing after it is made. Not thread-safe.
 */
public final class Xorshift {
  private long state = 0x9E3779B97F4A7C15L;

  /** Uniform in {@code [0, 1)}. */
  public double next() {
    state ^= state << 13;
    state ^= state >>> 7;
    state ^= state << 17;
    return (state >>> 11) * 0x1p-53;
  }

  /** True with this probability. */
  public boolean chance(double probability) {
    return next() < probability;
  }
}
