package shedlab.bench.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import shedlab.admission.Shed;
import shedlab.bench.experiment.Cell;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.experiment.Plan;
import shedlab.bench.host.KnownStrategy;
import shedlab.bench.run.Disturbance;
import shedlab.bench.run.Prediction;
import shedlab.bench.setting.FleetKeys;
import shedlab.bench.setting.JvmKeys;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.report.raw.Reaction;
import shedlab.report.result.Attempts;
import shedlab.report.result.CellKey;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.ClientSide;
import shedlab.report.result.Dynamics;
import shedlab.report.result.Judgement;
import shedlab.report.result.Latency;
import shedlab.report.result.Manifest;
import shedlab.report.result.Outcomes;
import shedlab.report.result.RunFiles;
import shedlab.report.result.ServerSide;
import shedlab.report.result.ServerUse;
import shedlab.report.result.TenantResult;
import shedlab.simulation.model.ClientModel;
import shedlab.simulation.model.Tenant;
import shedlab.simulation.result.Counts;
import shedlab.simulation.result.Result;
import shedlab.spec.Parameter;
import shedlab.strategy.Strategies;

/**
 * An experiment in virtual time: the same cells, arrivals, sizes and result files as a measured
 * run, on one server that is nothing but cores, workers and the production gate. Refusals are free,
 * HTTP does not exist, and 1x is exactly what the cores can do.
 */
public final class SimulatedRun {
  private static final String SERVER = "simulated";
  private static final Parameter<Integer> CORES = Parameter.integer("cores", "", 1, 100_000);

  private final Experiment experiment;
  private final KnownVariants variants;
  private final Plan plan;
  private final int cores;
  private final SimulatedServer server;

  private SimulatedRun(Experiment experiment, KnownVariants variants, Plan plan, int cores) {
    this.experiment = experiment;
    this.variants = variants;
    this.plan = plan;
    this.cores = cores;
    this.server = new SimulatedServer(plan, cores);
  }

  /**
   * Plans it, without the variants of which the simulator knows nothing.
   *
   * @throws shedlab.spec.SpecException if a strategy or the number of cores breaks a rule, no
   *     variant is left, or servers are to be profiled
   */
  public static SimulatedRun of(Experiment asked, String cores) {
    requireNoProfile(asked);
    KnownVariants variants = KnownVariants.of(asked);
    Experiment experiment = asked.on(List.of(SERVER), variants.known());
    int count = CORES.read(cores);
    Plan plan =
        Plan.of(
            experiment,
            count,
            Integer.MAX_VALUE,
            written ->
                written.stream()
                    .map(text -> Strategies.installed().parse(text).toString())
                    .map(text -> new KnownStrategy(text, List.of(SERVER)))
                    .toList());
    return new SimulatedRun(experiment, variants, plan, count);
  }

  /** The default is no, so there is a line that says yes. */
  private static void requireNoProfile(Experiment asked) {
    if (asked.settings().get(JvmKeys.PROFILE_CPU)) {
      throw Objects.requireNonNull(asked.lines().get(JvmKeys.PROFILE_CPU.key()))
          .refused("no: a simulated server has no stacks to sample");
    }
  }

  /** A line for each variant that is left out, with the reason. */
  public List<String> leftOut() {
    return variants.reasons();
  }

  /** What is simulated. */
  public Experiment experiment() {
    return experiment;
  }

  /** How many cells. */
  public int size() {
    return plan.size();
  }

  /** CPUs of the simulated server. */
  public int cores() {
    return cores;
  }

  /** What is written to the run's folder first. */
  public Manifest manifest(String name, List<String> invocation) {
    Plan.Place place = new Plan.Place(SERVER, "", "0-" + (cores - 1), "", true);
    return plan.manifest(name, invocation, place, server.taskUnits());
  }

  /** Simulates every cell. */
  public void into(RunFiles files) throws IOException {
    int order = 0;
    for (Plan.Group group : plan.groups()) {
      for (Cell cell : group.cells()) {
        files.append(simulate(cell, ++order, files));
      }
    }
  }

  private CellResult simulate(Cell cell, int order, RunFiles files) throws IOException {
    Settings settings = experiment.of(cell.variant());
    double capacity = server.capacityPerSecond();
    ClientModel clients = new SimulatedLoad(settings, cores, cell.load()).clients();
    List<Tenant> tenants = settings.get(Schema.TENANTS);
    Result result = server.run(cell);
    int servers = FleetKeys.servers(settings);
    SimulatedCourse course = new SimulatedCourse(result.series(), cores, servers);
    Path cellFolder = Files.createDirectories(files.cellFolder(cell.id()));
    course.client().write(cellFolder);
    course.server().write(cellFolder);
    Counts counts = result.requests();
    Outcomes outcomes = outcomes(counts);
    return CellResult.of(
        new CellKey(
            cell.id(),
            cell.server(),
            cell.strategy(),
            cell.variant(),
            cell.load(),
            cell.repeat(),
            1,
            order),
        capacity,
        ClientSide.of(
                result.windowSeconds(),
                counts.offered() / result.windowSeconds(),
                result.goodputPerSecond(),
                outcomes,
                micros(result.admittedLatency()),
                micros(result.shedLatency()))
            .with(
                clients.retry().tries() > 1 ? attempts(result) : null,
                tenants(tenants, result),
                Disturbance.of(settings, cell.load())
                    .map(d -> dynamics(course, capacity, d))
                    .orElse(null),
                null,
                null,
                Map.of()),
        new ServerSide(
            result.cpuShare(),
            Double.isNaN(result.meanLimit()) ? null : servers * result.meanLimit(),
            result.meanInflight(),
            result.meanWaiting(),
            use(result),
            byReason(result.tries().shedByReason())),
        Judgement.of(
            List.of(
                new Check(
                    "sum of outcomes",
                    Long.toString(outcomes.total()),
                    "= " + counts.offered(),
                    outcomes.total() == counts.offered())),
            Prediction.shedShare(cell, experiment, cores)));
  }

  private Dynamics dynamics(SimulatedCourse course, double capacity, Disturbance disturbance) {
    return Reaction.of(
        course.client(),
        capacity,
        experiment.deadline().toMillis(),
        disturbance.from(),
        disturbance.to());
  }

  private ServerUse use(Result result) {
    return new ServerUse(
        result.cpuShare() * cores * result.windowSeconds(),
        result.tries().entered(),
        result.requests().done(),
        shed(result),
        0);
  }

  private static Attempts attempts(Result result) {
    long sent = result.tries().entered();
    long ok = result.requests().done();
    return new Attempts(sent, ok, shed(result), Math.max(0, sent - ok - shed(result)));
  }

  private static long shed(Result result) {
    return result.tries().shedByReason().values().stream().mapToLong(Long::longValue).sum();
  }

  private static List<TenantResult> tenants(List<Tenant> kinds, Result result) {
    List<TenantResult> all = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      Tenant kind = kinds.get(i);
      Outcomes outcomes = outcomes(result.byTenant().get(i));
      all.add(new TenantResult(kind.name(), kind.urgency(), outcomes, Latency.NONE, Latency.NONE));
    }
    return all;
  }

  private static Outcomes outcomes(Counts counts) {
    long unanswered = counts.abandoned() + counts.inSystem();
    return new Outcomes(counts.good(), counts.late(), counts.shed(), 0, unanswered, 0);
  }

  private static Latency micros(shedlab.simulation.result.Latency nanos) {
    return new Latency(
        nanos.count(),
        nanos.p50() / 1_000,
        nanos.p90() / 1_000,
        nanos.p99() / 1_000,
        nanos.p999() / 1_000,
        nanos.max() / 1_000,
        0);
  }

  private static Map<String, Long> byReason(Map<Shed, Long> shed) {
    Map<String, Long> words = new TreeMap<>();
    shed.forEach((reason, count) -> words.put(reason.name().toLowerCase(Locale.ROOT), count));
    return words;
  }
}
