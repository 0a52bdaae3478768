package shedlab.bench.refusals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.HostException;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.host.Programs;
import shedlab.bench.host.Taskset;
import shedlab.bench.machine.Environment;
import shedlab.bench.outside.ComparisonOptions;
import shedlab.bench.targets.TargetHost;
import shedlab.bench.targets.Targets;
import shedlab.report.file.Scratch;
import shedlab.spec.SpecException;

/** The command {@code refusals}; here because the package of the other commands is full. */
@Command(
    name = "refusals",
    description =
        "Measures what a 429 costs on every server, beside its own cheapest 200 and beside Tokio:"
            + " about seventeen minutes.")
public final class RefusalsCommand implements Callable<Integer> {
  private static final List<String> ALL = List.of("undertow", "jetty", "netty", Subject.TOKIO);

  /** The code if rows are marked or missing; as a run's whose cells are invalid. */
  private static final int DOUBTFUL = 4;

  @Mixin private ComparisonOptions options = new ComparisonOptions();

  @Override
  public Integer call() throws IOException {
    List<String> servers = options.servers(ALL);
    Pace pace = options.quick() ? Pace.QUICK : Pace.WHOLE;
    SpecException.check(
        Programs.isThere(Generator.WRK),
        Generator.WRK,
        "missing",
        "installed, from the package wrk");
    Distributions distributions = Distributions.of(options.project());
    TokioTarget tokio = TokioTarget.of(options.project());
    servers = built(servers, tokio);
    boolean openLoop = Programs.isThere(Generator.H2LOAD);
    if (!openLoop) {
      say("left out    rates: h2load is missing (expected: the package nghttp2-client)");
    }
    CpuSplit machine = CpuSplit.ofThisMachine();
    CpuSplit cpus = CpuSplit.of(machine.server().subList(0, 1), machine.injector());
    Taskset.pinThisProcess(cpus.injectorList());
    try (Scratch scratch = Scratch.create();
        TargetHost host = host(distributions, cpus, scratch.folder())) {
      RefusalsFiles files =
          new RefusalsFiles(
              options.folder("refusals"),
              servers,
              pace,
              machine.shared(),
              environment(host, cpus, servers, tokio),
              options.invokedAs());
      files.begin();
      announce(servers, pace, openLoop, files);
      Comparison comparison =
          new Comparison(
              host, tokio, new Generator(cpus.injectorList()), pace, System.out::println);
      Thread ending = new Thread(() -> end(comparison, host), "shedlab-refusals-end");
      Runtime.getRuntime().addShutdownHook(ending);
      comparison.run(servers, openLoop, files::write);
      System.out.println(files.report());
      boolean whole = comparison.gaps().isEmpty();
      return whole && new Results(comparison.rows()).marked().isEmpty() ? 0 : DOUBTFUL;
    }
  }

  private static TargetHost host(Distributions distributions, CpuSplit cpus, Path folder) {
    ProcessHost host = new ProcessHost(distributions, cpus, folder);
    return new TargetHost(host, Targets.NONE, cpus, folder, "", List.of());
  }

  private static void end(Comparison comparison, TargetHost host) {
    comparison.stop();
    host.close();
  }

  /** The servers that there are; says why there is no Tokio. */
  private static List<String> built(List<String> servers, TokioTarget tokio) throws IOException {
    if (!servers.contains(Subject.TOKIO)) {
      return servers;
    }
    try {
      tokio.compile();
      return servers;
    } catch (HostException e) {
      say("left out    " + e.getMessage());
      List<String> rest = servers.stream().filter(server -> !server.equals(Subject.TOKIO)).toList();
      SpecException.check(!rest.isEmpty(), "servers", Subject.TOKIO, "one that can be built");
      return rest;
    }
  }

  private static Map<String, String> environment(
      TargetHost host, CpuSplit cpus, List<String> servers, TokioTarget tokio) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>(new Environment(host, cpus).before(0));
    facts.remove("seed"); // nothing is drawn by lot
    if (servers.contains(Subject.TOKIO)) {
      facts.put("tokio target", tokio.versions());
    }
    return facts;
  }

  private static void announce(
      List<String> servers, Pace pace, boolean openLoop, RefusalsFiles files) {
    double seconds =
        pace.blocks() * Visit.block(0, servers, openLoop).stream().mapToDouble(pace::seconds).sum();
    System.out.println("What does a 429 cost?");
    say("servers     " + String.join(", ", servers));
    say("time        about " + Math.round(seconds) + " s");
    say("folder      " + files.folder());
  }

  private static void say(String line) {
    System.out.println("  " + line);
  }
}
