package shedlab.report.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pair.Claim;
import shedlab.report.pair.Pair.Kind;
import shedlab.report.pair.Pair.Machine;
import shedlab.report.pair.Pair.Verdict;
import shedlab.report.pair.Pairs;
import shedlab.report.result.Condition;
import shedlab.report.result.Manifest;
import shedlab.report.result.SampleRun;
import shedlab.report.statistics.Difference;
import shedlab.report.text.StrategyNames;

class VariantWordsTest {
  private static final String LIMIT = "fixed:limit=4";

  @Test
  void everyVariantHasItsLeastAndItsGreatestRatioWithTheirPlaces() {
    VariantWords words =
        words(
            pair(LIMIT, "netty", "cold", 2, 0.8, Verdict.WORSE),
            pair(LIMIT, "netty", "cold", 5, 0.7, Verdict.WORSE),
            pair(LIMIT, "jetty", "cold", 2, 0.9, Verdict.NOT_TOLD_APART),
            pair(LIMIT, "netty", "batch", 2, 1, Verdict.EQUAL),
            pair(LIMIT, "jetty", "batch", 2, 0.99, Verdict.EQUAL));

    assertThat(words.sentence())
        .isEqualTo(
            "Compared with `plain`, goodput is 0.70 (0.68 to 0.72, netty at 5x) to 0.90 (0.88 to 0.92,"
                + " jetty at 2x) with `cold`; equal with `batch`.");
    assertThat(words.title())
        .isEqualTo("`cold` has 0.70 (0.68 to 0.72, netty at 5x) of `plain`'s goodput");
  }

  @Test
  void oneConditionNeedsNoPlace() {
    VariantWords words = words(pair(LIMIT, "netty", "io", 2, 1.25, Verdict.BETTER));

    assertThat(words.sentence())
        .isEqualTo("Compared with `plain`, goodput is 1.25 (1.22 to 1.28) with `io`.");
    assertThat(words.title()).isEqualTo("`io` has 1.25 (1.22 to 1.28) of `plain`'s goodput");
  }

  @Test
  void goodputWhereThePlainWayHasNoneIsTheGreatestDifference() {
    Pair saved = pair(LIMIT, "netty", "tells", 2, Double.POSITIVE_INFINITY, Verdict.BETTER);
    Pair equal = pair("on-time", "netty", "tells", 2, 1, Verdict.EQUAL);

    assertThat(words(saved, equal).sentence())
        .isEqualTo(
            "Compared with `plain`, goodput is 1.00 (0.98 to 1.02, `on-time`) to ∞ (`plain` has none,"
                + " `fixed`) with `tells`.");
    assertThat(words(saved, equal).title())
        .isEqualTo("With `tells`, `fixed` has goodput; with `plain` it has none");
  }

  @Test
  void variantsThatAreEqualAreNotSaidToDiffer() {
    Pair equal = pair(LIMIT, "netty", "batch", 2, 1, Verdict.EQUAL);
    Pair open = pair(LIMIT, "netty", "idle", 2, 0.9, Verdict.NOT_TOLD_APART);

    assertThat(words(equal).sentence())
        .isEqualTo("Compared with `plain`, goodput is equal with `batch`.");
    assertThat(words(equal).title()).isEqualTo("No variant changes the goodput");
    assertThat(words(equal, open).title())
        .isEqualTo("No variant's goodput could be told apart from that of `plain`");
  }

  @Test
  void aRunThatComparesStrategiesHasTheRangeOverThemAtTheirLoadWithoutNone() {
    VariantWords words =
        words(
            pair(LIMIT, "netty", "cold", 2, 0.8, Verdict.WORSE),
            pair(LIMIT, "netty", "cold", 1.2, 0.5, Verdict.WORSE),
            pair("on-time", "netty", "cold", 2, 0.9, Verdict.WORSE),
            pair("none", "netty", "cold", 2, 0.1, Verdict.WORSE));

    assertThat(words.ofOneStrategy()).isFalse();
    assertThat(words.sentence())
        .isEqualTo(
            "Compared with `plain`, goodput is 0.80 (0.78 to 0.82, `fixed`) to 0.90 (0.88 to 0.92,"
                + " `on-time`) with `cold`.");
  }

  @Test
  void whoAdmitsNobodyIsNoStrategyToCompareWith() {
    Pair one = pair(LIMIT, "netty", "cold", 2, 0.8, Verdict.WORSE);

    assertThat(
            words(one, pair("reject-all+none", "netty", "cold", 2, 0.8, Verdict.WORSE))
                .ofOneStrategy())
        .isTrue();
    assertThat(words().sentence()).isEmpty();
  }

  private static VariantWords words(Pair... pairs) {
    Manifest plan = SampleRun.manifest(List.of(LIMIT), List.of(2.0), 5, true, 0);
    return VariantWords.of(
        new Pairs(List.of(pairs), List.of()),
        new Refusals(plan, Summary.of(plan, List.of())),
        new StrategyNames(List.of("none", LIMIT, "on-time")),
        2);
  }

  private static Pair pair(
      String strategy, String server, String variant, double load, double ratio, Verdict verdict) {
    double difference = ratio < 1 ? ratio - 1 : 1 - 1 / ratio;
    return new Pair(
        Kind.VARIANT,
        Metric.GOODPUT,
        new Condition(server, strategy, variant, load),
        "",
        new Difference(5, difference, 0.02, 0),
        Machine.NEITHER,
        new Claim(0, 0.05, verdict, ""));
  }
}
