package shedlab.bench.fleet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import shedlab.bench.experiment.Experiment;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Host;
import shedlab.bench.host.HostException;
import shedlab.bench.host.Injector;
import shedlab.bench.host.ProcessHost;
import shedlab.bench.host.Programs;
import shedlab.bench.host.RunningServer;
import shedlab.bench.host.ServerSettings;
import shedlab.bench.setting.FleetKeys;
import shedlab.bench.targets.TargetHost;
import shedlab.bench.targets.TargetServer;
import shedlab.bench.targets.Targets;
import shedlab.simulation.model.FleetModel;
import shedlab.simulation.model.FleetModel.Proxy;

/**
 * Processes, among them fleets. The servers of a fleet have CPUs of their own if those can be
 * divided among them; else all share all. The proxy shares the CPUs of all servers.
 */
public final class FleetHost implements Host {
  private final ProcessHost host;
  private final TargetHost proxies;
  private final CpuSplit cpus;
  private final Path folder;
  private final Set<Proxy> used;
  private final Set<FleetServer> alive = ConcurrentHashMap.newKeySet();
  private int started;

  /**
   * Around a host, which it closes.
   *
   * @param folder for logs and the proxies' configurations
   * @param used the proxies that are to be used
   */
  public FleetHost(ProcessHost host, CpuSplit cpus, Path folder, Set<Proxy> used) {
    this.host = host;
    this.cpus = cpus;
    this.folder = folder.resolve("fleets");
    this.used = EnumSet.noneOf(Proxy.class);
    this.used.addAll(used);
    this.proxies = new TargetHost(host, Targets.NONE, cpus, folder, "", List.of());
  }

  /** The proxies that experiments need. */
  public static Set<Proxy> proxies(List<Experiment> experiments) {
    Set<Proxy> proxies = EnumSet.noneOf(Proxy.class);
    experiments.stream()
        .flatMap(e -> Stream.concat(Stream.of(e.settings()), e.ofVariant().values().stream()))
        .forEach(s -> s.get(FleetKeys.FLEET).ifPresent(fleet -> proxies.add(fleet.proxy())));
    return proxies;
  }

  /**
   * Refuses proxies that this machine does not have.
   *
   * @throws HostException that names the first
   */
  public static void require(Set<Proxy> proxies) {
    for (Proxy proxy : proxies) {
      String program = ProxyFile.program(proxy);
      if (!Programs.isThere(program)) {
        throw new HostException(program, "missing", "on the PATH, for a fleet");
      }
    }
  }

  @Override
  public String kind() {
    return host.kind();
  }

  @Override
  public String image() {
    return host.image();
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>(host.facts());
    for (Proxy proxy : used) {
      String program = ProxyFile.program(proxy);
      String said = Programs.run(List.of(program, "-v"));
      facts.put("proxy " + program, said.lines().findFirst().orElse("unknown"));
    }
    return facts;
  }

  @Override
  public RunningServer startServer(ServerSettings settings) {
    FleetModel fleet = settings.fleet();
    return fleet == null ? host.startServer(settings) : start(settings, fleet);
  }

  private FleetServer start(ServerSettings settings, FleetModel fleet) {
    List<Member> members = new ArrayList<>();
    try {
      for (int i = 0; i < fleet.servers(); i++) {
        List<Integer> own = cpusOf(fleet, i);
        members.add(
            new Member(
                settings.strategy(),
                (strategy, port) -> host.startServer(settings.withStrategy(strategy), own, port)));
      }
      ProxyFile file =
          ProxyFile.write(
              folder.resolve("proxy-" + ++started),
              fleet,
              members.stream().map(Member::url).toList());
      TargetServer proxy = proxies.start(file.target(), settings);
      FleetServer server = new FleetServer(members, proxy, !fleet.divides(cpus.server().size()));
      alive.add(server);
      return server;
    } catch (HostException e) {
      members.forEach(Member::close);
      throw e;
    }
  }

  private List<Integer> cpusOf(FleetModel fleet, int member) {
    List<Integer> all = cpus.server();
    int each = fleet.coresOfEach(all.size());
    return fleet.divides(all.size())
        ? IntStream.range(member * each, (member + 1) * each).mapToObj(all::get).toList()
        : all;
  }

  @Override
  public Injector injector() {
    return host.injector();
  }

  @Override
  public Map<String, SortedMap<Integer, Histogram>> wakeUps(Duration time) {
    return host.wakeUps(time);
  }

  @Override
  public void dropInjector() {
    host.dropInjector();
  }

  @Override
  public void close() {
    alive.forEach(FleetServer::close);
    proxies.close(); // and with it the host of the servers
  }
}
