package shedlab.gatling.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Info;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * Containers by Testcontainers: server and injector on one user-defined network without a way out,
 * CPU sets apart. Reached by their addresses on that network, so Linux with a local engine.
 *
 * <p>Everything carries a label with this JVM's process id. What a killed runner left behind is
 * removed at the next start; a runner that is alive is left alone.
 */
public final class ContainerHost implements Host {
  private static final String RUNNER = "shedlab.runner";
  private static final int PORT = 8080;
  private static final Duration READY = Duration.ofSeconds(60);
  private static final int PULL_SECONDS = 180;

  private final Distributions distributions;
  private final CpuSplit cpus;
  private final String image;
  private final String serverImage;
  private final DockerClient docker;
  private final Network network;
  private final Set<GenericContainer<?>> alive = ConcurrentHashMap.newKeySet();
  private @Nullable Injector injector;
  private @Nullable GenericContainer<?> injectorContainer;
  private String serverJvm = "not started yet";

  /**
   * Connects, sweeps, makes sure of the image and creates the network.
   *
   * @throws HostException if the engine does not answer or the image is not to be had
   */
  public ContainerHost(Distributions distributions, CpuSplit cpus, String image) {
    this(distributions, cpus, image, image);
  }

  /** The same, with another image for the servers than for the injector. */
  public ContainerHost(
      Distributions distributions, CpuSplit cpus, String image, String serverImage) {
    if (!engineAnswers()) {
      throw new HostException("docker: " + engineName() + " (expected: an engine that answers)");
    }
    this.distributions = distributions;
    this.cpus = cpus;
    this.image = image;
    this.serverImage = serverImage;
    this.docker = DockerClientFactory.instance().client();
    sweep();
    requireImage(image);
    requireImage(serverImage);
    this.network =
        Network.builder()
            .createNetworkCmdModifier(
                create -> create.withInternal(true).withLabels(Map.of(RUNNER, runnerId())))
            .build();
  }

  /**
   * True if a Docker engine answers.
   *
   * @throws HostException if the environment would make Testcontainers wait for images it does not
   *     need: these two settings have no other door
   */
  public static boolean engineAnswers() {
    requireSet("TESTCONTAINERS_RYUK_DISABLED", "true");
    if (System.getenv("DOCKER_HOST") == null) {
      requireSet("TESTCONTAINERS_HOST_OVERRIDE", "localhost");
    }
    try {
      // Testcontainers looks elsewhere if DOCKER_HOST does not answer; who named it did not mean
      // that.
      String named = System.getenv("DOCKER_HOST");
      return DockerClientFactory.instance().isDockerAvailable()
          && (named == null
              || URI.create(named)
                  .equals(DockerClientFactory.instance().getTransportConfig().getDockerHost()));
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** The engine that answers, if one does. */
  public static Optional<Engine> engine() {
    if (!engineAnswers()) {
      return Optional.empty();
    }
    DockerClient docker = DockerClientFactory.instance().client();
    Info info = docker.infoCmd().exec();
    return Optional.of(
        new Engine(
            String.valueOf(info.getServerVersion()),
            String.valueOf(docker.versionCmd().exec().getApiVersion()),
            String.valueOf(info.getCGroupVersion()),
            Boolean.TRUE.equals(info.getCpuSet())));
  }

  private static String engineName() {
    return System.getenv().getOrDefault("DOCKER_HOST", "the default socket");
  }

  /** What an engine answers; what it refuses is a fault of the cell, unless it is gone itself. */
  private <T> T ask(String what, Supplier<T> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      requireEngine(e);
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new HostException(what + ": " + why + " (expected: the engine's answer)", e);
    }
  }

  private void requireEngine(RuntimeException cause) {
    if (!engineIsThere()) {
      // At exit Testcontainers would look for its containers, and tell the same with a stack trace.
      Thread.setDefaultUncaughtExceptionHandler((thread, again) -> {});
      throw new HostGoneException(
          "docker: " + engineName() + " (expected: an engine that answers until the run ends)",
          cause);
    }
  }

  private boolean engineIsThere() {
    try {
      docker.pingCmd().exec();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static void requireSet(String variable, String value) {
    if (System.getenv(variable) == null) {
      throw new HostException(variable + ": (not set) (expected: " + value + "; make sets it)");
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
    facts.put(
        "docker", ask("docker", ContainerHost::engine).map(Engine::toString).orElse("unknown"));
    facts.put("image digest", ask("image", () -> digest(image)));
    if (!serverImage.equals(image)) {
      facts.put("server image digest", ask("image", () -> digest(serverImage)));
    }
    facts.put("server JVM", serverJvm);
    facts.putAll(JvmFlags.facts(cpus));
    return facts;
  }

  /** By which a registry knows the image, else the engine. */
  private String digest(String image) {
    InspectImageResponse found = docker.inspectImageCmd(image).exec();
    List<String> digests = found.getRepoDigests();
    return digests == null || digests.isEmpty() ? String.valueOf(found.getId()) : digests.get(0);
  }

  @Override
  public Hosted startServer(ServerSettings settings) {
    List<String> command = new ArrayList<>(List.of("java"));
    command.addAll(JvmFlags.server(cpus.server().size()));
    command.addAll(Distributions.serverMain("/app"));
    command.addAll(settings.arguments("0.0.0.0", PORT, "/tmp/samples.csv"));
    GenericContainer<?> container =
        start(
            "server",
            serverImage,
            distributions.servers().toString(),
            command,
            host -> {
              limits(host, cpus.serverList(), 1024);
              if (settings.ioNice() < 0) {
                host.withCapAdd(Capability.SYS_NICE);
              }
            });
    JsonNode ready = ready(container);
    serverJvm = ready.path("javaVersion").asText(serverJvm);
    return new ContainerServer(this, container, ready);
  }

  @Override
  public Injector injector() {
    if (injector == null) {
      List<String> command = new ArrayList<>(List.of("java"));
      command.addAll(JvmFlags.injector(cpus.injector().size()));
      command.addAll(List.of("-cp", "/app/shedlab.jar"));
      command.addAll(Injector.main("0.0.0.0", PORT, "/tmp/injector"));
      GenericContainer<?> container =
          start(
              "injector",
              image,
              distributions.injector().toString(),
              command,
              host -> limits(host, cpus.injectorList(), 3072));
      injectorContainer = container;
      injector = new Injector(url(container));
    }
    return injector;
  }

  @Override
  public void dropInjector() {
    if (injectorContainer != null) {
      end(injectorContainer);
    }
    injector = null;
  }

  @Override
  public void close() {
    alive.forEach(this::end);
    remove(network::close);
  }

  private GenericContainer<?> start(
      String role,
      String image,
      String distribution,
      List<String> command,
      Consumer<HostConfig> settings) {
    @SuppressWarnings("resource") // closed by end()
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withNetwork(network)
            .withNetworkAliases(role)
            .withLabel(RUNNER, runnerId())
            .withCopyFileToContainer(MountableFile.forHostPath(distribution), "/app")
            .withCommand(command.toArray(new String[0]))
            .withCreateContainerCmdModifier(
                create ->
                    settings.accept(
                        Objects.requireNonNullElseGet(
                            create.getHostConfig(), HostConfig::newHostConfig)))
            .waitingFor(Wait.forLogMessage(".*\"ready\".*", 1).withStartupTimeout(READY));
    alive.add(container);
    try {
      container.start();
    } catch (RuntimeException e) {
      requireEngine(e);
      String lastLine = lastLine(container);
      end(container);
      throw new HostException(role + " did not start: " + lastLine, e);
    }
    return container;
  }

  private static void limits(HostConfig host, String cpuList, long megabytes) {
    host.withCpusetCpus(cpuList)
        .withMemory(megabytes << 20)
        .withMemorySwap(megabytes << 20)
        .withSysctls(
            Map.of("net.ipv4.ip_local_port_range", "1024 65535", "net.ipv4.tcp_tw_reuse", "1"));
  }

  private void end(GenericContainer<?> container) {
    alive.remove(container);
    remove(container::close);
  }

  /** From the engine, if it is still there: the next run sweeps what it leaves. */
  private void remove(Runnable removal) {
    try {
      removal.run();
    } catch (RuntimeException e) {
      if (engineIsThere()) {
        throw new HostException(
            "docker: " + e.getMessage() + " (expected: to remove what is ours)", e);
      }
    }
  }

  private URI url(GenericContainer<?> container) {
    return container.getContainerInfo().getNetworkSettings().getNetworks().values().stream()
        .map(attached -> URI.create("http://" + attached.getIpAddress() + ":" + PORT))
        .findFirst()
        .orElseThrow(() -> new HostException("network: none (expected: the run's own)"));
  }

  private static JsonNode ready(GenericContainer<?> container) {
    String line =
        container.getLogs().lines().filter(l -> l.contains("\"ready\"")).findFirst().orElse("{}");
    try {
      return new ObjectMapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw new HostException("ready line: " + line + " (expected: one line of JSON)", e);
    }
  }

  private String lastLine(GenericContainer<?> container) {
    if (container.getContainerId() == null) {
      return "the container was not created";
    }
    String log = ask("log", container::getLogs);
    return log.lines().reduce((a, b) -> b).orElse("(no output)");
  }

  /**
   * Makes sure that the engine has the image, pulling it if it must.
   *
   * @throws HostException if it is not to be had
   */
  public static void requireImage(String image) {
    DockerClient docker = DockerClientFactory.instance().client();
    try {
      docker.inspectImageCmd(image).exec();
      return;
    } catch (NotFoundException e) {
      // not here yet: pull it
    }
    String problem = "no answer in " + PULL_SECONDS + " s";
    try {
      if (docker.pullImageCmd(image).start().awaitCompletion(PULL_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (DockerException e) {
      problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problem = "interrupted";
    }
    throw new HostException(
        "image: " + image + " (expected: present or pullable; set IMAGE=; " + problem + ")");
  }

  /** Removes containers and networks whose runner is no longer alive. */
  private void sweep() {
    docker.listContainersCmd().withShowAll(true).withLabelFilter(List.of(RUNNER)).exec().stream()
        .filter(container -> isOrphan(container.getLabels()))
        .forEach(
            orphan ->
                sweep(() -> docker.removeContainerCmd(orphan.getId()).withForce(true).exec()));
    docker.listNetworksCmd().exec().stream()
        .filter(found -> found.getLabels() != null && isOrphan(found.getLabels()))
        .forEach(orphan -> sweep(() -> docker.removeNetworkCmd(orphan.getId()).exec()));
  }

  private static void sweep(Runnable removal) {
    try {
      removal.run();
    } catch (NotFoundException | ConflictException e) {
      // Another runner that has just started is at it.
    }
  }

  private static boolean isOrphan(Map<String, String> labels) {
    String runner = labels.get(RUNNER);
    return runner != null && ProcessHandle.of(Long.parseLong(runner)).isEmpty();
  }

  private static String runnerId() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private record ContainerServer(
      ContainerHost host, GenericContainer<?> container, JsonNode configuration) implements Hosted {
    @Override
    public URI url() {
      return host.url(container);
    }

    @Override
    public URI loadUrl() {
      return URI.create("http://server:" + PORT);
    }

    @Override
    public String samples() {
      return host.ask(
          "samples",
          () ->
              container.copyFileFromContainer(
                  "/tmp/samples.csv", in -> new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    }

    @Override
    public void cpuShare(double share) {
      long quota = new CpuShare(share).quotaMicros(host.cpus.server().size());
      host.ask(
          "cpu-share " + share,
          () ->
              host.docker
                  .updateContainerCmd(container.getContainerId())
                  .withCpuPeriod(CpuShare.PERIOD_MICROS)
                  .withCpuQuota(quota)
                  .exec());
    }

    @Override
    public String log() {
      return host.lastLine(container);
    }

    @Override
    public void close() {
      host.end(container);
    }
  }
}
