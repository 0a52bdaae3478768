package shedlab.simulation.golden;

import static shedlab.simulation.golden.SurveyRows.ROWS;
import static shedlab.simulation.golden.SurveyRows.UNKNOWN;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import shedlab.load.ArrivalProcess;
import shedlab.load.DrawnRequests;
import shedlab.load.LoadProfile;
import shedlab.load.LoadProfile.Segment;
import shedlab.load.ServiceLaw;
import shedlab.simulation.Simulation;
import shedlab.simulation.golden.SurveyRows.Figures;
import shedlab.simulation.golden.SurveyRows.Row;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.result.Interval;
import shedlab.simulation.result.Result;
import shedlab.strategy.Strategies;

/**
 * The figures of an earlier survey of shedding strategies, whose author had re-implemented them all
 * in one simple simulator, beside ours for the same model: 4 cores, 10 ms of work, all admitted
 * requests share the cores equally, 0.1 ms of CPU for a refusal, in time within 100 ms, of 60 s the
 * first 20 are not measured.
 */
final class Survey {
  /** Beyond these a difference needs an explanation. */
  static final double GOODPUT_TOLERANCE = 0.03;

  static final double SHED_TOLERANCE = 0.03;

  private static final double CAPACITY = 400;
  private static final int TASK_UNITS = 10_000;

  /** Seconds before, during and after the overload of the step, each. */
  private static final int STEP_SECONDS = 30;

  private record Load(String title, double factor, String law) {}

  /** A row, simulated once with each seed. */
  private record Ran(Row row, List<Result> results) {}

  private static final List<Load> LOADS =
      List.of(
          new Load("2x, deterministic", 2, "deterministic"),
          new Load("2x, exponential", 2, "exponential"),
          new Load("1.2x, exponential", 1.2, "exponential"),
          new Load("0.9x, exponential", 0.9, "exponential"));

  private final int seeds;
  private final int every;
  private final StringBuilder text = new StringBuilder();
  private final SortedSet<String> differing = new TreeSet<>();
  private int tables;

  /**
   * Simulates it with the seeds from 1 to this.
   *
   * @param every 1 for all rows of all tables; n for each row in only one of n tables
   */
  Survey(int seeds, int every) {
    this.seeds = seeds;
    this.every = every;
    LOADS.forEach(this::table);
    stepTable();
  }

  /** Markdown. */
  @Override
  public String toString() {
    return text.toString();
  }

  /** The names of the rows whose difference exceeds a tolerance. */
  SortedSet<String> differing() {
    return differing;
  }

  private void table(Load load) {
    text.append("\n### ").append(load.title()).append("\n\n");
    text.append("| strategy | goodput: theirs | ours | difference ");
    text.append("| shed %: theirs | ours | difference ");
    text.append("| p99 ms: theirs | ours | limit: theirs | ours |\n");
    text.append("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    LoadProfile profile = LoadProfile.constant(load.factor() * CAPACITY, 60);
    for (Ran ran : simulate(profile, load.law(), Survey::plateau)) {
      Row row = ran.row();
      List<Result> ours = ran.results();
      Figures theirs = row.theirs().get(LOADS.indexOf(load));
      Spread goodput = Spread.of(ours, r -> r.goodputPerSecond() / CAPACITY);
      Spread shed = Spread.of(ours, r -> r.requests().shedShare());
      Spread p99 = Spread.of(ours, Survey::p99Millis);
      Spread limit = Spread.of(ours, Result::meanLimit);
      double more = goodput.mean() - theirs.goodput();
      double moreShed = shed.mean() - theirs.shed();
      if (Math.abs(more) > GOODPUT_TOLERANCE || Math.abs(moreShed) > SHED_TOLERANCE) {
        differing.add(row.name());
      }
      line(
          row.name(),
          Decimal.of(theirs.goodput(), 3),
          goodput.text(1, 3),
          marked(more, GOODPUT_TOLERANCE, Decimal.of(more, 3)),
          Decimal.percent(theirs.shed()),
          shed.text(100, 1),
          marked(moreShed, SHED_TOLERANCE, Decimal.percent(moreShed)),
          Decimal.of(theirs.p99Millis(), 0),
          Decimal.of(p99.mean(), 0),
          Decimal.of(theirs.limit(), 1),
          Decimal.of(limit.mean(), 1));
    }
  }

  private void stepTable() {
    text.append("\n### Step 0.5x, 2x, 0.5x, exponential\n\n");
    text.append("| strategy | s until 95 % in time: theirs | ours | s to drain |\n");
    text.append("|---|---:|---:|---:|\n");
    Segment calm = new Segment(0.5 * CAPACITY, STEP_SECONDS);
    Segment overload = new Segment(2 * CAPACITY, STEP_SECONDS);
    LoadProfile profile = new LoadProfile(List.of(calm, overload, calm));
    for (Ran ran : simulate(profile, "exponential", Survey::step)) {
      Row row = ran.row();
      List<Result> ours = ran.results();
      double ends = 2 * STEP_SECONDS;
      line(
          row.name(),
          seconds(row.settleSeconds(), STEP_SECONDS),
          range(ours, STEP_SECONDS, ends),
          range(ours, ends, ends + STEP_SECONDS));
    }
  }

  /** The rows of the next table with every seed, on all cores. */
  private List<Ran> simulate(LoadProfile profile, String text, UnaryOperator<Simulation> details) {
    ServiceLaw law = ServiceLaw.parse(text, TASK_UNITS);
    List<DrawnRequests> requests =
        LongStream.rangeClosed(1, seeds)
            .mapToObj(seed -> DrawnRequests.of(ArrivalProcess.poisson(), profile, law, seed))
            .toList();
    int table = tables++;
    return IntStream.range(0, ROWS.size())
        .filter(i -> i % every == table % every)
        .mapToObj(ROWS::get)
        .parallel()
        .map(
            row ->
                new Ran(
                    row,
                    requests.stream()
                        .map(
                            each ->
                                details
                                    .apply(simulation(row, law).load(profile).requests(each))
                                    .run())
                        .toList()))
        .toList();
  }

  private void line(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String marked(double difference, double tolerance, String text) {
    return Math.abs(difference) > tolerance ? "**" + text + "**" : text;
  }

  private static Simulation plateau(Simulation simulation) {
    return simulation.leadIn(Duration.ofSeconds(20));
  }

  private static Simulation step(Simulation simulation) {
    return simulation.interval(Duration.ofSeconds(1));
  }

  private static Simulation simulation(Row row, ServiceLaw law) {
    ServerModel server =
        ServerModel.of(4).processorSharing().withRejectCost(Duration.ofNanos(100_000));
    return Simulation.of(Strategies.builtIn().parse(row.strategy()), server, law)
        .deadline(Duration.ofMillis(100));
  }

  private static double p99Millis(Result result) {
    return result.admittedLatency().count() == 0 ? UNKNOWN : result.admittedLatency().p99() / 1e6;
  }

  /** The least and greatest time, over the seeds, after which 95 % of completions stay in time. */
  private static String range(List<Result> results, double from, double to) {
    double[] times = results.stream().mapToDouble(r -> settled(r, from, to)).sorted().toArray();
    String least = seconds(times[0], to - from);
    String greatest = seconds(times[times.length - 1], to - from);
    return least.equals(greatest) ? least : least + " to " + greatest;
  }

  private static double settled(Result result, double from, double to) {
    double settled = from;
    for (Interval i : result.series()) {
      boolean late = i.late() > 0.05 * (i.good() + i.late());
      if (late && i.startSeconds() >= from && i.startSeconds() < to) {
        settled = i.startSeconds() + i.seconds();
      }
    }
    return settled - from;
  }

  private static String seconds(double value, double never) {
    return value >= never ? "never" : Decimal.of(value, 0);
  }

  /** Over the seeds. */
  private record Spread(double mean, double least, double greatest) {
    static Spread of(List<Result> results, ToDoubleFunction<Result> figure) {
      double[] values = results.stream().mapToDouble(figure).sorted().toArray();
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      return new Spread(sum / values.length, values[0], values[values.length - 1]);
    }

    String text(double scale, int digits) {
      return Decimal.of(scale * mean, digits)
          + " ("
          + Decimal.of(scale * least, digits)
          + " to "
          + Decimal.of(scale * greatest, digits)
          + ")";
    }
  }
}
