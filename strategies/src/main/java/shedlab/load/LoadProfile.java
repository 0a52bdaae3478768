package shedlab.load;

import java.util.List;

/** How many requests per second are offered over time: constant rates, one after the other. */
public record LoadProfile(List<Segment> segments) {
  /**
   * A constant rate for a while.
   *
   * @param ratePerSecond mean arrivals per second; zero is a pause
   * @param seconds how long, above zero
   */
  public record Segment(double ratePerSecond, double seconds) {
    /** Throws {@link IllegalArgumentException} for a rate or a time that cannot be. */
    public Segment {
      if (!(ratePerSecond >= 0) || Double.isInfinite(ratePerSecond)) {
        throw wrong("ratePerSecond", ratePerSecond, "a number from 0");
      }
      if (!(seconds > 0) || Double.isInfinite(seconds)) {
        throw wrong("seconds", seconds, "a number above 0");
      }
    }

    private static IllegalArgumentException wrong(String key, double value, String rule) {
      return new IllegalArgumentException(key + ": " + value + " (expected: " + rule + ")");
    }
  }

  /** Expects at least one segment. */
  public LoadProfile {
    segments = List.copyOf(segments);
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("segments: [] (expected: at least one)");
    }
  }

  /** One rate throughout. */
  public static LoadProfile constant(double ratePerSecond, double seconds) {
    return new LoadProfile(List.of(new Segment(ratePerSecond, seconds)));
  }

  /** From zero to the end of the last segment. */
  public double seconds() {
    return segments.stream().mapToDouble(Segment::seconds).sum();
  }

  /** The mean number of arrivals. */
  public double expectedArrivals() {
    return segments.stream().mapToDouble(s -> s.ratePerSecond() * s.seconds()).sum();
  }
}
