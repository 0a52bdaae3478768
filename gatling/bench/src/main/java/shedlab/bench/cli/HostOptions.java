package shedlab.bench.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import shedlab.bench.container.ContainerHost;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.fleet.FleetHost;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.machines.Machines;
import shedlab.bench.setting.JvmKeys;
import shedlab.bench.targets.Targets;
import shedlab.simulation.model.FleetModel;
import shedlab.spec.SpecException;

/** The options that say where servers and injectors run, how many of these, and on which Java. */
final class HostOptions {
  @Option(
      names = "--host",
      defaultValue = "auto",
      paramLabel = "KIND",
      description =
          "Where to run: containers, processes, or auto, which takes containers if a Docker engine"
              + " answers (default: ${DEFAULT-VALUE}).")
  private String hostName = "auto";

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "The JRE image of servers and injector (default: eclipse-temurin:17-jre).")
  private String image = "";

  @Option(
      names = "--server-image",
      paramLabel = "IMAGE",
      description = "Another JRE image for the servers, in containers.")
  private String serverImage = "";

  @Option(
      names = "--server-java",
      paramLabel = "JAVA",
      description = "Another java for the servers, in processes.")
  private String serverJava = "";

  @Option(
      names = "--injectors",
      paramLabel = "NUMBER",
      description =
          "How many load generators play the load together, each on CPUs of its own; auto for as many"
              + " as the greatest load needs, 2:shared for two on the same CPUs.")
  private String injectors = "";

  @Option(
      names = "--machines",
      paramLabel = "MACHINES",
      description =
          "Other machines, by their Docker engines: server=MACHINE load=MACHINE,MACHINE, where a"
              + " MACHINE is ssh://user@host, tcp://host:port or a Docker context.")
  private String machines = "";

  @Option(
      names = "--server-cpus",
      paramLabel = "CPUS",
      description = "With --machines: the CPUs of the server, such as 0-15 (default: all).")
  private String serverCpus = "";

  @Option(
      names = "--load-cpus",
      paramLabel = "CPUS",
      description = "With --machines: the CPUs of each load generator (default: all).")
  private String loadCpus = "";

  /** The text of a number of load generators; empty if none is given. */
  String injectors() {
    return injectors;
  }

  /** Whether the run is to be on other machines. */
  boolean elsewhere() {
    return !machines.isBlank();
  }

  /**
   * The host that these options come to.
   *
   * @param targets the servers of the run that are not ours
   * @param experiments of the run; a fleet needs its proxy
   */
  HostChoice choice(Distributions distributions, Targets targets, List<Experiment> experiments) {
    Set<FleetModel.Proxy> proxies = FleetHost.proxies(experiments);
    if (experiments.stream().anyMatch(e -> e.settings().get(JvmKeys.PROFILE_CPU))) {
      requireOurs(JvmKeys.PROFILE_CPU.key(), "1", targets, !proxies.isEmpty());
    }
    List<Experiment> archived = experiments.stream().filter(e -> e.archive().isPresent()).toList();
    for (Experiment experiment : archived) {
      String archive = experiment.archive().orElseThrow().toString();
      requireOurs(JvmKeys.JVM_ARCHIVE.key(), archive, targets, !proxies.isEmpty());
      SpecException.check(
          !experiment.warmUp().isZero(),
          "warm-up",
          "0s",
          "more than that in the plain way: a warm server writes the archive");
    }
    if (elsewhere()) {
      SpecException.check(
          proxies.isEmpty(),
          "machines",
          machines,
          "no experiment with a fleet, which needs processes");
      return onMachines(targets);
    }
    SpecException.check(
        serverCpus.isBlank(), "server-cpus", serverCpus, "nothing without --machines");
    SpecException.check(loadCpus.isBlank(), "load-cpus", loadCpus, "nothing without --machines");
    FleetHost.require(proxies);
    CpuSplit cpus = CpuSplit.ofThisMachine();
    if (!targets.all().isEmpty()) {
      String names = String.join(", ", targets.all().keySet());
      return HostChoice.with(
          targets, "the target " + names, hostName, serverImage, serverJava, cpus);
    }
    if (!proxies.isEmpty() || !archived.isEmpty()) {
      String what = proxies.isEmpty() ? "archives of a JVM" : "a fleet";
      return HostChoice.with(Targets.NONE, what, hostName, serverImage, serverJava, cpus);
    }
    return HostChoice.of(
        hostName,
        image,
        serverImage,
        serverJava,
        cpus,
        jre -> ContainerHost.tryOut(distributions, cpus, jre));
  }

  /** What concerns the JVM of one of our servers, on this machine. */
  private void requireOurs(String key, String value, Targets targets, boolean fleet) {
    String target = String.join(", ", targets.all().keySet());
    SpecException.check(target.isEmpty(), key, value, "only our servers, without " + target);
    SpecException.check(!elsewhere(), key, value, "servers on this machine, without --machines");
    SpecException.check(!fleet, key, value, "a single server, without a fleet");
  }

  private HostChoice onMachines(Targets targets) {
    String target = String.join(", ", targets.all().keySet());
    SpecException.check(target.isEmpty(), "machines", machines, "nothing for the target " + target);
    SpecException.check(hostName.equals("auto"), "host", hostName, "auto, with --machines");
    SpecException.check(
        serverJava.isBlank(), "server-java", serverJava, "a --server-image, with --machines");
    return HostChoice.on(Machines.parse(machines), serverCpus, loadCpus, image, serverImage);
  }
}
