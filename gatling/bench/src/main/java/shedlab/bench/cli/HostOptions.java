package shedlab.bench.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import shedlab.bench.container.ContainerHost;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.fleet.FleetHost;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.targets.Targets;
import shedlab.simulation.model.FleetModel;

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

  /** The text of a number of load generators; empty if none is given. */
  String injectors() {
    return injectors;
  }

  /**
   * The host that these options come to on this machine.
   *
   * @param targets the servers of the run that are not ours
   * @param experiments of the run; a fleet needs its proxy
   */
  HostChoice choice(
      Distributions distributions, CpuSplit cpus, Targets targets, List<Experiment> experiments) {
    Set<FleetModel.Proxy> proxies = FleetHost.proxies(experiments);
    FleetHost.require(proxies);
    if (!targets.all().isEmpty()) {
      String names = String.join(", ", targets.all().keySet());
      return HostChoice.with(targets, "the target " + names, hostName, serverJava);
    }
    if (!proxies.isEmpty()) {
      return HostChoice.with(Targets.NONE, "a fleet", hostName, serverJava);
    }
    return HostChoice.of(
        hostName,
        image,
        serverImage,
        serverJava,
        jre -> ContainerHost.tryOut(distributions, cpus, jre));
  }
}
