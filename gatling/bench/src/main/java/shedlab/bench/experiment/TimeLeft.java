package shedlab.bench.experiment;

import java.time.Duration;
import java.util.function.IntFunction;

/**
 * How long a run still takes: what its plan says, scaled by how long the finished cells really
 * took, and what it is known to do beyond the plan. Never less than what comes after the current
 * cell, so never nothing while work is left. Not thread-safe.
 */
public final class TimeLeft {
  private static final Duration LEAST = Duration.ofSeconds(1);

  private final IntFunction<Duration> planned;
  private final int before;
  private int done;
  private double scale = 1;
  private Duration finishedAt = Duration.ZERO;
  private Duration unplanned = Duration.ZERO;
  private Duration running = Duration.ZERO;

  /**
   * A run that goes on.
   *
   * @param planned how long the plan takes once so many cells are done
   * @param before cells that are done already
   */
  public TimeLeft(IntFunction<Duration> planned, int before) {
    this.planned = planned;
    this.before = before;
    this.done = before;
  }

  /**
   * Something begins that the plan does not have, and takes about so long. That it happened once
   * says nothing of the cells that are left, so it is no part of the scale.
   */
  public void unplanned(Duration about) {
    unplanned = unplanned.plus(about);
    running = running.plus(about);
  }

  /** One more cell or final calibration is done, so long after this part of the run began. */
  public void finished(Duration elapsed) {
    done++;
    finishedAt = elapsed;
    running = Duration.ZERO;
    long plannedUpToNow = planned.apply(before).minus(planned.apply(done)).toMillis();
    if (plannedUpToNow > 0) {
      scale = (double) Math.max(1, elapsed.minus(unplanned).toMillis()) / plannedUpToNow;
    }
  }

  /** The time left, so long after this part of the run began. */
  public Duration at(Duration elapsed) {
    Duration left = scaled(done).plus(running).minus(elapsed.minus(finishedAt));
    return longer(longer(left, scaled(done + 1)), LEAST);
  }

  private Duration scaled(int cells) {
    return Duration.ofMillis((long) (planned.apply(cells).toMillis() * scale));
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
