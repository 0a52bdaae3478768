package shedlab.bench.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;
import shedlab.bench.host.ControlClient;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.Host;
import shedlab.bench.host.HostException;
import shedlab.bench.host.HostGoneException;
import shedlab.bench.host.Injector;
import shedlab.bench.host.Injectors;
import shedlab.bench.host.JvmFlags;
import shedlab.bench.host.LocalProcess;
import shedlab.bench.host.RemoteInjector;
import shedlab.bench.host.RunningServer;
import shedlab.bench.host.ServerSettings;
import shedlab.report.raw.Floor;
import shedlab.report.result.CpuList;

/**
 * Containers by Testcontainers: server and injector on one user-defined network without a way out,
 * CPU sets apart. Reached by their addresses on that network: this needs Linux and an engine that
 * runs on it as root, not in a virtual machine.
 */
public final class ContainerHost implements Host {
  static final int PORT = 8080;
  private static final Duration READY = Duration.ofSeconds(60);

  private final Distributions distributions;
  private final CpuSplit cpus;
  private final String image;
  private final String serverImage;
  private final Docker docker;
  private final Network network;
  private final Set<GenericContainer<?>> alive = ConcurrentHashMap.newKeySet();
  private final List<GenericContainer<?>> injectorContainers = new ArrayList<>();
  private @Nullable Injector injector;
  private String serverJvm = "not started yet";

  /**
   * Connects, sweeps, makes sure of the image and creates the network.
   *
   * @throws HostException if the engine does not answer or the image is not available
   */
  public ContainerHost(Distributions distributions, CpuSplit cpus, String image) {
    this(distributions, cpus, image, image);
  }

  /** The same, with another image for the servers than for the injector. */
  public ContainerHost(
      Distributions distributions, CpuSplit cpus, String image, String serverImage) {
    this.docker = Docker.connect();
    this.distributions = distributions;
    this.cpus = cpus;
    this.image = image;
    this.serverImage = serverImage;
    Docker.requireImage(image);
    Docker.requireImage(serverImage);
    this.network =
        Network.builder()
            .createNetworkCmdModifier(create -> create.withInternal(true).withLabels(Docker.OURS))
            .build();
  }

  /**
   * Starts an injector in a container and asks it for an answer.
   *
   * @throws HostException if one cannot be started, or not be reached from here, as with an engine
   *     in a virtual machine
   */
  public static void tryOut(Distributions distributions, CpuSplit cpus, String image) {
    try (ContainerHost host = new ContainerHost(distributions, cpus, image)) {
      host.injector();
    } catch (HostGoneException e) {
      throw new HostException(HostException.reason(e), e);
    }
  }

  @Override
  public String kind() {
    return "containers";
  }

  @Override
  public String image() {
    return serverImage.equals(image) ? image : image + " (servers: " + serverImage + ")";
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("docker", docker.facts().toString());
    facts.put("image digest", docker.digest(image));
    if (!serverImage.equals(image)) {
      facts.put("server image digest", docker.digest(serverImage));
    }
    facts.put("server JVM", serverJvm);
    facts.putAll(JvmFlags.facts(cpus));
    return facts;
  }

  @Override
  public RunningServer startServer(ServerSettings settings) {
    List<String> command =
        new ArrayList<>(JvmFlags.server(cpus.server().size(), settings, ContainerPaths.RECORDINGS));
    command.addAll(Distributions.servers(ContainerPaths.APP, ContainerPaths.PLUG_INS));
    command.addAll(settings.arguments("0.0.0.0", PORT, ContainerPaths.SAMPLES));
    GenericContainer<?> container =
        start(
            "server",
            serverImage,
            distributions.servers().toString(),
            command,
            host -> {
              limits(host, cpus.serverList(), 1024);
              if (settings.raisesPriority()) {
                host.withCapAdd(Capability.SYS_NICE);
              }
            });
    JsonNode ready = ContainerServer.ready(container);
    serverJvm = ready.path("javaVersion").asText(serverJvm);
    return new ContainerServer(this, container, ready, settings.profiled());
  }

  @Override
  public Injector injector() {
    if (injector == null) {
      injector = Injectors.startedBy(this::startInjector, cpus, this::dropInjector);
    }
    return injector;
  }

  private RemoteInjector startInjector(int number) {
    List<String> command = new ArrayList<>(JvmFlags.injector(cpus, number));
    command.addAll(List.of("-jar", ContainerPaths.APP + "/injector.jar"));
    command.addAll(RemoteInjector.arguments("0.0.0.0", PORT, ContainerPaths.INJECTOR));
    String name = cpus.injectorName(number);
    String list = CpuList.of(cpus.injectors().get(number)).toString();
    String files = distributions.injector().toString();
    GenericContainer<?> container =
        start(name, image, files, command, host -> limits(host, list, 3072));
    injectorContainers.add(container);
    var started = new RemoteInjector(name, url(container), ContainerServer.pid(container));
    started.requireAnswer();
    return started;
  }

  @Override
  public Map<String, SortedMap<Integer, Histogram>> wakeUps(Duration time) {
    List<String> command = new ArrayList<>(JvmFlags.floor(CpuList.parse(cpus.list()).size()));
    command.addAll(Distributions.servers(ContainerPaths.APP, ContainerPaths.PLUG_INS));
    command.addAll(Distributions.floor(time, ContainerPaths.FLOOR));
    GenericContainer<?> container =
        container(
                serverImage,
                distributions.servers().toString(),
                command,
                host -> limits(host, cpus.list(), 256))
            .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(READY));
    launch("floor", container);
    long end = System.currentTimeMillis();
    String csv = file(container, ContainerPaths.FLOOR);
    end(container);
    return Map.of(Floor.ONE_MACHINE, Distributions.wakeUps(csv, end));
  }

  @Override
  public void dropInjector() {
    injectorContainers.forEach(this::end);
    injectorContainers.clear();
    injector = null;
  }

  @Override
  public void close() {
    alive.forEach(this::end);
    docker.remove(network::close);
  }

  private GenericContainer<?> start(
      String role,
      String image,
      String distribution,
      List<String> command,
      Consumer<HostConfig> settings) {
    GenericContainer<?> container =
        container(image, distribution, command, settings).withNetworkAliases(role);
    launch(role, container);
    ControlClient.requireReachable(url(container));
    return container;
  }

  /** Not started yet. */
  private GenericContainer<?> container(
      String image, String distribution, List<String> command, Consumer<HostConfig> settings) {
    @SuppressWarnings("resource") // closed by end()
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withNetwork(network)
            .withLabels(Docker.OURS)
            .withCopyFileToContainer(mountable(distribution), ContainerPaths.APP)
            .withCommand(command.toArray(new String[0]))
            .withCreateContainerCmdModifier(
                create -> {
                  create.withEntrypoint("java"); // whatever the image's own may be
                  settings.accept(
                      Objects.requireNonNullElseGet(
                          create.getHostConfig(), HostConfig::newHostConfig));
                })
            .waitingFor(Wait.forLogMessage(".*\"ready\".*", 1).withStartupTimeout(READY));
    if (Files.isDirectory(distributions.plugIns())) {
      container.withCopyFileToContainer(
          mountable(distributions.plugIns().toString()), ContainerPaths.PLUG_INS);
    }
    return container;
  }

  private void launch(String role, GenericContainer<?> container) {
    alive.add(container);
    try {
      container.start();
    } catch (RuntimeException e) {
      docker.mustBeThere(e);
      String lastLine = docker.lastLine(container);
      end(container);
      String rule = "ready within " + READY.toSeconds() + " s";
      throw LocalProcess.ended(role, Docker.reason(e), rule, lastLine);
    }
  }

  /** Testcontainers takes a path for a URL: it decodes it, and cuts it at an exclamation mark. */
  private static MountableFile mountable(String path) {
    if (path.contains("!")) {
      throw new HostException("folder", path, "a path without '!' for runs in containers");
    }
    return MountableFile.forHostPath(path.replace("%", "%25"));
  }

  Docker docker() {
    return docker;
  }

  int serverCpus() {
    return cpus.server().size();
  }

  private static void limits(HostConfig host, String cpuList, long megabytes) {
    host.withCpusetCpus(cpuList)
        .withMemory(megabytes << 20)
        .withMemorySwap(megabytes << 20)
        .withSysctls(
            Map.of("net.ipv4.ip_local_port_range", "1024 65535", "net.ipv4.tcp_tw_reuse", "1"));
  }

  void end(GenericContainer<?> container) {
    alive.remove(container);
    docker.remove(container::close);
  }

  static URI url(GenericContainer<?> container) {
    return ContainerServer.url(container, PORT);
  }

  String file(GenericContainer<?> container, String path) {
    return docker.ask(
        "samples",
        () ->
            container.copyFileFromContainer(
                path, in -> new String(in.readAllBytes(), StandardCharsets.UTF_8)));
  }
}
