package shedlab.bench.advise;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shedlab.bench.advise.log.AccessLog;
import shedlab.bench.advise.log.Durations;
import shedlab.bench.advise.log.SampleFile;
import shedlab.load.ServiceLaw;
import shedlab.report.text.Numbers;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;

/**
 * The CPU time of a request: its mean, and how requests differ around it.
 *
 * @param law a text of {@link ServiceLaw}
 * @param origin where both come from, in sentences
 */
record ServiceTime(Duration mean, String law, String origin) {
  private static final Parameter<Duration> TASK = Parameter.duration("task", "");
  private static final Parameter<Double> CV = Parameter.real("cv", "", 0, 100);
  private static final String UNKNOWN_LAW = "lognormal:cv=1";
  private static final double NO_SPREAD = 0.02;
  private static final int ANY_UNITS = 1_000_000;

  /** What was given of it; an empty text is not given. */
  record Given(String task, String law, String cv) {}

  /**
   * From what was given, and else from samples or the calm part of a log.
   *
   * @throws SpecException if a value breaks its rule, or nothing says how long a request takes
   */
  static ServiceTime of(
      Given given, SampleFile.@Nullable Samples samples, @Nullable AccessLog log) {
    SpecException.check(
        given.law.isEmpty() || given.cv.isEmpty(), "cv", given.cv, "law or cv, not both");
    @Nullable Durations known =
        samples != null ? samples.durations() : log == null ? null : log.calm().durations();
    if (known != null && known.count() == 0) {
      known = null;
    }
    if (given.task.isEmpty() && known == null) {
      throw new SpecException(
          "task",
          "(not given)",
          log == null
              ? "the mean CPU time of a request, such as 20ms, or samples or a log"
              : "the mean CPU time of a request, such as 20ms: the log has no durations");
    }
    Duration mean = given.task.isEmpty() ? micros(known) : TASK.read(given.task);
    return new ServiceTime(mean, law(given, known), origin(given, samples, log, known));
  }

  private static Duration micros(@Nullable Durations known) {
    return Duration.ofNanos(
        known == null ? 0 : Math.max(1, Math.round(known.meanMicros())) * 1_000);
  }

  private static String law(Given given, @Nullable Durations known) {
    if (!given.law.isEmpty()) {
      return ServiceLaw.parse(given.law, ANY_UNITS).toString();
    }
    if (!given.cv.isEmpty()) {
      return fitted(CV.read(given.cv));
    }
    return known == null ? UNKNOWN_LAW : fitted(known.variation());
  }

  private static String fitted(double variation) {
    return variation < NO_SPREAD
        ? "deterministic"
        : "lognormal:cv=" + Numbers.plain(Math.min(100, Math.round(variation * 100) / 100.0));
  }

  private static String origin(
      Given given,
      SampleFile.@Nullable Samples samples,
      @Nullable AccessLog log,
      @Nullable Durations known) {
    StringBuilder text = new StringBuilder();
    boolean fits = given.law.isEmpty() && given.cv.isEmpty();
    if (fits && known == null) {
      text.append(
          "How requests differ was not given: lognormal with a standard deviation of one mean is"
              + " assumed (--cv or --law says otherwise). ");
    }
    if (samples != null) {
      text.append("Samples: ").append(samples.lines().sentence()).append(' ');
    } else if (log != null && known != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "Durations in a log include waiting. The mean of the answers in the least busy %s of the"
                  + " seconds is %s (median %s); in the busiest tenth the median is %s. ",
              Numbers.wholePercent(log.calm().share()),
              millis(known.meanMicros()),
              millis(known.percentile(50)),
              millis(log.busy().percentile(50))));
      text.append(
          given.task.isEmpty()
              ? "That mean is taken for the CPU time; --task says otherwise. "
              : "--task is taken for the CPU time. ");
    }
    if (fits && known != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "The spread is a lognormal with the same standard deviation over mean (%s); the p99 of the"
                  + " recorded ones is %s.",
              Numbers.fixed(known.variation(), 2),
              millis(known.percentile(99))));
    }
    return text.toString().strip();
  }

  private static String millis(double micros) {
    return Numbers.millis(Math.round(micros)) + " ms";
  }
}
