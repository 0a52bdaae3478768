package shedlab.bench.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.experiment.OwnStrategy;
import shedlab.bench.experiment.Plan;
import shedlab.bench.run.Goal;
import shedlab.bench.setting.FleetKeys;
import shedlab.bench.simulation.SimulatedServer;
import shedlab.report.pair.Pair;
import shedlab.report.pair.Pairs;
import shedlab.report.pair.Precision;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.statistics.Power;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/** What a run says before its first second and after its last. */
public final class Announcement {
  /** How cells of a kind scattered in earlier runs; a run's own twins say what it was in it. */
  private static final double USUAL_NOISE = 0.03;

  private Announcement() {}

  /**
   * What will be measured, where, how long, and what it can tell.
   *
   * @param injectors what plays the load
   */
  public static List<String> before(
      Plan whole, Goal goal, RunFiles files, String host, String injectors) {
    Manifest manifest = files.manifest();
    Plan plan = goal.plan();
    int done = files.finalCells().size();
    List<String> lines = new ArrayList<>();
    lines.add(manifest.purpose().question());
    lines.add(
        "  profile     "
            + manifest.purpose().profile()
            + (manifest.purpose().evidence() ? "" : " (not evidence)"));
    lines.add("  servers     " + String.join(", ", manifest.grid().servers()));
    manifest
        .grid()
        .strategies()
        .forEach(strategy -> lines.add("  strategy    " + strategy + ofTargets(plan, strategy)));
    plan.leftOut().forEach(pair -> lines.add("  left out    " + pair));
    lines.add("  loads       " + manifest.grid().loads() + " times the measured capacity");
    manifest.grid().variants().stream()
        .filter(variant -> !variant.name().isEmpty())
        .forEach(v -> lines.add("  variant     " + v.name() + " " + v.settings()));
    recordings(plan.experiment()).forEach(line -> lines.add("  arrivals    " + line));
    resolves(whole, manifest).forEach(line -> lines.add("  resolves    " + line));
    lines.add(
        String.format(
            "  host        %s, server on CPU %s, injector on CPU %s%s",
            host,
            manifest.setUp().serverCpus(),
            manifest.setUp().injectorCpus(),
            !manifest.setUp().onMachines()
                    && manifest.setUp().serverCpus().equals(manifest.setUp().injectorCpus())
                ? " (the same: not evidence)"
                : ""));
    lines.add("  load        " + injectors);
    fleets(plan).forEach(line -> lines.add("  fleet       " + line));
    lines.add(
        String.format(
            "  cells       %s%d%s, about %s min%s",
            precise(whole) ? "at least " : "",
            plan.size(),
            done == 0 ? "" : " (" + done + " already measured)",
            ConsoleProgress.minutes(plan.estimate(done)),
            precise(whole) ? "; at most " + ConsoleProgress.minutes(goal.budget()) + " min" : ""));
    lines.addAll(forecast(plan));
    lines.add("  results     " + files.folder());
    return lines;
  }

  /** What stands in the place of a server, and what it means that there is one machine. */
  private static List<String> fleets(Plan plan) {
    return plan.experiment().variants().stream()
        .flatMap(v -> plan.experiment().of(v.name()).get(FleetKeys.FLEET).stream())
        .distinct()
        .map(
            fleet ->
                fleet
                    + (fleet.divides(plan.cpus())
                        ? ": " + Prose.count(fleet.coresOfEach(plan.cpus()), "CPU") + " for each"
                        : ": they share the server's CPUs; while one is killed, a neighbour takes"
                            + " its part"))
        .toList();
  }

  /** Whose own strategy it is; empty for one of ours. */
  private static String ofTargets(Plan plan, String strategy) {
    return OwnStrategy.is(strategy)
        ? plan.groups().stream()
            .flatMap(group -> group.cells().stream())
            .filter(cell -> cell.strategy().equals(strategy))
            .map(Cell::server)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", ", " of ", ""))
        : "";
  }

  /** What is known of each recording of arrivals that an experiment plays. */
  public static List<String> recordings(Experiment experiment) {
    return experiment.arrivals().stream()
        .flatMap(arrivals -> arrivals.trace().stream())
        .map(
            trace ->
                String.format(
                    "%s%s in %s s, of %s",
                    Prose.count(trace.size(), "request"),
                    trace.isSized() ? " with sizes" : "",
                    Numbers.fixed(trace.seconds(), 1),
                    trace.origin()))
        .toList();
  }

  /** The simulated answer, to read while the measured one takes its time. */
  private static List<String> forecast(Plan plan) {
    Map<String, Map<Double, Double>> shares = SimulatedServer.forecast(plan);
    if (shares.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("  forecast    goodput on a simulated server, in % of the capacity:");
    shares.forEach(
        (strategy, byLoad) ->
            lines.add(
                byLoad.entrySet().stream()
                    .map(
                        e ->
                            String.format(
                                "%6s %7s",
                                Numbers.load(e.getKey()), Numbers.wholePercent(e.getValue())))
                    .collect(Collectors.joining(" ", "              ", "   " + strategy))));
    return lines;
  }

  private static boolean precise(Plan plan) {
    return plan.experiment().precision().isPresent();
  }

  private static List<String> resolves(Plan plan, Manifest manifest) {
    if (manifest.grid().reference().isEmpty()) {
      return List.of();
    }
    if (precise(plan)) {
      return List.of(
          "differences of "
              + Numbers.percentAbove(Precision.of(manifest).share())
              + " or more: goes on until it does");
    }
    int repeats = manifest.grid().repeats();
    double least =
        Math.max(new Power(repeats, USUAL_NOISE).detectable(), Precision.of(manifest).share());
    return repeats < Pairs.LEAST_BLOCKS
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "differences of %.0f %% or more, if cells of a kind scatter by %.0f %%",
                100 * least,
                100 * USUAL_NOISE));
  }

  /** Which pairs a run with a precision has not settled, and how long that would take. */
  public static List<String> after(Goal goal) {
    List<Pair> open = goal.open();
    if (open.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    for (Pair pair : open) {
      lines.add(
          String.format(
              "not settled within the budget: %s and %s on %s at %s: %s",
              pair.side().strategy(),
              pair.against(),
              pair.side().server(),
              Numbers.load(pair.side().load()),
              pair.claim().why()));
    }
    lines.add(
        Prose.count(open.size(), "pair")
            + (open.size() == 1 ? " needs" : " need")
            + " about "
            + ConsoleProgress.minutes(goal.needed())
            + " min more");
    return lines;
  }
}
