package shedlab.report.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import shedlab.load.ArrivalProcess;
import shedlab.load.ArrivalSchedule;
import shedlab.load.LoadProfile;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.LatencyLog;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.result.Attempts;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.result.Outcomes;
import shedlab.report.result.Phase;
import shedlab.spec.Parameter;

/**
 * The client's three files against each other, and against the plan: the same requests were counted
 * three times, and the seed says when each was meant to start.
 */
final class ClientFiles {
  private static final double ROUNDING = 1e-9;
  private static final long ROW_NANOS = ClientCsv.ROW_MILLIS * 1_000_000L;

  private final Manifest plan;
  private final CellResult cell;
  private final LoadResult client;
  private final LoadJob job;
  private final Differences differences;
  private final String folder;

  ClientFiles(Manifest plan, CellResult cell, LoadResult client, Differences differences) {
    this.plan = plan;
    this.cell = cell;
    this.client = client;
    this.job = client.job();
    this.differences = differences;
    this.folder = "cells/" + cell.key().id() + "/";
  }

  /**
   * Checks all.
   *
   * @param arrivals of the job, with their recording; nothing if that is not known any more
   */
  void check(
      ClientCsv course, Map<LatencyLog.Kind, Histogram> times, Optional<ArrivalProcess> arrivals) {
    job();
    counts();
    same(LoadResult.FILE, "whole.outcomes", whole(), outcomesFrom(course, 0), ClientCsv.FILE);
    rows(course);
    arrivals.ifPresent(process -> starts(course, process));
    times(course, times);
  }

  /** The sum of the rows from a second on. */
  static Outcomes outcomesFrom(ClientCsv course, double second) {
    long[] sums = new long[6];
    for (ClientCsv.Row row : course.rows()) {
      if (row.second() >= second - ROUNDING) {
        Outcomes o = row.outcomes();
        long[] counts = {o.good(), o.late(), o.shed(), o.other(), o.timeout(), o.transport()};
        for (int i = 0; i < counts.length; i++) {
          sums[i] += counts[i];
        }
      }
    }
    return new Outcomes(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
  }

  private Outcomes whole() {
    return client.whole().outcomes();
  }

  /** What was asked of the load generator is what the plan says of this cell. */
  private void job() {
    same(LoadResult.FILE, "job.name", job.name(), cell.key().id(), "cells.jsonl");
    planned("deadlineMillis", job.deadlineMillis(), plan.load().deadlineMillis());
    planned("leadInSeconds", job.leadInSeconds(), plan.load().leadInSeconds());
    planned("profile", job.profile(), profile());
    double seconds = new LoadProfile(job.profile()).seconds() - job.leadInSeconds();
    same(LoadResult.FILE, "window.seconds", client.window().seconds(), seconds, "its profile");
    double measured = plan.load().measureSeconds();
    same(LoadResult.FILE, "window.seconds", client.window().seconds(), measured, "plan.json");
    Map<String, String> settings = new HashMap<>(plan.settings());
    plan.grid().variants().stream()
        .filter(variant -> variant.name().equals(cell.variant()))
        .forEach(variant -> settings.putAll(variant.settings()));
    String work = settings.getOrDefault("work", "1");
    double units = Math.max(1, Math.round(Double.parseDouble(work) * plan.load().taskUnits()));
    planned("units", (double) job.units(), units);
    String timeout = settings.getOrDefault("timeout", plan.load().timeoutMillis() + "ms");
    planned(
        "timeoutMillis",
        job.timeoutMillis(),
        Parameter.duration("timeout", "").read(timeout).toMillis());
    Map<String, String> asked = new TreeMap<>();
    asked.put("arrivals", job.arrivals());
    asked.put("disconnect", job.clients().disconnects() ? "yes" : "no");
    asked.put("connections", job.clients().newConnections() ? "new" : "kept");
    asked.put("tells-deadline", job.clients().tellsDeadline() ? "yes" : "no");
    asked.forEach((key, value) -> planned(key, value, settings.getOrDefault(key, value)));
  }

  /** The lead-in at the rate of the first phase, then the phases; a ramp climbs once a second. */
  private List<LoadProfile.Segment> profile() {
    List<LoadProfile.Segment> segments = new ArrayList<>();
    double rate = cell.load() * cell.capacityPerSecond();
    if (plan.load().leadInSeconds() > 0) {
      double first = plan.load().phases().get(0).from();
      segments.add(new LoadProfile.Segment(first * rate, plan.load().leadInSeconds()));
    }
    for (Phase phase : plan.load().phases()) {
      int steps = phase.from() == phase.to() ? 1 : (int) phase.seconds();
      for (int step = 0; step < steps; step++) {
        double factor = phase.from() + (phase.to() - phase.from()) * (step + 0.5) / steps;
        segments.add(new LoadProfile.Segment(factor * rate, phase.seconds() / steps));
      }
    }
    return segments;
  }

  private void planned(String key, Object found, Object expected) {
    same(LoadResult.FILE, "job." + key, found, expected, "plan.json");
  }

  /** Counts within {@code client.json}. */
  private void counts() {
    LoadResult.Window window = client.window();
    Outcomes ended = window.outcomes();
    json("whole.intended", client.whole().intended(), whole().total(), "whole.outcomes");
    tries("whole.attempts", client.whole().attempts());
    tries("window.attempts", window.attempts());
    if (!job.clients().retries() && job.clients().disconnects()) {
      json("window.attempts.ok", window.attempts().ok(), ended.ok(), "window.outcomes");
      json("window.attempts.shed", window.attempts().shed(), ended.shed(), "window.outcomes");
    }
    json("window.admitted.count", window.admitted().count(), ended.ok(), "window.outcomes");
    json("window.shed.count", window.shed().count(), ended.shed(), "window.outcomes");
    json(
        "window.uncorrectedAdmitted.count",
        window.uncorrectedAdmitted().count(),
        ended.ok(),
        "window.outcomes");
    json(
        "window.uncorrectedShed.count",
        window.uncorrectedShed().count(),
        ended.shed(),
        "window.outcomes");
    long why = client.gatling().koMessages().values().stream().mapToLong(n -> n).sum();
    json("gatling.ko", client.gatling().ko(), why, "gatling.koMessages");
    json("gatling.ok", client.gatling().ok(), client.whole().attempts().ok(), "whole.attempts");
  }

  private void tries(String key, Attempts tries) {
    json(key + ".sent", tries.sent(), tries.ok() + tries.shed() + tries.failed(), "its parts");
  }

  private void json(String key, Object found, Object expected, String by) {
    same(LoadResult.FILE, key, found, expected, by);
  }

  /** Every row of {@code client.csv} in itself. */
  private void rows(ClientCsv course) {
    int line = 1;
    for (ClientCsv.Row row : course.rows()) {
      line++;
      String file = ClientCsv.FILE + ":" + line;
      same(file, "offered", row.offered(), row.outcomes().total(), "the row's outcomes");
      if (!row.belowMicros().isEmpty()) {
        long counted = row.belowMicros().values().stream().mapToLong(n -> n).sum();
        same(file, "admitted_below", counted, row.admitted(), "the row's outcomes");
        within(file, "admitted_p50_micros", row, row.p50Micros(), 0.5);
        within(file, "admitted_p99_micros", row, row.p99Micros(), 0.99);
      }
      if (row.p50Micros() > row.p99Micros() || (row.admitted() == 0) != (row.p99Micros() == 0)) {
        differences.add(
            folder + file,
            "admitted_p99_micros: " + row.p99Micros() + " (expected: by admitted requests alone)");
      }
    }
  }

  /** A percentile lies where the counts by response time say that it lies. */
  private void within(
      String file, String column, ClientCsv.Row row, long percentile, double share) {
    long rank = (long) Math.ceil(share * row.admitted() - ROUNDING);
    long counted = 0;
    long from = 0;
    for (Map.Entry<Long, Long> bin : row.belowMicros().entrySet()) {
      counted += bin.getValue();
      if (row.admitted() > 0 && counted >= rank) {
        if (percentile < from || percentile >= bin.getKey()) {
          differences.add(
              folder + file,
              column + ": " + percentile + " (expected: " + from + " to " + bin.getKey() + ")");
        }
        return;
      }
      from = bin.getKey();
    }
  }

  /** As many as the seed has meant to start, in every row. */
  private void starts(ClientCsv course, ArrivalProcess arrivals) {
    int[] starts = ArrivalSchedule.of(arrivals, job.loadProfile(), job.seed()).countsPer(ROW_NANOS);
    same(ClientCsv.FILE, "rows", course.rows().size(), starts.length, "its profile");
    for (int row = 0; row < Math.min(starts.length, course.rows().size()); row++) {
      same(
          ClientCsv.FILE + ":" + (row + 2),
          "offered",
          course.rows().get(row).offered(),
          (long) starts[row],
          "the seed");
    }
  }

  private void times(ClientCsv course, Map<LatencyLog.Kind, Histogram> times) {
    Histogram failed = times.getOrDefault(LatencyLog.Kind.FAILED, new Histogram(3));
    json("window.failed", client.window().failed(), Percentiles.of(failed), LatencyLog.FILE);
    long begin = client.zeroEpochMicros() / 1_000 + (long) (job.leadInSeconds() * 1_000);
    long length = (long) (client.window().seconds() * 1_000);
    times.forEach(
        (kind, histogram) -> {
          String tag = kind.name().toLowerCase(Locale.ROOT);
          same(
              LatencyLog.FILE,
              tag + ", start",
              histogram.getStartTimeStamp(),
              begin,
              LoadResult.FILE);
          same(
              LatencyLog.FILE,
              tag + ", milliseconds",
              histogram.getEndTimeStamp() - histogram.getStartTimeStamp(),
              length,
              LoadResult.FILE);
        });
    SortedMap<Long, Long> below = new TreeMap<>();
    for (ClientCsv.Row row : course.rows()) {
      if (row.second() >= job.leadInSeconds() - ROUNDING) {
        row.belowMicros().forEach((bound, count) -> below.merge(bound, count, Long::sum));
      }
    }
    Histogram admitted = times.getOrDefault(LatencyLog.Kind.ADMITTED, new Histogram(3));
    long from = 0;
    for (Map.Entry<Long, Long> bin : below.entrySet()) {
      same(
          ClientCsv.FILE,
          "admitted_below_" + bin.getKey() + "_micros",
          bin.getValue(),
          admitted.getTotalCount() == 0
              ? 0L
              : admitted.getCountBetweenValues(from, bin.getKey() - 1),
          LatencyLog.FILE);
      from = bin.getKey();
    }
  }

  private void same(String file, String key, Object found, Object expected, String by) {
    differences.same(folder + file, key, found, expected, by);
  }
}
