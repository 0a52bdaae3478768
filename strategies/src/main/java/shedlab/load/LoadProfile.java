package shedlab.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import shedlab.spec.SpecException;

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
      SpecException.check(
          ratePerSecond >= 0 && Double.isFinite(ratePerSecond),
          "ratePerSecond",
          ratePerSecond,
          "a number from 0");
      SpecException.check(
          seconds > 0 && Double.isFinite(seconds), "seconds", seconds, "a number above 0");
    }
  }

  /** Expects at least one segment. */
  public LoadProfile {
    segments = List.copyOf(segments);
    SpecException.check(!segments.isEmpty(), "segments", segments, "at least one");
  }

  /** One rate throughout. */
  public static LoadProfile constant(double ratePerSecond, double seconds) {
    return new LoadProfile(List.of(new Segment(ratePerSecond, seconds)));
  }

  /** The same and then another rate: a step. */
  public LoadProfile then(double ratePerSecond, double seconds) {
    return then(constant(ratePerSecond, seconds));
  }

  /** The same and then the other. */
  public LoadProfile then(LoadProfile next) {
    List<Segment> both = new ArrayList<>(segments);
    both.addAll(next.segments);
    return new LoadProfile(both);
  }

  /**
   * From one rate to another in {@code steps} equal steps, each at the rate of its middle: as many
   * arrivals as on the straight line.
   */
  public static LoadProfile ramp(double from, double to, double seconds, int steps) {
    List<Segment> stairs = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      stairs.add(new Segment(from + (to - from) * (i + 0.5) / steps, seconds / steps));
    }
    return new LoadProfile(stairs);
  }

  /** The same so many times, one after the other: bursts, or waves. */
  public LoadProfile times(int count) {
    return new LoadProfile(
        Collections.nCopies(count, segments).stream().flatMap(List::stream).toList());
  }

  /** All rates multiplied: a profile in multiples of the capacity becomes one in requests. */
  public LoadProfile scaledBy(double factor) {
    return new LoadProfile(
        segments.stream().map(s -> new Segment(s.ratePerSecond() * factor, s.seconds())).toList());
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
