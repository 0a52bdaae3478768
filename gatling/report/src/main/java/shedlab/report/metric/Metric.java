package shedlab.report.metric;

import static shedlab.report.metric.Better.LESS;
import static shedlab.report.metric.Better.MORE;
import static shedlab.report.metric.Better.NEITHER;
import static shedlab.report.metric.Entry.admitted;
import static shedlab.report.metric.Entry.bad;
import static shedlab.report.metric.Entry.cost;
import static shedlab.report.metric.Entry.count;
import static shedlab.report.metric.Entry.cpu;
import static shedlab.report.metric.Entry.entry;
import static shedlab.report.metric.Entry.mean;
import static shedlab.report.metric.Entry.measured;
import static shedlab.report.metric.Entry.outcome;
import static shedlab.report.metric.Entry.quotable;
import static shedlab.report.metric.Entry.rate;
import static shedlab.report.metric.Entry.settling;
import static shedlab.report.metric.Entry.share;
import static shedlab.report.metric.Entry.shed;
import static shedlab.report.metric.Fold.median;
import static shedlab.report.metric.Shown.column;
import static shedlab.report.metric.Unit.MICROS;
import static shedlab.report.metric.View.COSTS;
import static shedlab.report.metric.View.FULL;
import static shedlab.report.metric.View.INSIDE;
import static shedlab.report.metric.View.OUTCOMES;
import static shedlab.report.metric.View.PERCENTILES;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import shedlab.report.account.CpuUse;
import shedlab.report.result.CellResult;
import shedlab.report.result.Dynamics;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;

/**
 * Every figure that the report has for a condition, in the order of {@code summary.csv}. An entry
 * has everything about a figure: columns of files and tables, the page's data, the data dictionary
 * and the comparisons are made from this list.
 */
public enum Metric {
  CAPACITY(
      rate("capacity_per_s", NEITHER, median(CellResult::capacityPerSecond))
          .means("capacity of the server: what 1x means")),
  OFFERED(
      rate("offered_per_s", NEITHER, median(c -> c.clientSide().offeredPerSecond()))
          .means("intended requests")
          .shown(column(FULL, "offered/s"))),
  GOODPUT(
      rate("goodput_per_s", MORE, median(c -> c.clientSide().goodputPerSecond()))
          .means("200s within the deadline")
          .shown(column(FULL, "goodput/s"))
          .compared("goodput", "goodput", Figures::goodput)),
  GOODPUT_MIN(
      rate("goodput_min_per_s", MORE, Fold.least(c -> c.clientSide().goodputPerSecond()))
          .means("200s within the deadline")
          .shown(column(FULL, "least"))),
  GOODPUT_MAX(
      rate("goodput_max_per_s", MORE, Fold.greatest(c -> c.clientSide().goodputPerSecond()))
          .means("200s within the deadline")
          .shown(column(FULL, "most"))),
  GOODPUT_SHARE(
      share("goodput_share", MORE, median(Figures::goodputShare))
          .means(
              "goodput divided by the capacity of the same cell, less what the hypervisor took of its"
                  + " CPU; may exceed 1 by noise")
          .shown(column(FULL, "of capacity"))
          .compared("goodput_share", "goodput / capacity", Figures::goodputShare)),
  GOOD_SHARE(
      outcome("good_share", MORE, Outcomes::good)
          .means(
              "requests answered 200 within the deadline, of all; medians of the outcomes need"
                  + " not add up to 1")
          .shown(column(OUTCOMES, "good"), column(FULL, "good"))),
  LATE_SHARE(
      outcome("late_share", LESS, Outcomes::late)
          .means("requests answered 200 after the deadline, of all")
          .shown(column(OUTCOMES, "late"), column(FULL, "late"))),
  SHED_SHARE(
      outcome("shed_share", LESS, Outcomes::shed)
          .means("requests answered 429, of all")
          .shown(column(OUTCOMES, "shed"), column(FULL, "shed"))),
  OTHER_SHARE(bad("other", Outcomes::other, "answered with any other status")),
  TIMEOUT_SHARE(bad("timeout", Outcomes::timeout, "without an answer within the client's timeout")),
  TRANSPORT_SHARE(
      bad("transport", Outcomes::transport, "whose connection was refused, reset or closed")),
  ADMITTED_COUNT(
      count("admitted_count", c -> c.clientSide().admittedLatency())
          .means("200s")
          .shown(column(PERCENTILES, "admitted"))),
  ADMITTED_P50(
      admitted("admitted_p50_us", "median", Latency::p50)
          .shown(column(PERCENTILES, "p50 ms"), column(FULL, "admitted p50 ms"))),
  ADMITTED_P90(
      admitted("admitted_p90_us", "90th percentile", Latency::p90)
          .firm(100, ADMITTED_COUNT)
          .shown(column(PERCENTILES, "p90 ms"))),
  ADMITTED_P99(
      admitted("admitted_p99_us", "99th percentile", Latency::p99)
          .firm(Latency.SUPPORTS_P99, ADMITTED_COUNT)
          .shown(column(PERCENTILES, "p99 ms"), column(FULL, "p99 ms"))
          .compared("admitted_p99", "p99 of admitted", Figures::admittedP99)),
  ADMITTED_P999(
      admitted("admitted_p999_us", "99.9th percentile", Latency::p999)
          .firm(10_000, ADMITTED_COUNT)
          .shown(column(PERCENTILES, "p99.9 ms"), column(FULL, "p99.9 ms"))),
  ADMITTED_P99_QUOTABLE(
      quotable("admitted_p99_quotable", "200s", c -> c.clientSide().admittedLatency())),
  SHED_COUNT(
      count("shed_count", c -> c.clientSide().shedLatency())
          .means("429s")
          .shown(column(PERCENTILES, "shed"))),
  SHED_P50(
      shed("shed_p50_us", "median", Latency::p50)
          .shown(column(PERCENTILES, "p50 ms"), column(FULL, "shed p50 ms"))),
  SHED_P90(
      shed("shed_p90_us", "90th percentile", Latency::p90)
          .firm(100, SHED_COUNT)
          .shown(column(PERCENTILES, "p90 ms"))),
  SHED_P99(
      shed("shed_p99_us", "99th percentile", Latency::p99)
          .firm(Latency.SUPPORTS_P99, SHED_COUNT)
          .shown(column(PERCENTILES, "p99 ms"), column(FULL, "p99 ms"))
          .compared("shed_p99", "p99 of a 429", Figures::shedP99)),
  SHED_P999(
      shed("shed_p999_us", "99.9th percentile", Latency::p999)
          .firm(10_000, SHED_COUNT)
          .shown(column(PERCENTILES, "p99.9 ms"))),
  SHED_P99_QUOTABLE(quotable("shed_p99_quotable", "429s", c -> c.clientSide().shedLatency())),
  GENERATOR_PAUSE_P99(
      entry("generator_pause_p99_us", MICROS, 0, LESS, Fold.time(Figures::pauses, Latency::p99))
          .means("99th percentile of how late a thread of the load generator woke during the load")
          .onlyWhereMeasured()),
  LONGEST_SILENCE(
      measured("longest_silence_ms", Unit.MILLIS, 1, LESS)
          .means("longest time in which no request ended, as the clients saw it")),
  SERVER_CPU_SHARE(
      entry("server_cpu_share", Unit.SHARE, 4, NEITHER, median(Figures::serverCpuShare))
          .means("CPU time of its process, as a share of its CPUs")
          .shown(column(INSIDE, "server CPU"))),
  MEAN_LIMIT(
      mean("mean_limit", c -> Figures.orNan(c.serverSide().meanLimit()))
          .means("time average of the limit; empty for no limit")
          .shown(column(INSIDE, "mean limit").orElse("none"))),
  MEAN_INFLIGHT(
      mean("mean_inflight", c -> Figures.orNan(c.serverSide().meanInflight()))
          .means("time average of the requests admitted and not completed")
          .shown(column(INSIDE, "mean in flight"))),
  MEAN_WAITING(
      mean("mean_waiting", c -> Figures.orNan(c.serverSide().meanWaiting()))
          .means("time average of the requests in the backlog")
          .shown(column(INSIDE, "mean waiting"))),
  PREDICTED_SHED_SHARE(
      share("predicted_shed_share", NEITHER, median(Figures::predictedShedShare))
          .means("`shed_share` as queueing theory predicts it; empty without a prediction")),
  REGRET(
      share("regret", LESS, Fold.missed(Figures::goodputShare))
          .means(
              "goodput that `clairvoyant` reached there and this strategy did not, as a share of"
                  + " the capacity; without cells of `clairvoyant`, compared with `min(load, 1)`"
                  + " over the phases. Negative by noise")),
  WASTED_SHARE(
      share("wasted_share", LESS, median(Figures::wastedShare))
          .means(
              "completed tasks whose answer was late or no longer wanted, as a share of the"
                  + " completed")
          .shown(column(COSTS, "wasted tasks"))),
  CPU_PER_GOOD(
      cost("cpu_per_good_us", median(Figures::cpuPerGoodMicros))
          .means("the server's CPU time per 200 within the deadline, everything included")
          .shown(column(COSTS, "CPU ms per success").digits(2))
          .compared("cpu_per_good", "CPU per success", Figures::cpuPerGoodMicros)),
  CPU_PER_SHED(
      cost("cpu_per_shed_us", median(Figures::cpuPerShedMicros))
          .means(
              "the server's CPU time per 429: what the tasks (completed times CPUs over"
                  + " capacity) leave; empty if there are more tasks than refusals, or if the rest"
                  + " is under 6 % of the tasks, which is twice the error of the capacity")
          .shown(column(COSTS, "CPU ms per 429").digits(3))),
  CPU_TASKS(cpu(CpuUse.TASKS)),
  CPU_WORKERS(cpu(CpuUse.WORKERS)),
  CPU_REFUSED(cpu(CpuUse.REFUSED)),
  CPU_SERVED(cpu(CpuUse.SERVED)),
  CPU_JIT(cpu(CpuUse.JIT)),
  CPU_GC(cpu(CpuUse.GC)),
  CPU_REST(cpu(CpuUse.REST)),
  CPU_STOLEN(cpu(CpuUse.STOLEN)),
  CPU_IDLE(cpu(CpuUse.IDLE)),
  JAIN(
      entry("jain", Unit.NONE, 4, MORE, median(Figures::jain))
          .means("Jain's index of the tenants' shares of good answers: 1 if all shares are equal")),
  GOOD_BY_URGENCY(
      entry("good_by_urgency", Unit.SHARE, 4, MORE, median(c -> Double.NaN))
          .means(
              "`urgency=share` of its requests that were answered in time, the most urgent"
                  + " first")),
  SETTLE(
      settling(
          "settle_s",
          "from the start of a disturbance until goodput stays near its final value",
          Dynamics::settleSeconds)),
  OVERSHOOT(
      entry("overshoot_ms", Unit.MILLIS, 1, LESS, median(Figures::overshootMillis))
          .means(
              "the excess over the deadline of the worst 99th percentile of any row from the"
                  + " start of a disturbance on")),
  RECOVERY(
      settling(
          "recovery_s",
          "from the end of a disturbance until goodput stays near the offered load, or near the"
              + " capacity if that is less",
          Dynamics::recoverySeconds));

  // Function references and lambdas without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Entry entry;

  Metric(Entry entry) {
    this.entry = entry;
  }

  /** Its column in {@code summary.csv}. */
  public String title() {
    return entry.title();
  }

  /** Its unit. */
  public Unit unit() {
    return entry.unit();
  }

  /** Digits after the decimal point to which it is rounded. */
  public int digits() {
    return entry.digits();
  }

  /** Which way it is better. */
  public Better better() {
    return entry.better();
  }

  /** Its meaning, in a sentence without the full stop. */
  public String meaning() {
    return entry.sentence();
  }

  /** Its column in a table of the report, if there is one. */
  public Optional<Shown> in(View view) {
    return entry.shown().stream().filter(shown -> shown.view() == view).findFirst();
  }

  /** True if a row has enough samples for the figure to be quoted. */
  public boolean firm(Summary.Row row) {
    return entry.samples() == null || row.get(entry.samples()) >= entry.firmFrom();
  }

  /** The percentile that it is of the response times of answers, if it is one. */
  public Optional<ToLongFunction<Latency>> percentile() {
    return Optional.ofNullable(entry.percentile());
  }

  /** True if its column is left out of a run without any such figure, as of earlier formats. */
  boolean onlyIfAny() {
    return entry.onlyIfAny();
  }

  /** The figure of a row. */
  double fold(Repeats repeats) {
    return Fields.rounded(entry.fold().of().applyAsDouble(repeats), digits());
  }

  /** The metrics with a column in a table, in the order of the table. */
  public static List<Metric> of(View view) {
    return Arrays.stream(values()).filter(metric -> metric.in(view).isPresent()).toList();
  }

  /** The metrics by which two cells are compared. */
  public static List<Metric> compared() {
    return Arrays.stream(values()).filter(metric -> metric.entry.compared() != null).toList();
  }

  /** Its name in {@code pairs.csv}; only of those that are compared. */
  public String measure() {
    return entry.comparison().measure();
  }

  /** Its name in the sentences and tables of a comparison; only of those that are compared. */
  public String words() {
    return entry.comparison().words();
  }

  /** The figure of one cell, for a comparison; NaN if the cell has none that may be compared. */
  public double of(CellResult cell) {
    return entry.comparison().figure().applyAsDouble(cell);
  }
}
