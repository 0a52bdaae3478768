package shedlab.report.result;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import shedlab.report.result.Summary.Row;

/** A column of {@code summary.csv}. Unit and kind are in the title: {@code _us} is microseconds. */
enum SummaryColumn {
  SERVER(Row::server),
  STRATEGY(Row::strategy),
  VARIANT(Row::variant),
  LOAD(r -> Fields.load(r.load())),
  N_VALID(r -> Integer.toString(r.valid())),
  N_INVALID(r -> Integer.toString(r.invalid())),
  CAPACITY_PER_S(r -> Fields.number(r.capacity(), 2)),
  OFFERED_PER_S(r -> Fields.number(r.offered(), 2)),
  GOODPUT_PER_S(r -> Fields.number(r.goodput(), 2)),
  GOODPUT_MIN_PER_S(r -> Fields.number(r.goodputMin(), 2)),
  GOODPUT_MAX_PER_S(r -> Fields.number(r.goodputMax(), 2)),
  GOODPUT_SHARE(r -> Fields.number(r.goodputShare(), 5)),
  GOOD_SHARE(r -> Fields.number(r.shares().good(), 5)),
  LATE_SHARE(r -> Fields.number(r.shares().late(), 5)),
  SHED_SHARE(r -> Fields.number(r.shares().shed(), 5)),
  OTHER_SHARE(r -> Fields.number(r.shares().other(), 5)),
  TIMEOUT_SHARE(r -> Fields.number(r.shares().timeout(), 5)),
  TRANSPORT_SHARE(r -> Fields.number(r.shares().transport(), 5)),
  ADMITTED_COUNT(r -> r.hasFigures() ? Long.toString(r.admitted().count()) : ""),
  ADMITTED_P50_US(r -> micros(r.admitted(), Latency::p50)),
  ADMITTED_P90_US(r -> micros(r.admitted(), Latency::p90)),
  ADMITTED_P99_US(r -> micros(r.admitted(), Latency::p99)),
  ADMITTED_P999_US(r -> micros(r.admitted(), Latency::p999)),
  ADMITTED_P99_QUOTABLE(r -> r.hasFigures() ? yes(r.admitted().supportsP99()) : ""),
  SHED_COUNT(r -> r.hasFigures() ? Long.toString(r.shed().count()) : ""),
  SHED_P50_US(r -> micros(r.shed(), Latency::p50)),
  SHED_P90_US(r -> micros(r.shed(), Latency::p90)),
  SHED_P99_US(r -> micros(r.shed(), Latency::p99)),
  SHED_P999_US(r -> micros(r.shed(), Latency::p999)),
  SHED_P99_QUOTABLE(r -> r.hasFigures() ? yes(r.shed().supportsP99()) : ""),
  SERVER_CPU_SHARE(r -> Fields.number(r.serverCpuShare(), 4)),
  MEAN_LIMIT(r -> Fields.number(r.meanLimit(), 2)),
  MEAN_INFLIGHT(r -> Fields.number(r.meanInflight(), 2)),
  MEAN_WAITING(r -> Fields.number(r.meanWaiting(), 2)),
  PREDICTED_SHED_SHARE(r -> Fields.number(r.predictedShedShare(), 5)),
  REGRET(r -> Fields.number(r.regret(), 5)),
  WASTED_SHARE(r -> Fields.number(r.costs().wastedShare(), 5)),
  CPU_PER_GOOD_US(r -> Fields.number(r.costs().cpuPerGoodMicros(), 1)),
  CPU_PER_SHED_US(r -> Fields.number(r.costs().cpuPerShedMicros(), 1)),
  JAIN(r -> Fields.number(r.fairness().jain(), 4)),
  GOOD_BY_URGENCY(r -> urgencies(r.fairness().goodByUrgency())),
  SETTLE_S(r -> Fields.number(r.reaction().settleSeconds(), 1)),
  OVERSHOOT_MS(r -> Fields.number(r.reaction().overshootMillis(), 1)),
  RECOVERY_S(r -> Fields.number(r.reaction().recoverySeconds(), 1));

  // Method references and lambdas without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<Row, String> text;

  SummaryColumn(Function<Row, String> text) {
    this.text = text;
  }

  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  String text(Row row) {
    return text.apply(row);
  }

  private static String micros(Latency latency, Function<Latency, Long> of) {
    return latency.p50() == 0 ? "" : Long.toString(of.apply(latency));
  }

  /** {@code 1=0.9912 3=0.4010}, the most urgent first. */
  private static String urgencies(Map<Integer, Double> good) {
    return good.entrySet().stream()
        .map(e -> e.getKey() + "=" + Fields.number(e.getValue(), 4))
        .collect(Collectors.joining(" "));
  }

  private static String yes(boolean value) {
    return value ? "yes" : "no";
  }
}
