package shedlab.report.figure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import shedlab.load.ArrivalProcess;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary;
import shedlab.report.raw.Recordings;
import shedlab.report.result.CpuList;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.text.StrategyNames;
import shedlab.simulation.Simulation;
import shedlab.simulation.model.CapacityDrop;
import shedlab.simulation.model.ClientModel;
import shedlab.simulation.model.FleetModel;
import shedlab.simulation.model.Incident;
import shedlab.simulation.model.Kill;
import shedlab.simulation.model.Retry;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.model.Slowdown;
import shedlab.simulation.model.Tenant;
import shedlab.simulation.result.Interval;
import shedlab.simulation.result.Result;
import shedlab.spec.Parameter;
import shedlab.spec.SpecException;
import shedlab.strategy.Strategies;
import shedlab.strategy.Strategy;

/**
 * What the static strategies of a run do on a simulated server of the same capacity: as many cores
 * and workers, clients that behave the same, the same drop of capacity or killed server of a fleet,
 * refusals for nothing, no HTTP. Where experiment and simulation part, one of them leaves something
 * out.
 *
 * <p>Empty for a run that was simulated itself, or whose load changes.
 */
public final class SimulatedCurves {
  /**
   * A simulated point for a measured row.
   *
   * @param goodputShare of the capacity
   * @param shedShare of the requests
   */
  public record Point(Summary.Row row, double goodputShare, double shedShare, long p99Micros) {}

  /** Simulated requests for a whole report: well below a second of CPU time. */
  private static final double BUDGET = 200_000;

  private static final double LONGEST_SECONDS = 60;
  private static final double SHORTEST_SECONDS = 5;
  private static final double LEAD_IN_SECONDS = 3;

  /** Of a course: one alone is rough. */
  private static final int RUNS = 5;

  private static final String WORKERS = "workers-per-cpu";
  private static final Strategies KNOWN = Strategies.builtIn();

  private final RunFiles run;
  private final Manifest plan;

  private SimulatedCurves(RunFiles run) {
    this.run = run;
    this.plan = run.manifest();
  }

  /**
   * The points, in the order of the rows.
   *
   * @throws IOException if a recording of the run's arrivals is not in its folder
   */
  public static List<Point> of(RunFiles run, Summary summary) throws IOException {
    Manifest plan = run.manifest();
    if (plan.setUp().simulated() || !plan.plateau()) {
      return List.of();
    }
    List<Summary.Row> rows =
        summary.rows().stream()
            .filter(r -> r.hasFigures() && r.get(Metric.CAPACITY) > 0)
            .filter(r -> StrategyNames.composition(r.strategy()).learnsNothing())
            .toList();
    double perSecond = rows.stream().mapToDouble(r -> r.load() * r.get(Metric.CAPACITY)).sum();
    double seconds = Math.max(SHORTEST_SECONDS, Math.min(LONGEST_SECONDS, BUDGET / perSecond));
    var curves = new SimulatedCurves(run);
    var points = new ArrayList<Point>();
    for (Summary.Row row : rows) {
      curves.simulated(row, Math.floor(seconds)).ifPresent(points::add);
    }
    return List.copyOf(points);
  }

  /** A strategy of a plugin, or settings of an older edition, give no point. */
  private Optional<Point> simulated(Summary.Row row, double seconds) throws IOException {
    Map<String, String> settings = plan.settings(row.variant());
    Optional<ArrivalProcess> arrivals =
        Recordings.arrivals(run.folder(), settings.getOrDefault("arrivals", "poisson"));
    try {
      return arrivals.map(process -> point(row, settings, process, seconds));
    } catch (SpecException e) {
      return Optional.empty();
    }
  }

  /**
   * The goodput of a row over the window, as a share of the capacity, in slots of so many seconds:
   * the mean of some runs. It counts when an answer comes. Empty for a run that was simulated
   * itself, and for a strategy that is not known here.
   *
   * @throws IOException if a recording of the run's arrivals is not in its folder
   */
  public static List<Double> course(RunFiles run, Summary.Row row, double slotSeconds)
      throws IOException {
    Manifest plan = run.manifest();
    Map<String, String> settings = plan.settings(row.variant());
    Optional<ArrivalProcess> arrivals =
        Recordings.arrivals(run.folder(), settings.getOrDefault("arrivals", "poisson"));
    if (plan.setUp().simulated() || !plan.plateau() || arrivals.isEmpty()) {
      return List.of();
    }
    double[] shares = new double[(int) Math.round(plan.load().measureSeconds() / slotSeconds)];
    try {
      for (int i = 0; i < RUNS; i++) {
        Simulated simulated =
            new SimulatedCurves(run).of(row, settings, arrivals.get(), LONGEST_SECONDS);
        Result result =
            simulated
                .simulation
                .seed(plan.seed() + i)
                .interval(Duration.ofNanos(Math.round(slotSeconds * 1e9)))
                .run();
        for (Interval interval : result.series()) {
          double second = interval.startSeconds() - plan.load().leadInSeconds();
          int slot = (int) Math.floor(second / slotSeconds + 1e-9);
          if (slot >= 0 && slot < shares.length) {
            shares[slot] += interval.good() / slotSeconds / simulated.capacity / RUNS;
          }
        }
      }
    } catch (SpecException e) {
      return List.of();
    }
    return DoubleStream.of(shares).boxed().toList();
  }

  private Point point(
      Summary.Row row, Map<String, String> settings, ArrivalProcess arrivals, double seconds) {
    Simulated simulated = of(row, settings, arrivals, seconds);
    Result result = simulated.simulation.run();
    double offered = Math.max(1, result.requests().offered());
    return new Point(
        row,
        result.goodputPerSecond() / simulated.capacity,
        result.requests().shed() / offered,
        result.admittedLatency().p99() / 1_000);
  }

  /** A row's simulation, and what 1x is in it. */
  private record Simulated(Simulation simulation, double capacity) {}

  private Simulated of(
      Summary.Row row, Map<String, String> settings, ArrivalProcess arrivals, double seconds) {
    Strategy strategy = KNOWN.parse(row.strategy());
    int cores = CpuList.parse(plan.setUp().serverCpus()).size();
    // Units of a microsecond, as many as make the measured capacity.
    int units = (int) Math.max(1, Math.round(cores * 1e6 / row.get(Metric.CAPACITY)));
    double work = Double.parseDouble(settings.getOrDefault("work", "1"));
    String sizes = settings.getOrDefault("service-law", "deterministic");
    ServiceLaw law = ServiceLaw.parse(sizes, (int) Math.max(1, Math.round(work * units)));
    Optional<FleetModel> fleet = FleetModel.read(settings.getOrDefault("fleet", ""));
    Optional<Kill> kill = Kill.read(settings.getOrDefault("kill", ""));
    ServerModel whole = ServerModel.of(cores);
    int coresOfEach = fleet.map(f -> f.coresOfEach(cores)).orElse(cores);
    ServerModel server =
        fleet.map(f -> f.each(whole)).orElse(whole).withWorkers(workers(settings, coresOfEach));
    double capacity = whole.capacityPerSecond(units);
    // What happens at a moment of the window needs the run's own window.
    Duration runsLeadIn = Duration.ofSeconds((long) plan.load().leadInSeconds());
    List<Incident> incidents =
        Stream.of(
                CapacityDrop.read(settings.getOrDefault("capacity-drop", ""))
                    .map(drop -> drop.after(runsLeadIn)),
                Slowdown.read(settings.getOrDefault("slowdown", ""))
                    .map(slow -> slow.after(runsLeadIn)))
            .flatMap(Optional::stream)
            .toList();
    boolean calm = incidents.isEmpty() && kill.isEmpty();
    Duration leadIn = calm ? Duration.ofSeconds((long) LEAD_IN_SECONDS) : runsLeadIn;
    double measured = calm ? seconds : plan.load().measureSeconds();
    Simulation simulation =
        Simulation.of(strategy, server, law)
            .load(LoadProfile.constant(row.load() * capacity, leadIn.toSeconds() + measured))
            .arrivals(arrivals)
            .clients(clients(settings))
            .incidents(incidents)
            .leadIn(leadIn)
            .deadline(Duration.ofMillis(plan.load().deadlineMillis()))
            .seed(plan.seed() * 31 + Double.hashCode(row.load()));
    String tenants = settings.getOrDefault("tenants", "").trim();
    if (!tenants.isEmpty()) {
      simulation.tenants(Arrays.stream(tenants.split("\\s+", -1)).map(Tenant::parse).toList());
    }
    fleet.ifPresent(f -> simulation.fleet(f.servers(), f.balance()));
    kill.ifPresent(k -> simulation.kill(k.after(runsLeadIn)));
    return new Simulated(simulation, capacity);
  }

  private int workers(Map<String, String> settings, int cores) {
    String ofVariant = settings.getOrDefault(WORKERS, "");
    return ofVariant.equals(plan.settings().getOrDefault(WORKERS, ""))
        ? plan.setUp().workers()
        : cores * Integer.parseInt(ofVariant);
  }

  private ClientModel clients(Map<String, String> settings) {
    String timeout = settings.getOrDefault("timeout", plan.load().timeoutMillis() + "ms");
    ClientModel model =
        ClientModel.impatient(Parameter.duration("timeout", "").read(timeout))
            .retrying(Retry.parse(settings.getOrDefault("retry", "none")));
    ClientModel told =
        settings.getOrDefault("tells-deadline", "no").equals("yes")
            ? model.tellingDeadline()
            : model;
    return settings.getOrDefault("disconnect", "yes").equals("yes") ? told.cancelling() : told;
  }
}
