package shedlab.bench.league;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.bench.simulation.SimulatedLoad;
import shedlab.report.league.Contender;
import shedlab.report.metastable.MapPoint;
import shedlab.report.metastable.Service;
import shedlab.report.statistics.Median;
import shedlab.simulation.model.CapacityDrop;
import shedlab.simulation.result.Interval;
import shedlab.strategy.Strategy;

/**
 * A contender under one load and one retry policy, with triggers of several lengths.
 *
 * @param undisturbed without a trigger
 * @param triggered the same with one each, shortest first
 * @param content digest of all of that
 */
record TriggerSeries(
    Contender contender, Situation undisturbed, List<Situation> triggered, String content) {
  /** How long after its trigger a service may come back. */
  static final int PATIENCE_SECONDS = 60;

  private static final Duration ROW = Duration.ofMillis(1_000 / Recovery.PER_SECOND);

  /** If so many seeds agree, no more are simulated. */
  private static final int AGREEING_SEEDS = 4;

  /** Most services that come back do so at once: only the others are simulated to the end. */
  private static final int FIRST_LOOK_SECONDS = 3;

  /**
   * A point for each situation, the undisturbed first. Once no seed comes back, and none does after
   * the longest trigger either, the triggers between are not simulated: they have the same result,
   * of no seeds.
   */
  List<MapPoint> play() {
    Map<Long, List<Interval>> twins = new HashMap<>();
    List<MapPoint> points = new ArrayList<>();
    points.add(point(undisturbed, twins));
    int last = triggered.size() - 1;
    for (int i = 0; i <= last; i++) {
      MapPoint point = point(triggered.get(i), twins);
      points.add(point);
      if (point.recovered() == 0 && i < last - 1) {
        MapPoint longest = point(triggered.get(last), twins);
        if (longest.recovered() == 0) {
          triggered.subList(i + 1, last).forEach(each -> points.add(point(each, List.of(), 0)));
          points.add(longest);
          break;
        }
      }
    }
    return points;
  }

  private MapPoint point(Situation situation, Map<Long, List<Interval>> twins) {
    List<Double> seconds = new ArrayList<>();
    int seeds = 0;
    for (long seed : situation.seedValues().toArray()) {
      if (seeds == AGREEING_SEEDS && (seconds.isEmpty() || seconds.size() == seeds)) {
        break;
      }
      seeds++;
      List<Interval> twin = twins.computeIfAbsent(seed, s -> course(undisturbed, s, longest()));
      recovery(situation, seed, twin).ifPresent(seconds::add);
    }
    return point(situation, seconds, seeds);
  }

  private MapPoint point(Situation situation, List<Double> seconds, int seeds) {
    return new MapPoint(
        service(),
        contender.name(),
        undisturbed.written(contender.template()),
        situation.load().load(),
        situation.load().settings().get(Schema.RETRY).text(),
        length(situation).toMillis() / 1e3,
        seeds == 0 ? 0 : (double) seconds.size() / seeds,
        Median.ofFinite(seconds.stream().mapToDouble(s -> s)),
        seeds,
        content);
  }

  /**
   * Without a trigger, a service is back at once if it works for the whole minute. One that does
   * not is not back after a trigger either.
   */
  private OptionalDouble recovery(Situation situation, long seed, List<Interval> twin) {
    Recovery calm = judged(twin, twin, end(undisturbed));
    if (!calm.holds(0, PATIENCE_SECONDS)) {
      return OptionalDouble.empty();
    }
    if (situation.equals(undisturbed)) {
      return OptionalDouble.of(0);
    }
    int shortest = FIRST_LOOK_SECONDS + Recovery.STAYS_SECONDS;
    OptionalDouble soon =
        judged(course(situation, seed, shortest), twin, end(situation)).seconds(FIRST_LOOK_SECONDS);
    int whole = PATIENCE_SECONDS + Recovery.STAYS_SECONDS;
    return soon.isPresent()
        ? soon
        : judged(course(situation, seed, whole), twin, end(situation)).seconds(PATIENCE_SECONDS);
  }

  private static Recovery judged(List<Interval> run, List<Interval> twin, int from) {
    return new Recovery(
        rows(run, from, run.size(), Interval::good),
        rows(twin, from, run.size(), Interval::good),
        rows(twin, from, run.size(), Interval::offered));
  }

  private static long[] rows(
      List<Interval> course, int from, int to, ToLongFunction<Interval> count) {
    return course.subList(from, to).stream().mapToLong(count).toArray();
  }

  /** Until so many seconds after the end of the situation's trigger. */
  private List<Interval> course(Situation situation, long seed, int secondsAfter) {
    SimulatedLoad load = situation.load();
    Duration window = at().plus(length(situation)).plusSeconds(secondsAfter + 1);
    Settings shorter = load.settings().with(Map.of(Schema.MEASURE.key(), window.toSeconds() + "s"));
    Strategy strategy = situation.strategy(contender.template());
    return load.with(shorter).simulation(strategy, seed).interval(ROW).run().series();
  }

  /** How long the undisturbed run must be, to be a twin of all others. */
  private int longest() {
    long most = triggered.stream().mapToLong(each -> length(each).toSeconds()).max().orElse(0);
    return (int) most + 1 + PATIENCE_SECONDS + Recovery.STAYS_SECONDS;
  }

  /** The row with which the trigger is over. */
  private int end(Situation situation) {
    Duration end =
        situation.load().settings().get(Schema.LEAD_IN).plus(at()).plus(length(situation));
    return (int) (end.toMillis() / ROW.toMillis());
  }

  private CapacityDrop trigger(Situation situation) {
    return situation.load().settings().get(Schema.CAPACITY_DROP).orElseThrow();
  }

  /** When a trigger begins, from the window's beginning. */
  private Duration at() {
    return triggered.isEmpty() ? Duration.ZERO : trigger(triggered.get(0)).at();
  }

  private Duration length(Situation situation) {
    return situation.equals(undisturbed) ? Duration.ZERO : trigger(situation).length();
  }

  private Service service() {
    Settings settings = undisturbed.load().settings();
    return new Service(
        undisturbed.load().cores(),
        settings.get(Schema.TASK).toNanos() / 1e6,
        settings.get(Schema.SERVICE_LAW),
        settings.get(Schema.DEADLINE).toNanos() / 1e6,
        settings.get(Schema.TIMEOUT).toNanos() / 1e6,
        triggered.isEmpty() ? 1 : trigger(triggered.get(0)).left());
  }
}
