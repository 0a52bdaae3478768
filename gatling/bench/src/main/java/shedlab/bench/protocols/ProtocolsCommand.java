package shedlab.bench.protocols;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.host.Programs;
import shedlab.bench.host.Taskset;
import shedlab.bench.machine.Environment;
import shedlab.bench.outside.ComparisonOptions;
import shedlab.report.file.Scratch;
import shedlab.spec.SpecException;

/** The command {@code protocols}; here because the package of the other commands is full. */
@Command(
    name = "protocols",
    description =
        "Measures what a refusal costs in clear, over TLS and over HTTP/2: a 429, a stream that is"
            + " reset, a connection that is closed before the handshake: about twenty"
            + " minutes.")
public final class ProtocolsCommand implements Callable<Integer> {
  private static final List<String> ALL = List.of("undertow", "jetty", "netty");

  /** The code if rows are marked or missing; as a run's whose cells are invalid. */
  private static final int DOUBTFUL = 4;

  @Mixin private ComparisonOptions options = new ComparisonOptions();

  @Override
  public Integer call() throws IOException {
    List<String> servers = options.servers(ALL);
    Pace pace = options.quick() ? Pace.QUICK : Pace.WHOLE;
    SpecException.check(
        Programs.isThere(H2load.PROGRAM),
        H2load.PROGRAM,
        "missing",
        "installed, from the package nghttp2-client");
    Distributions distributions = Distributions.of(options.project());
    CpuSplit machine = CpuSplit.ofThisMachine();
    CpuSplit cpus = CpuSplit.of(machine.server().subList(0, 1), machine.injector());
    Taskset.pinThisProcess(cpus.injectorList());
    try (Scratch scratch = Scratch.create();
        ProcessHost host = new ProcessHost(distributions, cpus, scratch.folder())) {
      ProtocolsFiles files =
          new ProtocolsFiles(
              options.folder("protocols"),
              servers,
              pace,
              machine.shared(),
              environment(host, cpus),
              options.invokedAs());
      files.begin();
      announce(servers, pace, files);
      Comparison comparison =
          new Comparison(host, new H2load(cpus.injectorList()), pace, System.out::println);
      Thread ending = new Thread(() -> end(comparison, host), "shedlab-protocols-end");
      Runtime.getRuntime().addShutdownHook(ending);
      comparison.run(servers, files::write);
      System.out.println(files.report());
      boolean whole = comparison.gaps().isEmpty();
      return whole && new Results(comparison.rows()).marked().isEmpty() ? 0 : DOUBTFUL;
    }
  }

  private static void end(Comparison comparison, ProcessHost host) {
    comparison.stop();
    host.close();
  }

  private static Map<String, String> environment(ProcessHost host, CpuSplit cpus) {
    Map<String, String> facts = new LinkedHashMap<>(new Environment(host, cpus).before(0));
    facts.remove("seed"); // nothing is drawn by lot
    facts.put("load generator", H2load.version());
    return facts;
  }

  private static void announce(List<String> servers, Pace pace, ProtocolsFiles files) {
    double seconds =
        pace.blocks() * Visit.block(0, servers).stream().mapToDouble(pace::seconds).sum();
    System.out.println("What does a refusal cost over TLS and HTTP/2?");
    say("servers     " + String.join(", ", servers));
    say("time        about " + Math.round(seconds) + " s");
    say("folder      " + files.folder());
  }

  private static void say(String line) {
    System.out.println("  " + line);
  }
}
