package shedlab.bench.cli;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shedlab.bench.container.ContainerHost;
import shedlab.bench.container.Docker;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.fleet.FleetHost;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.Host;
import shedlab.bench.host.HostException;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.host.Taskset;
import shedlab.bench.machines.ConnectedMachines;
import shedlab.bench.machines.Machines;
import shedlab.bench.machines.MachinesHost;
import shedlab.bench.targets.TargetHost;
import shedlab.bench.targets.Targets;
import shedlab.simulation.model.FleetModel;
import shedlab.spec.SpecException;

/**
 * Containers or processes here, or containers on other machines, and why.
 *
 * @param containers false for processes
 * @param serverRuntime of the servers: an image, or for processes a java, empty for this JVM's
 * @param explanation for the console: which and why
 * @param targets the servers of the run that are not ours
 * @param cpus of both sides
 * @param machines null if everything runs on this one
 */
record HostChoice(
    boolean containers,
    String image,
    String serverRuntime,
    String explanation,
    Targets targets,
    CpuSplit cpus,
    @Nullable ConnectedMachines machines) {
  private static final String ORDINARY_IMAGE = "eclipse-temurin:17-jre";
  private static final int ORDINARY_JDK = 17;

  /**
   * {@code auto} takes what the servers' image or java needs, else containers if an engine answers,
   * the image is available and a container that is started is reached from here, else processes. If
   * {@code DOCKER_HOST} names an engine, that one has to answer.
   *
   * @param containers tries them with an image
   */
  static HostChoice of(
      String name,
      String image,
      String serverImage,
      String serverJava,
      CpuSplit cpus,
      Consumer<String> containers) {
    String jre = jre(image);
    HostChoice choice =
        switch (name) {
          case "containers", "container" -> inContainers(jre, cpus);
          case "processes", "process" -> inProcesses("", cpus);
          case "auto" ->
              !serverJava.isBlank()
                  ? inProcesses(" (for server-java)", cpus)
                  : bestOf(
                      jre,
                      System.getenv("DOCKER_HOST") != null || !(image + serverImage).isBlank(),
                      cpus,
                      containers);
          default -> throw new SpecException("host", name, "auto, containers or processes");
        };
    return choice.withServers(serverImage, serverJava);
  }

  private static String jre(String image) {
    return image.isBlank() ? ORDINARY_IMAGE : image;
  }

  /**
   * Other machines.
   *
   * @param serverCpus the CPUs of the server on its machine; empty for all. Likewise the next
   */
  static HostChoice on(
      Machines machines, String serverCpus, String loadCpus, String image, String serverImage) {
    String jre = jre(image);
    String ofServers = serverImage.isBlank() ? jre : serverImage;
    Set<String> images = new LinkedHashSet<>(List.of(jre));
    images.add(ofServers);
    ConnectedMachines connected =
        ConnectedMachines.connect(machines, images, serverCpus, loadCpus, System.out::println);
    String why = "containers of " + jre + " on other machines: " + connected;
    HostChoice choice =
        new HostChoice(true, jre, jre, why, Targets.NONE, connected.cpus(), connected);
    return choice.withServers(serverImage, "");
  }

  /**
   * Processes: what is compared runs alike, and targets and proxies are programs of this machine.
   *
   * @param what needs them
   */
  static HostChoice with(
      Targets targets,
      String what,
      String host,
      String serverImage,
      String serverJava,
      CpuSplit cpus) {
    if (!List.of("auto", "processes", "process").contains(host)) {
      throw new SpecException("host", host, "processes, for " + what);
    }
    String why = host.equals("auto") ? "pinned processes (for " + what + ")" : "pinned processes";
    HostChoice choice = new HostChoice(false, "", "", why, targets, cpus, null);
    return choice.withServers(serverImage, serverJava);
  }

  /** The same, with what is named of the two for the servers; the other would be ignored. */
  private HostChoice withServers(String serverImage, String serverJava) {
    SpecException.check(
        !containers || serverJava.isBlank(),
        "server-java",
        serverJava,
        "a --server-image, in containers");
    SpecException.check(
        containers || serverImage.isBlank(),
        "server-image",
        serverImage,
        "a --server-java, in processes");
    String runtime = containers ? serverImage : serverJava;
    return runtime.isBlank()
        ? this
        : new HostChoice(
            containers,
            image,
            runtime,
            explanation + ", servers on " + runtime,
            targets,
            cpus,
            machines);
  }

  private static HostChoice bestOf(
      String jre, boolean named, CpuSplit cpus, Consumer<String> containers) {
    if (named) {
      return inContainers(jre, cpus);
    }
    if (!Docker.answers()) {
      return inProcesses(" (no Docker engine answers)", cpus);
    }
    try {
      containers.accept(jre);
      return inContainers(jre, cpus);
    } catch (HostException e) {
      return inProcesses(" (a Docker engine answers, but " + e.getMessage() + ")", cpus);
    }
  }

  private static HostChoice inContainers(String jre, CpuSplit cpus) {
    return new HostChoice(true, jre, jre, "containers of " + jre, Targets.NONE, cpus, null);
  }

  private static HostChoice inProcesses(String why, CpuSplit cpus) {
    return new HostChoice(false, "", "", "pinned processes" + why, Targets.NONE, cpus, null);
  }

  /**
   * The version of the servers' JVM: {@link Integer#MAX_VALUE} if it was named, since nobody has
   * asked it yet.
   */
  int jdk() {
    boolean named = !serverRuntime.isEmpty() && !serverRuntime.equals(image);
    return named ? Integer.MAX_VALUE : containers ? ORDINARY_JDK : Runtime.version().feature();
  }

  /** Why some targets cannot be had here. */
  Map<String, String> missing() {
    return targets.missing(containers ? "" : serverRuntime);
  }

  /**
   * Keeps this process off the server's CPUs, if that runs on this machine.
   *
   * @throws HostException if it cannot be kept off them
   */
  void pinThisProcess() {
    if (machines == null) {
      Taskset.pinThisProcess(cpus.injectorList());
    }
  }

  /**
   * The host, for one of the experiments that it was chosen for.
   *
   * @param split the CPUs of both sides, those of the load generators divided among them
   */
  Host open(Distributions distributions, CpuSplit split, Path scratch, Experiment experiment) {
    if (machines != null) {
      return new MachinesHost(distributions, machines, split, image, serverRuntime, scratch);
    }
    if (containers) {
      return new ContainerHost(distributions, split, image, serverRuntime);
    }
    ProcessHost processes = new ProcessHost(distributions, split, scratch, serverRuntime);
    Set<FleetModel.Proxy> proxies = FleetHost.proxies(List.of(experiment));
    Host host = proxies.isEmpty() ? processes : new FleetHost(processes, split, scratch, proxies);
    List<String> server = processes.serverCommand(true);
    return targets.all().isEmpty()
        ? host
        : new TargetHost(host, targets, split, scratch, serverRuntime, server);
  }
}
