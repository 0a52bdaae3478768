package shedlab.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary;
import shedlab.report.metric.View;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pairs;
import shedlab.report.raw.LatencyLog;
import shedlab.report.result.CellResult;
import shedlab.report.result.Latency;
import shedlab.report.result.RunFiles;

/**
 * What the page draws, as one block of JSON: whole numbers and indexes instead of names, so that
 * 500 cells fit. Made from the files of a run alone; the same files give the same text.
 */
final class PageData {
  /** Points of a percentile curve per power of ten. */
  private static final int CURVE_STEPS = 5;

  private static final int CURVE_POINTS = 25;

  private static final int DIGITS = 3;

  /** Samples that have to lie beyond a percentile. */
  private static final int BEYOND = 10;

  private final RunFiles run;
  private final Summary summary;
  private final List<CellResult> cells;
  private final StrategyNames names;
  private final Timelines timelines;
  private final JsonNodeFactory nodes = JsonNodeFactory.instance;
  private final ObjectNode json = nodes.objectNode();
  private final Map<Key, Map<LatencyLog.Kind, Histogram>> latencies = new LinkedHashMap<>();

  /** A row of the summary. */
  private record Key(String server, String strategy, String variant, double load) {}

  private PageData(RunFiles run, Summary summary, StrategyNames names) {
    this.run = run;
    this.summary = summary;
    this.cells = run.cells();
    this.names = names;
    this.timelines = new Timelines(run);
  }

  /**
   * Reads what is to be drawn.
   *
   * @throws IOException that names the file, if a raw file is not what it should be
   */
  static PageData of(
      RunFiles run,
      Summary summary,
      StrategyNames names,
      Verdict verdict,
      List<SimulatedCurves.Point> simulated,
      Pairs pairs,
      Refusals refusals)
      throws IOException {
    var data = new PageData(run, summary, names);
    data.plan(verdict);
    data.cells();
    data.rows();
    data.simulated(simulated);
    data.tenants();
    data.pairs(pairs);
    data.ceilings(refusals);
    return data;
  }

  /** Remarks for the reader about what was left out. */
  List<String> notes() {
    return timelines.notes();
  }

  /** True if the course of some cell can be drawn. */
  boolean hasTimelines() {
    return timelines.any();
  }

  /** The text of a script element: no {@code <} in it. */
  String text() {
    try {
      return new JsonMapper().writeValueAsString(json).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // a tree of numbers and texts
    }
  }

  private void plan(Verdict verdict) {
    json.put("deadline", run.manifest().load().deadlineMillis() * 1_000);
    json.put("leadIn", run.manifest().load().leadInSeconds());
    json.put("repeats", run.manifest().grid().repeats());
    put(json, "possible", run.manifest().possible(verdict.referenceLoad()), 4);
    json.put("at", summary.loads().indexOf(verdict.referenceLoad()));
    ArrayNode servers = json.putArray("servers");
    summary.servers().forEach(servers::add);
    Map<String, Look> looks = Look.of(summary.strategies());
    ArrayNode strategies = json.putArray("strategies");
    looks.forEach(
        (strategy, look) ->
            strategies
                .addObject()
                .put("name", names.of(strategy))
                .put("text", strategy)
                .put("colour", look.colour())
                .put("dash", look.dash())
                .put("marker", look.marker().ordinal())
                .put("swatch", look.swatch()));
    ArrayNode variants = json.putArray("variants");
    summary.variants().forEach(v -> variants.add(variantName(v)));
    ArrayNode loads = json.putArray("loads");
    summary.loads().forEach(loads::add);
    ArrayNode phases = json.putArray("phases");
    run.manifest().load().phases().forEach(p -> phases.add(p.seconds()));
  }

  static String variantName(String variant) {
    return variant.isEmpty() ? "plain" : variant;
  }

  private void rows() {
    ArrayNode rows = json.putArray("rows");
    for (Summary.Row row : summary.rows()) {
      ObjectNode node = rows.addObject();
      place(node, row.server(), row.strategy(), row.variant(), row.load());
      node.put("n", row.valid()).put("bad", row.invalid());
      if (!row.hasFigures()) {
        continue;
      }
      put(node, "good", row.get(Metric.GOODPUT_SHARE), 4);
      put(node, "lo", row.get(Metric.GOODPUT_MIN) / row.get(Metric.CAPACITY), 4);
      put(node, "hi", row.get(Metric.GOODPUT_MAX) / row.get(Metric.CAPACITY), 4);
      ArrayNode shares = node.putArray("shares");
      for (Metric share : Metric.of(View.OUTCOMES)) {
        shares.add(decimal(row.get(share), 4));
      }
      latency(node, "a", row.admitted());
      latency(node, "s", row.shed());
      if (row.get(Metric.CPU_PER_GOOD) > 0) {
        node.put("cpu", Math.round(row.get(Metric.CPU_PER_GOOD)));
      }
      var key = new Key(row.server(), row.strategy(), row.variant(), row.load());
      Map<LatencyLog.Kind, Histogram> merged = latencies.getOrDefault(key, Map.of());
      curve(node, "ca", merged.get(LatencyLog.Kind.ADMITTED));
      curve(node, "cs", merged.get(LatencyLog.Kind.SHED));
    }
  }

  private static void latency(ObjectNode node, String name, Latency latency) {
    if (latency.count() > 0) {
      node.putArray(name)
          .add(latency.count())
          .add(latency.p50())
          .add(latency.p90())
          .add(latency.p99())
          .add(latency.p999());
    }
  }

  /** Values at quantiles 1 - 1/x, for x in even steps of its logarithm, as far as samples carry. */
  private static void curve(ObjectNode node, String name, @Nullable Histogram histogram) {
    if (histogram == null) {
      return;
    }
    ArrayNode curve = node.putArray(name);
    for (int i = 0; i < CURVE_POINTS; i++) {
      double x = Math.pow(10, (double) i / CURVE_STEPS);
      if (histogram.getTotalCount() / x < BEYOND) {
        break;
      }
      curve.add(histogram.getValueAtPercentile(100 - 100 / x));
    }
  }

  private void cells() throws IOException {
    ArrayNode all = json.putArray("cells");
    for (CellResult cell : cells) {
      ObjectNode node = all.addObject();
      node.put("id", cell.key().id());
      place(node, cell.server(), cell.strategy(), cell.variant(), cell.load());
      node.put("r", cell.key().repeat()).put("o", cell.key().order());
      if (cell.judgement().failure() == null && cell.capacityPerSecond() > 0) {
        put(node, "good", cell.clientSide().goodputPerSecond() / cell.capacityPerSecond(), 4);
        node.put("a50", cell.clientSide().admittedLatency().p50())
            .put("a99", cell.clientSide().admittedLatency().p99());
        node.put("s50", cell.clientSide().shedLatency().p50())
            .put("s99", cell.clientSide().shedLatency().p99());
      }
      String why = Evidence.reasons(cell);
      if (!why.isEmpty()) {
        node.put("why", why);
      }
      var raw = new RawCell(run.cellFolder(cell.key().id()));
      if (cell.valid()) {
        merge(cell, raw);
      }
      ArrayNode files = node.putArray("files");
      raw.files().forEach(files::add);
    }
    timelines.addTo(all);
  }

  private void merge(CellResult cell, RawCell raw) throws IOException {
    var key = new Key(cell.server(), cell.strategy(), cell.variant(), cell.load());
    Map<LatencyLog.Kind, Histogram> merged =
        latencies.computeIfAbsent(key, k -> new EnumMap<>(LatencyLog.Kind.class));
    raw.latencies()
        .forEach(
            (kind, histogram) ->
                merged.computeIfAbsent(kind, k -> new Histogram(DIGITS)).add(histogram));
  }

  private void simulated(List<SimulatedCurves.Point> points) {
    ArrayNode all = json.putArray("simulated");
    for (SimulatedCurves.Point point : points) {
      ObjectNode node = all.addObject();
      Summary.Row row = point.row();
      place(node, row.server(), row.strategy(), row.variant(), row.load());
      put(node, "good", point.goodputShare(), 4);
      put(node, "shed", point.shedShare(), 4);
      node.put("a99", point.p99Micros());
    }
  }

  /** Ratios of goodput; between servers, of its share of each one's capacity. */
  private void pairs(Pairs pairs) {
    ArrayNode all = json.putArray("pairs");
    for (Pair pair : pairs.pairs()) {
      boolean servers = pair.kind() == Pair.Kind.SERVER;
      Metric wanted = servers ? Metric.GOODPUT_SHARE : Metric.GOODPUT;
      if (pair.measure() != wanted || pair.estimate().blocks() == 0) {
        continue;
      }
      ObjectNode node = all.addObject().put("kind", pair.kind().title());
      place(
          node,
          pair.side().server(),
          pair.side().strategy(),
          pair.side().variant(),
          pair.side().load());
      node.put("against", servers ? pair.against() : names.of(pair.against()));
      node.put("n", pair.estimate().blocks());
      put(node, "ratio", bounded(pair.estimate().ratio()), 4);
      put(node, "lo", bounded(pair.estimate().interval().low()), 4);
      put(node, "hi", bounded(pair.estimate().interval().high()), 4);
      put(node, "band", pair.claim().band(), 4);
      node.put("verdict", pair.claim().verdict().title()).put("why", pair.claim().why());
    }
  }

  /** What refusals leave of the capacity, in even steps of the load. */
  private void ceilings(Refusals refusals) {
    ArrayNode all = json.putArray("ceilings");
    double most = summary.loads().stream().mapToDouble(l -> l).max().orElse(1);
    for (Refusals.Price price : refusals.all()) {
      ObjectNode node = all.addObject();
      node.put("h", summary.servers().indexOf(price.server()));
      node.put("v", summary.variants().indexOf(price.variant()));
      ArrayNode points = node.putArray("points");
      for (int i = 0; i <= CURVE_POINTS; i++) {
        double load = 1 + (most - 1) * i / CURVE_POINTS;
        points.addArray().add(decimal(load, 3)).add(decimal(price.ceiling(load), 4));
      }
    }
  }

  /** A ratio that can be drawn: nothing in the denominator is a thousandfold. */
  private static double bounded(double ratio) {
    return Math.min(1_000, Math.max(0.001, ratio));
  }

  private void tenants() {
    ArrayNode all = json.putArray("tenants");
    for (Fairness.Share share : Fairness.of(summary, cells)) {
      ObjectNode node = all.addObject();
      Summary.Row row = share.row();
      place(node, row.server(), row.strategy(), row.variant(), row.load());
      node.put("name", share.tenant());
      put(node, "good", share.good(), 4);
    }
  }

  private void place(ObjectNode node, String server, String strategy, String variant, double load) {
    node.put("h", summary.servers().indexOf(server));
    node.put("p", summary.strategies().indexOf(strategy));
    node.put("v", summary.variants().indexOf(variant));
    node.put("l", summary.loads().indexOf(load));
  }

  private static void put(ObjectNode node, String name, double value, int digits) {
    if (Double.isFinite(value)) {
      node.put(name, decimal(value, digits));
    }
  }

  private static BigDecimal decimal(double value, int digits) {
    return Double.isFinite(value)
        ? new BigDecimal(
            BigDecimal.valueOf(value)
                .setScale(digits, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString())
        : BigDecimal.ZERO;
  }
}
