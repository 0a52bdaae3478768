package shedlab.bench.machines;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import shedlab.bench.container.ContainerPaths;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Distributions;
import shedlab.bench.host.Host;
import shedlab.bench.host.HostException;
import shedlab.bench.host.Injector;
import shedlab.bench.host.Injectors;
import shedlab.bench.host.JvmFlags;
import shedlab.bench.host.RemoteInjector;
import shedlab.bench.host.RunningServer;
import shedlab.bench.host.ServerSettings;
import shedlab.report.result.CpuList;

/**
 * The server on one machine and load generators on others, in containers with the network of their
 * machine. Whatever dies here or there, nothing of it is left: a container lives as long as it is
 * told to from here.
 */
public final class MachinesHost implements Host {
  private static final String LEASE = "--lease-seconds";
  private static final String SECONDS = Integer.toString(ContainerRequest.LEASE_SECONDS);

  private final Distributions distributions;
  private final ConnectedMachines machines;
  private final String image;
  private final String serverImage;
  private final Path folder;
  private final CpuSplit cpus;
  private final Pulse pulse = new Pulse();
  private final Set<RemoteContainer> alive = ConcurrentHashMap.newKeySet();
  private final Set<RemoteContainer> generators = ConcurrentHashMap.newKeySet();
  private final AtomicInteger started = new AtomicInteger();
  private String serverJvm = "not started yet";
  private @Nullable Injector injector;

  /**
   * On machines that are connected.
   *
   * @param cpus of both sides, those of the load generators divided among them
   * @param image of the load generators
   * @param serverImage of the servers
   * @param folder for logs
   */
  public MachinesHost(
      Distributions distributions,
      ConnectedMachines machines,
      CpuSplit cpus,
      String image,
      String serverImage,
      Path folder) {
    this.distributions = distributions;
    this.machines = machines;
    this.image = image;
    this.serverImage = serverImage;
    this.folder = folder;
    this.cpus = cpus;
  }

  @Override
  public String kind() {
    return "machines";
  }

  @Override
  public String image() {
    return serverImage.equals(image) ? image : image + " (servers: " + serverImage + ")";
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("machines", machines.all().size() + " engines on " + machines.kernels() + " kernels");
    names()
        .forEach(
            (name, machine) -> {
              facts.put("machine " + name, machine.engine() + ": " + machine.facts());
              facts.put("images of " + name, machine.images().toString());
            });
    facts.put("server JVM", serverJvm);
    facts.putAll(JvmFlags.facts(cpus));
    return facts;
  }

  /** The machines by what they are called in results. */
  private Map<String, RemoteMachine> names() {
    Map<String, RemoteMachine> names = new LinkedHashMap<>();
    names.put("server", machines.server());
    for (int i = 0; i < machines.load().size(); i++) {
      names.put("load" + (i + 1), machines.load().get(i));
    }
    return names;
  }

  @Override
  public RunningServer startServer(ServerSettings settings) {
    List<String> command =
        new ArrayList<>(JvmFlags.server(cpus.server().size(), settings, ContainerPaths.RECORDINGS));
    command.addAll(Distributions.servers(ContainerPaths.APP, ContainerPaths.PLUG_INS));
    command.addAll(settings.arguments(machines.server().address(), 0, ContainerPaths.SAMPLES));
    command.add(LEASE + "=" + SECONDS);
    RemoteContainer container =
        start(
            machines.server(),
            new ContainerRequest(
                "server",
                serverImage,
                cpus.serverList(),
                1024,
                settings.raisesPriority(),
                servers(),
                command));
    serverJvm = container.ready().path("javaVersion").asText(serverJvm);
    return new RemoteServer(
        this, container, cpus.server().size(), folder.resolve("machine-" + started.get()));
  }

  private Map<String, Path> servers() {
    Map<String, Path> folders = new LinkedHashMap<>();
    folders.put(ContainerPaths.APP, distributions.servers());
    if (Files.isDirectory(distributions.plugIns())) {
      folders.put(ContainerPaths.PLUG_INS, distributions.plugIns());
    }
    return folders;
  }

  @Override
  public Injector injector() {
    if (injector == null) {
      List<Integer> numbers = IntStream.range(0, cpus.injectors().size()).boxed().toList();
      try {
        // All by this machine's clock, and so one alone too.
        injector = new Injectors(AllAtOnce.map(numbers, this::generator));
      } catch (HostException e) {
        dropInjector();
        throw e;
      }
    }
    return injector;
  }

  private RemoteInjector generator(int number) {
    List<RemoteMachine> load = machines.load();
    RemoteMachine machine = load.get(number * load.size() / cpus.injectors().size());
    List<String> command = new ArrayList<>(JvmFlags.injector(cpus, number));
    command.addAll(List.of("-jar", ContainerPaths.APP + "/injector.jar"));
    command.addAll(RemoteInjector.arguments(machine.address(), 0, ContainerPaths.INJECTOR));
    command.addAll(List.of(LEASE, SECONDS));
    String name = cpus.injectorName(number);
    RemoteContainer container =
        start(
            machine,
            new ContainerRequest(
                name,
                image,
                CpuList.of(cpus.injectors().get(number)).toString(),
                3072,
                false,
                Map.of(ContainerPaths.APP, distributions.injector()),
                command));
    generators.add(container);
    RemoteInjector started =
        new RemoteInjector(name, container.url(), OptionalLong.empty(), container::mustBeAttached);
    started.requireAnswer();
    return started;
  }

  private RemoteContainer start(RemoteMachine machine, ContainerRequest request) {
    Path log = folder.resolve("container-" + started.incrementAndGet() + ".log");
    RemoteContainer container = RemoteContainer.start(machine, request, pulse, log);
    alive.add(container);
    return container;
  }

  @Override
  public Map<String, SortedMap<Integer, Histogram>> wakeUps(Duration time) {
    List<Map.Entry<String, RemoteMachine>> all = List.copyOf(names().entrySet());
    List<SortedMap<Integer, Histogram>> found =
        AllAtOnce.map(
            all,
            each ->
                wakeUps(
                    each.getValue(),
                    each.getKey().equals("server") ? cpus.serverList() : cpus.injectorList(),
                    time));
    Map<String, SortedMap<Integer, Histogram>> byMachine = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      byMachine.put(all.get(i).getKey(), found.get(i));
    }
    return byMachine;
  }

  /** A container that is ready has measured. */
  private SortedMap<Integer, Histogram> wakeUps(
      RemoteMachine machine, String cpuList, Duration time) {
    List<String> command = new ArrayList<>(JvmFlags.floor(CpuList.parse(cpuList).size()));
    command.addAll(Distributions.servers(ContainerPaths.APP, ContainerPaths.PLUG_INS));
    command.addAll(Distributions.floor(time, ContainerPaths.FLOOR));
    command.add(LEASE + "=" + SECONDS);
    ContainerRequest request =
        new ContainerRequest("noise floor", serverImage, cpuList, 256, false, servers(), command);
    RemoteContainer container = start(machine, request);
    long end = System.currentTimeMillis();
    try {
      return Distributions.wakeUps(container.file(ContainerPaths.FLOOR), end);
    } finally {
      end(container);
    }
  }

  @Override
  public void dropInjector() {
    endAll(generators);
    generators.clear();
    injector = null;
  }

  void end(RemoteContainer container) {
    alive.remove(container);
    container.end();
  }

  /** At once: each waits for its engine, which may be gone. */
  private void endAll(Collection<RemoteContainer> containers) {
    AllAtOnce.map(
        List.copyOf(containers),
        container -> {
          end(container);
          return container;
        });
  }

  @Override
  public void close() {
    endAll(alive);
    AllAtOnce.map(
        machines.all(),
        machine -> {
          machine.removeOurs();
          return machine;
        });
    pulse.close();
  }
}
