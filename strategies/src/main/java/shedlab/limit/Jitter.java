package shedlab.limit;

/** Noise that is the same in every run: xorshift64* (Marsaglia 2003; Vigna 2016), one seed. */
final class Jitter {
  private long state = 0x9E3779B97F4A7C15L;

  /** Uniform in {@code [0, 1)}. */
  double next() {
    state ^= state >>> 12;
    state ^= state << 25;
    state ^= state >>> 27;
    return (double) ((state * 0x2545F4914F6CDD1DL) >>> 11) * 0x1.0p-53;
  }
}
