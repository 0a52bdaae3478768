package shedlab.bench.advise;

import java.nio.file.Path;
import java.util.Locale;
import shedlab.bench.log.AccessLog;
import shedlab.bench.log.AccessLog.Outcomes;
import shedlab.bench.setting.Schema;
import shedlab.report.statistics.Difference;
import shedlab.report.text.Numbers;

/** The section of the advice that only a log has: what was, and what would have been. */
final class LogText {
  private static final double LOADED = 0.7;

  private final Advice advice;
  private final Question question;
  private final AccessLog log;
  private final StringBuilder text = new StringBuilder();

  private LogText(Advice advice, AccessLog log) {
    this.advice = advice;
    this.question = advice.question();
    this.log = log;
  }

  /** The section. */
  static String of(Advice advice, AccessLog log) {
    LogText text = new LogText(advice, log);
    text.read();
    text.doubts();
    text.forecast();
    return text.text.toString();
  }

  private void say(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void read() {
    AccessLog.Part part = log.part();
    say("%n## 4. Your log%n");
    say("`%s`, %s. %s", log.file(), log.format(), log.lines().sentence());
    say(
        "%s: %d requests in %s s, %s/s.%s",
        part.whole() ? "All of it is simulated" : "Only its busiest part is simulated",
        part.trace().size(),
        Numbers.fixed(part.seconds(), 1),
        Numbers.rate(part.ratePerSecond()),
        part.placed()
            ? " Its times are whole seconds: each request was placed at random within its own."
            : "");
  }

  /** What contradicts the service as it is described. */
  private void doubts() {
    double task = question.time().mean().toNanos() / 1e9;
    double needed = log.part().outcomes().answered() / log.part().seconds() * task;
    if (needed > question.cores()) {
      say(
          "The answers in the log needed %s cores with tasks this long, and there are %d: the task is"
              + " overestimated, by waiting that is not CPU time. It is at most %s ms on average; give"
              + " that or less with --task.",
          Numbers.fixed(needed, 1),
          question.cores(),
          Numbers.fixed(1e3 * task * question.cores() / needed, 2));
    } else if (log.calmRate() * task / question.cores() > LOADED) {
      say(
          "Even its calm part loads the cores to %s: its durations include waiting, so the task is"
              + " overestimated. --task corrects that.",
          Numbers.wholePercent(log.calmRate() * task / question.cores()));
    }
  }

  private void forecast() {
    Outcomes was = log.part().outcomes();
    Forecast advised = Forecast.of(advice.described(), advice.recommended().strategy());
    Forecast none = Forecast.of(advice.described(), "none");
    say(
        "%n| share of the requests | in the log | forecast with the advice | forecast without shedding |");
    say("|---|---:|---:|---:|");
    boolean timed = was.untimed() == 0;
    String unknown = "no durations";
    row(
        "answered in time",
        timed ? share(was.inTime(), was) : unknown,
        advised.inTime(),
        none.inTime());
    row("answered late", timed ? share(was.late(), was) : unknown, advised.late(), none.late());
    row("refused (429, 503)", share(was.refused(), was), advised.refused(), none.refused());
    row(
        "no answer before the client left, other",
        share(was.others(), was),
        advised.gaveUp(),
        none.gaveUp());
    say(
        "%nThe forecast has the arrivals of the log and sizes that are drawn; the intervals are over %d"
            + " draws. If the service refuses nothing today, the last column should resemble the log: if it"
            + " does not, the task or the cores are not what they are said to be.",
        advice.described().situation().seeds());
  }

  private void row(String what, String was, Difference advised, Difference none) {
    say("| %s | %s | %s | %s |", what, was, percent(advised), percent(none));
  }

  private static String share(long count, Outcomes of) {
    return Numbers.percent((double) count / Math.max(1, of.all()));
  }

  private static String percent(Difference share) {
    return String.format(
        Locale.ROOT, "%.1f ± %.1f %%", 100 * share.mean(), 100 * share.halfWidth());
  }

  /** The command that plays the log's arrivals to a real server with the advised strategy. */
  static String replay(Advice advice, AccessLog log, Path trace) {
    Question question = advice.question();
    long seconds = (long) log.part().seconds() - 1;
    return String.format(
        Locale.ROOT,
        """

        The arrivals are in %s. The same on a real server, at the same multiple of its capacity%s:

            make bench E=overload SERVERS=netty STRATEGIES='%s' LOAD=%s SET="arrivals=trace:file=%s task=%s service-law=%s deadline=%s timeout=%s lead-in=1s measure=%ds workers-per-cpu=%s repeats=3"
        """,
        trace,
        question.cores() == 1 ? "" : " (the settings are for " + question.cores() + " cores)",
        advice.recommended().strategy(),
        Numbers.fixed(question.load(), 3),
        trace,
        Question.text(question.time().mean()),
        question.time().law(),
        Question.text(question.deadline()),
        question.settings().text(Schema.TIMEOUT),
        seconds,
        question.settings().text(Schema.WORKERS_PER_CPU));
  }
}
