package shedlab.gatling.result;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.function.Function;
import shedlab.gatling.result.Summary.Row;

/** A column of {@code summary.csv}. Unit and kind are in the title: {@code _us} is microseconds. */
enum SummaryColumn {
  SERVER(Row::server),
  STRATEGY(Row::strategy),
  VARIANT(Row::variant),
  LOAD(r -> BigDecimal.valueOf(r.load()).stripTrailingZeros().toPlainString()),
  N_VALID(r -> Integer.toString(r.valid())),
  N_INVALID(r -> Integer.toString(r.invalid())),
  CAPACITY_PER_S(r -> number(r.capacity(), 2)),
  OFFERED_PER_S(r -> number(r.offered(), 2)),
  GOODPUT_PER_S(r -> number(r.goodput(), 2)),
  GOODPUT_MIN_PER_S(r -> number(r.goodputMin(), 2)),
  GOODPUT_MAX_PER_S(r -> number(r.goodputMax(), 2)),
  GOODPUT_SHARE(r -> number(r.goodputShare(), 5)),
  GOOD_SHARE(r -> number(r.shares().good(), 5)),
  LATE_SHARE(r -> number(r.shares().late(), 5)),
  SHED_SHARE(r -> number(r.shares().shed(), 5)),
  OTHER_SHARE(r -> number(r.shares().other(), 5)),
  TIMEOUT_SHARE(r -> number(r.shares().timeout(), 5)),
  TRANSPORT_SHARE(r -> number(r.shares().transport(), 5)),
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
  SERVER_CPU_SHARE(r -> number(r.serverCpuShare(), 4)),
  MEAN_LIMIT(r -> number(r.meanLimit(), 2)),
  MEAN_INFLIGHT(r -> number(r.meanInflight(), 2)),
  MEAN_WAITING(r -> number(r.meanWaiting(), 2)),
  PREDICTED_SHED_SHARE(r -> number(r.predictedShedShare(), 5));

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

  private static String number(double value, int digits) {
    return Double.isNaN(value)
        ? ""
        : BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }

  private static String micros(Latency latency, Function<Latency, Long> of) {
    return latency.p50() == 0 ? "" : Long.toString(of.apply(latency));
  }

  private static String yes(boolean value) {
    return value ? "yes" : "no";
  }
}
