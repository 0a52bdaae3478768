package shedlab.limit;

/** Noise that is the same in every run: xorshift (Marsaglia 2003), always from the same seed. */
final class Jitter {
  private long state = 0x9E3779B97F4A7C15L;

  /** Uniform in {@code [0, 1)}. */
  double next() {
    state ^= state << 13;
    state ^= state >>> 7;
    state ^= state << 17;
    return (state >>> 11) * 0x1p-53;
  }
}
