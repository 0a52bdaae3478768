package shedlab.report.merge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import shedlab.report.clock.ClockOffset;
import shedlab.report.raw.ClientCsv;
import shedlab.report.raw.LatencyLog;
import shedlab.report.raw.LatencyLog.Kind;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.LoadResult.Generator;
import shedlab.report.raw.LoadResult.Lateness;
import shedlab.report.raw.PartLog;
import shedlab.report.raw.SchedulePart;
import shedlab.report.result.Attempts;
import shedlab.report.result.Latency;
import shedlab.report.result.Outcomes;
import shedlab.report.result.TenantResult;

/**
 * Adds up what several load generators have recorded of one job: counts as counts, response times
 * as histograms. The percentiles are those of all requests, as one generator would have recorded
 * them; only a silence is known to whole milliseconds.
 */
public final class Merge {
  private static final int DIGITS = 3;
  private static final long SECOND = 1_000_000_000;
  private static final String SILENCE = "longest_silence_ms";

  private final LoadJob job;
  private final List<Played> parts;

  private Merge(LoadJob job, List<Played> parts) {
    this.job = job;
    this.parts = parts;
  }

  /**
   * Clocks of one load generator beside the runner's.
   *
   * @param before when it was told its start
   * @param after when the load had ended
   */
  public record Clocks(ClockOffset before, ClockOffset after) {}

  /**
   * Merges the files that the generators have left in their folders, and writes those of all beside
   * them.
   *
   * @param folder of the cell
   * @param job the whole one, with its recording
   * @param zeroEpochMicros wall-clock time of the schedule's zero
   * @param clocks of each generator, in the order of their parts
   * @throws IOException that names file and line, if a file is not what it should be
   */
  public static LoadResult in(Path folder, LoadJob job, long zeroEpochMicros, List<Clocks> clocks)
      throws IOException {
    List<Played> parts = new ArrayList<>();
    for (int number = 1; number <= clocks.size(); number++) {
      parts.add(Played.read(folder.resolve(new SchedulePart(number, clocks.size()).folder())));
    }
    Merge merge = new Merge(job, parts);
    LoadResult result = merge.result(zeroEpochMicros, clocks);
    result.write(folder);
    merge.course().write(folder);
    long from = zeroEpochMicros / 1_000 + (long) (job.leadInSeconds() * 1_000);
    LatencyLog.write(
        folder, merge.latencies(), from, from + (long) (result.window().seconds() * 1_000));
    return result;
  }

  private LoadResult result(long zeroEpochMicros, List<Clocks> clocks) {
    List<LoadResult.Member> members = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      LoadResult own = parts.get(i).result();
      members.add(
          new LoadResult.Member(
              own.whole(), own.generator(), clocks.get(i).before(), clocks.get(i).after()));
    }
    return LoadResult.of(job.named(), zeroEpochMicros, whole(), window(), generator(), gatling())
        .by(List.copyOf(members));
  }

  private LoadResult.Whole whole() {
    return new LoadResult.Whole(
        outcomes(part -> part.result().whole().outcomes()),
        sum(part -> part.result().whole().intended()),
        sum(part -> part.result().whole().started()),
        sum(part -> part.result().whole().duplicates()),
        attempts(part -> part.result().whole().attempts()));
  }

  private LoadResult.Window window() {
    Map<Kind, Histogram> latencies = latencies();
    return new LoadResult.Window(
        first().window().seconds(),
        outcomes(part -> part.result().window().outcomes()),
        attempts(part -> part.result().window().attempts()),
        tenants(),
        latency(latencies, Kind.ADMITTED),
        latency(latencies, Kind.SHED),
        latency(latencies, Kind.FAILED),
        Latency.of(micros(PartLog.UNCORRECTED_ADMITTED)),
        Latency.of(micros(PartLog.UNCORRECTED_SHED)),
        figures());
  }

  private static Latency latency(Map<Kind, Histogram> latencies, Kind kind) {
    Histogram micros = latencies.get(kind);
    return micros == null ? Latency.NONE : Latency.of(micros);
  }

  private List<TenantResult> tenants() {
    List<TenantResult> results = new ArrayList<>();
    List<TenantResult> first = first().window().tenants();
    for (int k = 0; k < first.size(); k++) {
      int kind = k;
      results.add(
          new TenantResult(
              first.get(k).name(),
              first.get(k).urgency(),
              outcomes(part -> part.result().window().tenants().get(kind).outcomes()),
              Latency.of(micros(PartLog.admittedOf(k))),
              Latency.of(micros(PartLog.shedOf(k)))));
    }
    return List.copyOf(results);
  }

  private Map<String, Double> figures() {
    return first().window().figures().containsKey(SILENCE)
        ? new TreeMap<>(Map.of(SILENCE, (double) longestSilenceMillis()))
        : new TreeMap<>();
  }

  /** The most milliseconds on end in which no request of any generator ended. */
  private long longestSilenceMillis() {
    BitSet ends = new BitSet();
    parts.forEach(part -> ends.or(part.counts().endedMillis()));
    int length = (int) Math.round(first().window().seconds() * 1_000);
    int longest = 0;
    for (int from = ends.nextClearBit(0); from < length; from = ends.nextClearBit(from)) {
      int next = ends.nextSetBit(from);
      int to = next < 0 ? length : next;
      longest = Math.max(longest, to - from);
      from = to;
    }
    return longest;
  }

  private Generator generator() {
    Histogram late = micros(PartLog.LATENESS);
    return new Generator(
        new Lateness(
            late.getValueAtPercentile(50),
            late.getValueAtPercentile(99),
            most(part -> part.result().generator().lateness().maxMicros())),
        minStartRatio(),
        worst(Generator::cpuShare),
        most(part -> part.result().generator().gcMillis()),
        worst(Generator::worstSecondCpuShare),
        most(part -> part.result().generator().worstSecondGcMillis()));
  }

  /** Of the worst whole second of the window, in which all generators are taken together. */
  private double minStartRatio() {
    int[] intended = job.schedule().countsPer(SECOND);
    int first = (int) Math.ceil(job.leadInSeconds());
    double worst = 1;
    for (int second = first; second < (int) job.loadProfile().seconds(); second++) {
      int s = second;
      long started = sum(part -> part.counts().startsPerSecond().get(s));
      if (intended[second] > 0) {
        worst = Math.min(worst, (double) started / intended[second]);
      }
    }
    return worst;
  }

  private LoadResult.Gatling gatling() {
    return new LoadResult.Gatling(
        sum(part -> part.result().gatling().ok()),
        sum(part -> part.result().gatling().ko()),
        counts(part -> part.result().gatling().koMessages()),
        counts(part -> part.result().gatling().errors()));
  }

  /** {@code client.csv} of all. */
  private ClientCsv course() {
    List<ClientCsv.Row> rows = new ArrayList<>();
    for (int i = 0; i < parts.get(0).course().rows().size(); i++) {
      int number = i;
      Histogram admitted = micros(PartLog.row(i));
      boolean any = admitted.getTotalCount() > 0;
      TreeMap<Long, Long> below = new TreeMap<>();
      parts.forEach(
          part ->
              part.course()
                  .rows()
                  .get(number)
                  .belowMicros()
                  .forEach((bound, count) -> below.merge(bound, count, Long::sum)));
      rows.add(
          new ClientCsv.Row(
              parts.get(0).course().rows().get(i).second(),
              sum(part -> part.course().rows().get(number).offered()),
              outcomes(part -> part.course().rows().get(number).outcomes()),
              any ? admitted.getValueAtPercentile(50) : 0,
              any ? admitted.getValueAtPercentile(99) : 0,
              below));
    }
    return new ClientCsv(List.copyOf(rows));
  }

  /** {@code latency.hlog} of all; a kind that nobody has is missing. */
  private Map<Kind, Histogram> latencies() {
    Map<Kind, Histogram> all = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      Histogram micros = added(part -> part.latencies().get(kind));
      if (micros.getTotalCount() > 0 || kind == Kind.ADMITTED) { // a file is never empty
        all.put(kind, micros);
      }
    }
    return all;
  }

  private Histogram micros(String name) {
    return added(part -> part.more().get(name));
  }

  private Histogram added(Function<Played, @Nullable Histogram> of) {
    Histogram sum = new Histogram(DIGITS);
    for (Played part : parts) {
      Histogram own = of.apply(part);
      if (own != null) {
        sum.add(own);
      }
    }
    return sum;
  }

  private LoadResult first() {
    return parts.get(0).result();
  }

  private Outcomes outcomes(Function<Played, Outcomes> of) {
    return parts.stream().map(of).reduce(Outcomes.NONE, Outcomes::plus);
  }

  private Attempts attempts(Function<Played, Attempts> of) {
    return parts.stream().map(of).reduce(Attempts.NONE, Attempts::plus);
  }

  private Map<String, Long> counts(Function<Played, Map<String, Long>> of) {
    Map<String, Long> all = new TreeMap<>();
    parts.forEach(part -> of.apply(part).forEach((key, n) -> all.merge(key, n, Long::sum)));
    return all;
  }

  private long sum(ToLongFunction<Played> of) {
    return parts.stream().mapToLong(of).sum();
  }

  private long most(ToLongFunction<Played> of) {
    return parts.stream().mapToLong(of).max().orElse(0);
  }

  private double worst(ToDoubleFunction<Generator> of) {
    return parts.stream().map(part -> part.result().generator()).mapToDouble(of).max().orElse(0);
  }
}
