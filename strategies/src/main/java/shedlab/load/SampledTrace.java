package shedlab.load;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import shedlab.spec.SpecException;

/**
 * Requests of a recording whose time passes at a speed of its own: each comes as often as the
 * profile's rate asks for, by chance. Not thread-safe.
 */
final class SampledTrace implements Arrivals {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MICROS_PER_SECOND = 1e6;

  /** More than any load has; a recording may begin with a long burst that is played often. */
  private static final long MOST_ARRIVALS = 10_000_000;

  private final Trace trace;
  private final double speed;
  private final List<LoadProfile.Segment> segments;
  private final double endSeconds;
  private final SplittableRandom random;

  /** Seconds between two requests at this speed, in the mean. */
  private final double meanGap;

  private int segment;
  private double segmentEnd;

  /** The request that is played, and how often the recording has begun anew before it. */
  private int index = -1;

  private long round;

  /** When it is played: once for each of these, ascending. */
  private double[] starts = new double[0];

  private int next;
  private long arrivals;

  SampledTrace(Trace trace, double speed, LoadProfile profile, long seed) {
    this.trace = trace;
    this.speed = speed;
    this.segments = profile.segments();
    this.segmentEnd = segments.get(0).seconds();
    this.endSeconds = profile.seconds();
    this.random = Draws.gaps(seed);
    this.meanGap = 1 / (trace.ratePerSecond() * speed);
  }

  @Override
  public long nextNanos() {
    while (next == starts.length) {
      if (!turnToNext()) {
        return END;
      }
    }
    return (long) (starts[next++] * NANOS_PER_SECOND);
  }

  @Override
  public double work() {
    return trace.work(index);
  }

  /** Draws the starts of the next request; false if it is beyond the end of the profile. */
  private boolean turnToNext() {
    int following = trace.after(index);
    long itsRound = following > index ? round : round + 1;
    double at = seconds(following, itsRound);
    if (at >= endSeconds) {
      return false;
    }
    index = following;
    round = itsRound;
    int times = (int) Math.min(MOST_ARRIVALS, rateAt(at) * meanGap + Draws.uniform(random));
    arrivals += times;
    SpecException.check(
        arrivals < MOST_ARRIVALS, "speed", speed, "less than " + MOST_ARRIVALS + " requests");
    int then = trace.after(index);
    double until = seconds(then, then > index ? round : round + 1);
    starts = new double[times];
    for (int i = 0; i < times; i++) {
      starts[i] = i == 0 ? at : at + Draws.uniform(random) * (until - at);
    }
    Arrays.sort(starts);
    next = 0;
    while (times > 0 && starts[times - 1] >= endSeconds) {
      times--;
    }
    starts = Arrays.copyOf(starts, times);
    return true;
  }

  /** When a request is played; the first is half a gap after zero. */
  private double seconds(int ofIndex, long inRound) {
    long micros = inRound * trace.periodMicros() + trace.sinceFirstMicros(ofIndex);
    return trace.firstGap() * meanGap + micros / MICROS_PER_SECOND / speed;
  }

  /** The rate of the profile; times do not descend. */
  private double rateAt(double seconds) {
    while (seconds >= segmentEnd && segment + 1 < segments.size()) {
      segment++;
      segmentEnd += segments.get(segment).seconds();
    }
    return segments.get(segment).ratePerSecond();
  }
}
