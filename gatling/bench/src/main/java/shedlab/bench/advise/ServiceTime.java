package shedlab.bench.advise;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shedlab.bench.log.AccessLog;
import shedlab.bench.log.Durations;
import shedlab.bench.log.SampleFile;
import shedlab.bench.log.Unqueued;
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

  /** What samples or a log say of it. */
  private record Known(double meanMicros, double variation, String origin) {}

  /**
   * From what was given, and else from samples or the calm part of a log.
   *
   * @throws SpecException if a value breaks its rule, or nothing says how long a request takes
   */
  static ServiceTime of(
      Given given, SampleFile.@Nullable Samples samples, @Nullable AccessLog log, int cores) {
    SpecException.check(
        given.law.isEmpty() || given.cv.isEmpty(), "cv", given.cv, "law or cv, not both");
    Optional<Known> known = samples == null ? ofLog(log, cores) : Optional.of(ofSamples(samples));
    if (given.task.isEmpty() && known.isEmpty()) {
      throw new SpecException(
          "task",
          "(not given)",
          "the mean CPU time of a request, such as 20ms"
              + (log == null ? ", or samples or a log" : ": the log has no durations of answers"));
    }
    String mean = given.task.isEmpty() ? micros(known.orElseThrow().meanMicros) : given.task;
    return new ServiceTime(TASK.read(mean), law(given, known), origin(given, known));
  }

  private static String micros(double mean) {
    return Math.max(1, Math.round(mean)) + "us";
  }

  private static Known ofSamples(SampleFile.Samples samples) {
    Durations all = samples.durations();
    return new Known(
        all.meanMicros(),
        all.variation(),
        String.format(
            Locale.ROOT,
            "Samples: %s Their mean is %s, the p99 %s.",
            samples.lines().sentence(),
            millis(all.meanMicros()),
            millis(all.percentile(99))));
  }

  private static Optional<Known> ofLog(@Nullable AccessLog log, int cores) {
    if (log == null || log.calm().durations().count() == 0) {
      return Optional.empty();
    }
    Unqueued own = Unqueued.of(log, cores);
    return Optional.of(
        new Known(
            own.meanMicros(),
            own.variation(),
            String.format(
                Locale.ROOT,
                "The log has durations, which include waiting: in the least busy %s of the seconds"
                    + " (%s requests/s) their mean is %s, in the busiest tenth the median is %s. %s",
                Numbers.wholePercent(log.calm().share()),
                Numbers.rate(log.calmRate()),
                millis(log.calm().durations().meanMicros()),
                millis(log.busy().percentile(50)),
                own.bounded()
                    ? String.format(
                        Locale.ROOT,
                        "Since up to %s requests/s were answered, a task is at most %s.",
                        Numbers.rate(log.peakPerSecond()),
                        millis(own.meanMicros()))
                    : String.format(
                        Locale.ROOT,
                        "Without the waiting that a queue of that load has, a task is %s.",
                        millis(own.meanMicros())))));
  }

  private static String law(Given given, Optional<Known> known) {
    if (!given.law.isEmpty()) {
      return ServiceLaw.parse(given.law, ANY_UNITS).toString();
    }
    if (!given.cv.isEmpty()) {
      return fitted(CV.read(given.cv));
    }
    return known.map(each -> fitted(each.variation)).orElse(UNKNOWN_LAW);
  }

  private static String fitted(double variation) {
    return variation < NO_SPREAD
        ? "deterministic"
        : "lognormal:cv=" + Numbers.plain(Math.min(100, Math.round(variation * 100) / 100.0));
  }

  private static String origin(Given given, Optional<Known> known) {
    List<String> sentences = new ArrayList<>();
    known.ifPresent(each -> sentences.add(each.origin));
    if (known.isPresent() && !given.task.isEmpty()) {
      sentences.add("The task that was given is taken instead.");
    }
    if (given.law.isEmpty() && given.cv.isEmpty()) {
      sentences.add(
          known.isPresent()
              ? "The spread is that of a lognormal with their standard deviation over their mean."
              : "How requests differ was not given: lognormal is assumed, with a standard deviation of"
                  + " one mean.");
    }
    return String.join(" ", sentences);
  }

  private static String millis(double micros) {
    return Numbers.millis(Math.round(micros)) + " ms";
  }
}
