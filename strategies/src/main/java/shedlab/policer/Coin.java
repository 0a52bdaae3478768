package shedlab.policer;

/** Xorshift from a fixed seed: chance that can be repeated, without allocation. */
final class Coin {
  private long state = 0x9E3779B97F4A7C15L;

  /** True with this probability. */
  boolean falls(double probability) {
    return next() < probability;
  }

  /** In [0, 1). */
  double next() {
    state ^= state << 13;
    state ^= state >>> 7;
    state ^= state << 17;
    return (state >>> 11) * 0x1p-53;
  }
}
