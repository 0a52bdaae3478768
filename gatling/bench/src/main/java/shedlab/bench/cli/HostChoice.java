package shedlab.bench.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import shedlab.bench.container.ContainerHost;
import shedlab.bench.container.Docker;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.fleet.FleetHost;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.Host;
import shedlab.bench.host.HostException;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.targets.TargetHost;
import shedlab.bench.targets.Targets;
import shedlab.simulation.model.FleetModel;
import shedlab.spec.SpecException;

/**
 * Containers or processes, and why.
 *
 * @param containers false for processes
 * @param serverRuntime of the servers: an image, or for processes a java, empty for this JVM's
 * @param explanation for the console: which and why
 * @param targets the servers of the run that are not ours
 */
record HostChoice(
    boolean containers, String image, String serverRuntime, String explanation, Targets targets) {
  private static final String ORDINARY_IMAGE = "eclipse-temurin:17-jre";

  /**
   * {@code auto} takes containers if an engine answers, the image is available and a container that
   * is started is reached from here; else processes. If {@code DOCKER_HOST} names an engine, that
   * one has to answer.
   *
   * @param containers tries them with an image
   */
  static HostChoice of(
      String name,
      String image,
      String serverImage,
      String serverJava,
      Consumer<String> containers) {
    String jre = image.isBlank() ? ORDINARY_IMAGE : image;
    HostChoice choice =
        switch (name) {
          case "containers", "container" -> inContainers(jre);
          case "processes", "process" -> inProcesses("");
          case "auto" ->
              bestOf(jre, System.getenv("DOCKER_HOST") != null || !image.isBlank(), containers);
          default -> throw new SpecException("host", name, "auto, containers or processes");
        };
    String runtime = choice.containers ? serverImage : serverJava;
    return runtime.isBlank() ? choice : choice.withServers(runtime);
  }

  /**
   * Processes: what is compared runs alike, and targets and proxies are programs of this machine.
   *
   * @param what needs them
   */
  static HostChoice with(Targets targets, String what, String host, String serverJava) {
    if (!List.of("auto", "processes", "process").contains(host)) {
      throw new SpecException("host", host, "processes, for " + what);
    }
    String why = host.equals("auto") ? "pinned processes (for " + what + ")" : "pinned processes";
    HostChoice choice = new HostChoice(false, "", "", why, targets);
    return serverJava.isBlank() ? choice : choice.withServers(serverJava);
  }

  private HostChoice withServers(String runtime) {
    return new HostChoice(
        containers, image, runtime, explanation + ", servers on " + runtime, targets);
  }

  private static HostChoice bestOf(String jre, boolean named, Consumer<String> containers) {
    if (named) {
      return inContainers(jre);
    }
    if (!Docker.answers()) {
      return inProcesses(" (no Docker engine answers)");
    }
    try {
      containers.accept(jre);
      return inContainers(jre);
    } catch (HostException e) {
      return inProcesses(" (a Docker engine answers, but " + e.getMessage() + ")");
    }
  }

  private static HostChoice inContainers(String jre) {
    return new HostChoice(true, jre, jre, "containers of " + jre, Targets.NONE);
  }

  private static HostChoice inProcesses(String why) {
    return new HostChoice(false, "", "", "pinned processes" + why, Targets.NONE);
  }

  /** Whether the servers' JVM has virtual threads; one that was named is supposed to. */
  boolean virtualThreads() {
    boolean named = !serverRuntime.isEmpty() && !serverRuntime.equals(image);
    return named || (!containers && Runtime.version().feature() >= 21);
  }

  /** Why some targets cannot be had here. */
  Map<String, String> missing() {
    return targets.missing(containers ? "" : serverRuntime);
  }

  /** The host, for one of the experiments that it was chosen for. */
  Host open(Distributions distributions, CpuSplit cpus, Path scratch, Experiment experiment) {
    if (containers) {
      return new ContainerHost(distributions, cpus, image, serverRuntime);
    }
    ProcessHost processes = new ProcessHost(distributions, cpus, scratch, serverRuntime);
    Set<FleetModel.Proxy> proxies = FleetHost.proxies(List.of(experiment));
    Host host = proxies.isEmpty() ? processes : new FleetHost(processes, cpus, scratch, proxies);
    List<String> server = processes.serverCommand(true);
    return targets.all().isEmpty()
        ? host
        : new TargetHost(host, targets, cpus, scratch, serverRuntime, server);
  }
}
