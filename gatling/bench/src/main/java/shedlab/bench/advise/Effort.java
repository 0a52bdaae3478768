package shedlab.bench.advise;

import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import shedlab.bench.log.AccessLog;

/**
 * How much is simulated for an answer.
 *
 * @param leadIn seconds before the window
 * @param measure seconds of the window
 * @param seeds runs of the service as it is described
 * @param stressSeeds runs of the service with one thing changed
 */
record Effort(long leadIn, long measure, int seeds, int stressSeeds) {
  /** Requests that two cores simulate in some seconds. */
  static final double BUDGET = 4e6;

  private static final long LONGEST = 34;
  private static final long SHORTEST = 6;
  private static final long LONGEST_LEAD_IN = 4;
  private static final long GLANCE = 15;
  private static final int GLANCE_SEEDS = 4;

  private static Effort of(long seconds, int seeds, int stressSeeds) {
    long leadIn = Math.min(LONGEST_LEAD_IN, seconds / 3);
    return new Effort(leadIn, seconds - leadIn, seeds, stressSeeds);
  }

  /** A first look at the service as it is described, and where it may break. */
  static Effort glance(Question question, int strategies, double budget) {
    double runs = (GLANCE_SEEDS + 2) * question.load() + 2;
    long seconds = (long) (budget / 4 / strategies / question.capacityPerSecond() / runs);
    return of(Math.max(3, Math.min(GLANCE, seconds)), seconds < SHORTEST ? 1 : GLANCE_SEEDS, 1);
  }

  /** Long runs of many seeds if they are within the budget, else short ones of few. */
  static Effort of(Question question, int strategies, double budget) {
    Effort many = of(SHORTEST, 10, 5);
    double fixed = strategies * many.ofLog(question);
    double perSecond = strategies * many.perSecond(question);
    long seconds = (long) ((budget - fixed) / perSecond);
    return seconds >= SHORTEST
        ? of(Math.min(LONGEST, seconds), many.seeds, many.stressSeeds)
        : of(SHORTEST, 4, 3);
  }

  /** True if so many strategies can have the long runs. */
  static boolean affordable(Question question, int strategies, double budget) {
    return of(question, strategies, budget).seeds == of(SHORTEST, 10, 5).seeds;
  }

  /** Requests of a log that are simulated for each strategy: it has its own length. */
  private double ofLog(Question question) {
    @Nullable AccessLog log = question.log();
    return log == null ? 0 : (double) described() * log.part().trace().size();
  }

  /** Other requests for each strategy and second. */
  private double perSecond(Question question) {
    double loads = stressSeeds * DoubleStream.of(Trial.LOADS).sum();
    double own = question.log() == null ? described() * question.load() : 0;
    return question.capacityPerSecond() * (loads + own);
  }

  /** Runs whose load is that of the service as it is described. */
  private int described() {
    return seeds + Trial.AT_OWN_LOAD * stressSeeds;
  }
}
