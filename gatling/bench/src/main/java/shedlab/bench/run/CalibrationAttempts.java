package shedlab.bench.run;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import shedlab.admission.NanoClock;

/**
 * How often one calibration is attempted: until it is precise and the server had no idle moment, a
 * few times at most, and only while there is time. One that scatters is followed by one that counts
 * twice as long.
 */
final class CalibrationAttempts {
  /** Of a calibration that scatters. */
  private static final int MOST = 3;

  /** One attempt. */
  interface Attempt {
    /** Measures the capacity, and counts for so many times the usual. */
    Capacity counting(int times) throws IOException;
  }

  private final int mostIdle;
  private final Duration counted;
  private final NanoClock clock;
  private final Progress progress;

  /**
   * The attempts of a run.
   *
   * @param mostIdle how often one is attempted that is precise but in which the server was idle
   * @param counted how long an attempt usually counts
   * @param progress is told of every repeat and of what it will take
   */
  CalibrationAttempts(int mostIdle, Duration counted, NanoClock clock, Progress progress) {
    this.mostIdle = mostIdle;
    this.counted = counted;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * The first attempt that needs no further one, or the best of them.
   *
   * @param affords whether there is time for a repeat that takes about so long
   */
  Capacity best(Attempt attempt, Predicate<Duration> affords) throws IOException {
    int times = 1;
    long began = clock.nanos();
    Capacity best = attempt.counting(times);
    for (int i = 1; i < (best.precise() ? mostIdle : MOST) && !best.settled(); i++) {
      boolean scatters = !best.precise();
      String why = scatters ? "calibration scatters" : "calibration not saturated";
      int next = scatters ? 2 * times : times;
      Duration about =
          Duration.ofNanos(clock.nanos() - began).plus(counted.multipliedBy(next - times));
      if (!affords.test(about)) {
        progress.phase(why + ", and there is no time to repeat it");
        return best;
      }
      progress.phase(why + (scatters ? ", again for longer" : ", again"));
      progress.repeatsCalibration(about);
      times = next;
      began = clock.nanos();
      Capacity again = attempt.counting(times);
      best = again.isBetterThan(best) ? again : best;
    }
    return best;
  }
}
