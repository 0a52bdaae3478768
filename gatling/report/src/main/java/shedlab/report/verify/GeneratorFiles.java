package shedlab.report.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.LatencyLog;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.LoadResult.Generator;
import shedlab.report.raw.PartCounts;
import shedlab.report.raw.PartLog;
import shedlab.report.raw.RawCell;
import shedlab.report.raw.SchedulePart;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;
import shedlab.report.result.TenantResult;

/**
 * The files of several load generators against those that were made of them: every count is a sum,
 * every percentile that of all their values, and each has played its part of the schedule.
 */
final class GeneratorFiles {
  private static final double ROUNDING = 1e-9;
  private static final String BY = "the generators' files";

  private final LoadResult all;
  private final Path folder;
  private final String where;
  private final Differences differences;
  private final List<Own> parts = new ArrayList<>();

  /** What one has left. */
  private record Own(
      LoadResult result,
      ClientCsv course,
      Map<LatencyLog.Kind, Histogram> times,
      Map<String, Histogram> more,
      PartCounts counts) {}

  GeneratorFiles(String cell, Path folder, LoadResult all, Differences differences) {
    this.all = all;
    this.folder = folder;
    this.where = "cells/" + cell + "/";
    this.differences = differences;
  }

  /** Checks all, if there was more than one. */
  void check(ClientCsv course, Map<LatencyLog.Kind, Histogram> times) throws IOException {
    int number = all.generators().size();
    same(LoadResult.FILE, "generators", number, new RawCell(folder).parts().size(), "the folders");
    if (number != new RawCell(folder).parts().size() || number == 0) {
      return;
    }
    for (SchedulePart part : new RawCell(folder).parts()) {
      Path own = folder.resolve(part.folder());
      parts.add(
          new Own(
              LoadResult.read(own),
              ClientCsv.read(own),
              LatencyLog.read(own),
              PartLog.read(own),
              PartCounts.read(own)));
      part(part, parts.get(part.number() - 1));
    }
    sums();
    percentiles(times);
    rows(course);
    generator(course);
  }

  /** One of them in itself, and what is told of it. */
  private void part(SchedulePart part, Own own) {
    String file = part.folder() + "/" + LoadResult.FILE;
    same(file, "job", own.result.job(), all.job(), LoadResult.FILE);
    LoadResult.Member member = all.generators().get(part.number() - 1);
    String key = "generators." + (part.number() - 1);
    same(LoadResult.FILE, key + ".whole", member.whole(), own.result.whole(), file);
    same(LoadResult.FILE, key + ".generator", member.generator(), own.result.generator(), file);
    long turn =
        IntStream.iterate(part.number(), i -> i <= all.whole().intended(), i -> i + part.of())
            .count();
    same(file, "whole.intended", own.result.whole().intended(), turn, "its part");
    same(
        file,
        "whole.intended",
        own.result.whole().intended(),
        own.course.rows().stream().mapToLong(ClientCsv.Row::offered).sum(),
        part.folder() + "/" + ClientCsv.FILE);
    same(file, "window.seconds", own.result.window().seconds(), all.window().seconds(), "all");
  }

  private void sums() {
    LoadResult.Whole whole = all.whole();
    json("whole.outcomes", whole.outcomes(), outcomes(own -> own.result.whole().outcomes()));
    json("whole.intended", whole.intended(), sum(own -> own.result.whole().intended()));
    json("whole.started", whole.started(), sum(own -> own.result.whole().started()));
    json("whole.duplicates", whole.duplicates(), sum(own -> own.result.whole().duplicates()));
    json(
        "whole.attempts.sent",
        whole.attempts().sent(),
        sum(o -> o.result.whole().attempts().sent()));
    json("whole.attempts.ok", whole.attempts().ok(), sum(o -> o.result.whole().attempts().ok()));
    json(
        "whole.attempts.shed",
        whole.attempts().shed(),
        sum(o -> o.result.whole().attempts().shed()));
    LoadResult.Window window = all.window();
    json("window.outcomes", window.outcomes(), outcomes(own -> own.result.window().outcomes()));
    json(
        "window.attempts.sent",
        window.attempts().sent(),
        sum(o -> o.result.window().attempts().sent()));
    json("window.attempts.ok", window.attempts().ok(), sum(o -> o.result.window().attempts().ok()));
    json(
        "window.attempts.shed",
        window.attempts().shed(),
        sum(o -> o.result.window().attempts().shed()));
    json("gatling.ok", all.gatling().ok(), sum(own -> own.result.gatling().ok()));
    json("gatling.ko", all.gatling().ko(), sum(own -> own.result.gatling().ko()));
  }

  private void percentiles(Map<LatencyLog.Kind, Histogram> times) {
    LoadResult.Window window = all.window();
    for (LatencyLog.Kind kind : LatencyLog.Kind.values()) {
      same(
          LatencyLog.FILE,
          kind.name(),
          Percentiles.of(times.getOrDefault(kind, new Histogram(3))),
          latency(own -> own.times.get(kind)),
          BY);
    }
    json(
        "window.uncorrectedAdmitted",
        window.uncorrectedAdmitted(),
        latency(own -> own.more.get(PartLog.UNCORRECTED_ADMITTED)));
    json(
        "window.uncorrectedShed",
        window.uncorrectedShed(),
        latency(own -> own.more.get(PartLog.UNCORRECTED_SHED)));
    for (int k = 0; k < window.tenants().size(); k++) {
      int kind = k;
      TenantResult found = window.tenants().get(k);
      json(
          "window.tenants." + k,
          found,
          new TenantResult(
              found.name(),
              found.urgency(),
              outcomes(own -> own.result.window().tenants().get(kind).outcomes()),
              latency(own -> own.more.get(PartLog.admittedOf(kind))),
              latency(own -> own.more.get(PartLog.shedOf(kind)))));
    }
    Double silence = window.figures().get("longest_silence_ms");
    if (silence != null) {
      json("window.figures.longest_silence_ms", silence, silenceMillis());
    }
  }

  /** Counted millisecond by millisecond. */
  private double silenceMillis() {
    List<BitSet> ends = parts.stream().map(own -> own.counts.endedMillis()).toList();
    long millis = Math.round(all.window().seconds() * 1_000);
    int silent = 0;
    int longest = 0;
    for (int i = 0; i < millis; i++) {
      int now = i;
      silent = ends.stream().anyMatch(each -> each.get(now)) ? 0 : silent + 1;
      longest = Math.max(longest, silent);
    }
    return longest;
  }

  private void rows(ClientCsv course) {
    for (int i = 0; i < course.rows().size(); i++) {
      int number = i;
      String file = ClientCsv.FILE + ":" + (i + 2);
      ClientCsv.Row row = course.rows().get(i);
      List<ClientCsv.Row> own = new ArrayList<>();
      for (Own part : parts) {
        if (i >= part.course.rows().size()) {
          differences.add(where + file, "there (expected: in each of " + BY + ")");
          return;
        }
        own.add(part.course.rows().get(i));
      }
      same(file, "offered", row.offered(), own.stream().mapToLong(r -> r.offered()).sum(), BY);
      same(
          file,
          "outcomes",
          row.outcomes(),
          added(own.stream().map(r -> r.outcomes()).toList()),
          BY);
      row.belowMicros()
          .forEach(
              (bound, count) ->
                  same(
                      file,
                      "admitted_below_" + bound + "_micros",
                      count,
                      own.stream().mapToLong(r -> r.belowMicros().getOrDefault(bound, 0L)).sum(),
                      BY));
      Latency admitted = latency(part -> part.more.get(PartLog.row(number)));
      same(file, "admitted", row.admitted(), admitted.count(), PartLog.FILE);
      same(file, "admitted_p50_micros", row.p50Micros(), admitted.p50(), PartLog.FILE);
      same(file, "admitted_p99_micros", row.p99Micros(), admitted.p99(), PartLog.FILE);
    }
  }

  /** How well all of them did together. */
  private void generator(ClientCsv course) {
    Generator found = all.generator();
    Latency late = latency(own -> own.more.get(PartLog.LATENESS));
    json("generator.lateness.p50Micros", found.lateness().p50Micros(), late.p50());
    json("generator.lateness.p99Micros", found.lateness().p99Micros(), late.p99());
    long latest =
        parts.stream().mapToLong(o -> o.result.generator().lateness().maxMicros()).max().orElse(0);
    json("generator.lateness.maxMicros", found.lateness().maxMicros(), latest);
    json("generator.minStartRatio", found.minStartRatio(), minStartRatio(course));
    json("generator.cpuShare", found.cpuShare(), most(Generator::cpuShare));
    json(
        "generator.worstSecondCpuShare",
        found.worstSecondCpuShare(),
        most(Generator::worstSecondCpuShare));
    json("generator.gcMillis", (double) found.gcMillis(), most(Generator::gcMillis));
    json(
        "generator.worstSecondGcMillis",
        (double) found.worstSecondGcMillis(),
        most(Generator::worstSecondGcMillis));
  }

  /** By the rows of each whole second. */
  private double minStartRatio(ClientCsv course) {
    int rowsPerSecond = 1_000 / ClientCsv.ROW_MILLIS;
    double worst = 1;
    int whole = (int) (all.job().loadProfile().seconds() + ROUNDING);
    for (int second = (int) Math.ceil(all.job().leadInSeconds() - ROUNDING);
        second < Math.min(whole, course.rows().size() / rowsPerSecond);
        second++) {
      int now = second;
      long offered =
          course.rows().subList(second * rowsPerSecond, (second + 1) * rowsPerSecond).stream()
              .mapToLong(ClientCsv.Row::offered)
              .sum();
      long started = sum(own -> started(own.counts.startsPerSecond(), now));
      worst = offered == 0 ? worst : Math.min(worst, (double) started / offered);
    }
    return worst;
  }

  private static long started(List<Integer> perSecond, int second) {
    return second < perSecond.size() ? perSecond.get(second) : 0;
  }

  private Latency latency(Function<Own, @Nullable Histogram> of) {
    return Percentiles.of(parts.stream().map(of).filter(Objects::nonNull).toList());
  }

  private Outcomes outcomes(Function<Own, Outcomes> of) {
    return added(parts.stream().map(of).toList());
  }

  private static Outcomes added(List<Outcomes> each) {
    return new Outcomes(
        each.stream().mapToLong(Outcomes::good).sum(),
        each.stream().mapToLong(Outcomes::late).sum(),
        each.stream().mapToLong(Outcomes::shed).sum(),
        each.stream().mapToLong(Outcomes::other).sum(),
        each.stream().mapToLong(Outcomes::timeout).sum(),
        each.stream().mapToLong(Outcomes::transport).sum());
  }

  private long sum(ToLongFunction<Own> of) {
    return parts.stream().mapToLong(of).sum();
  }

  private double most(ToDoubleFunction<Generator> of) {
    return parts.stream().map(own -> own.result.generator()).mapToDouble(of).max().orElse(0);
  }

  private void json(String key, Object found, Object expected) {
    same(LoadResult.FILE, key, found, expected, BY);
  }

  private void same(String file, String key, Object found, Object expected, String by) {
    differences.same(where + file, key, found, expected, by);
  }
}
