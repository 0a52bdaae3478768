package shedlab.bench.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import shedlab.bench.fleet.FleetServer;

/**
 * A fleet: each of its servers is asked itself, past the proxy, and counts are the sum of all,
 * those of servers that were killed included.
 */
final class FleetControl implements ServerControl {
  private final FleetServer fleet;
  private final List<ServerProbe> servers;

  FleetControl(FleetServer fleet) {
    this.fleet = fleet;
    this.servers = fleet.servers().stream().map(ServerProbe::new).toList();
  }

  @Override
  public boolean takesStrategies() {
    return true;
  }

  private void each(Consumer<ServerProbe> what) {
    servers.forEach(what);
  }

  private ServerCounts sum(Function<ServerProbe, ServerCounts> asked) {
    List<ServerCounts> all = new ArrayList<>(lost());
    servers.forEach(server -> all.add(asked.apply(server)));
    return all.stream().reduce(ServerCounts::and).orElseThrow();
  }

  /** What servers had decided when they were killed; of what was in them, nobody knows. */
  private List<ServerCounts> lost() {
    return fleet.losses().stream().map(loss -> counted(loss).decided()).toList();
  }

  private static ServerCounts counted(FleetServer.Loss loss) {
    return ServerCounts.of(PrometheusText.samples(loss.metrics()));
  }

  @Override
  public void verifyContract(Admits admits) {
    each(server -> server.verifyContract(admits));
  }

  @Override
  public double serviceSeconds(int units) {
    return servers.get(0).serviceSeconds(units);
  }

  @Override
  public void switchStrategyOff() {
    each(ServerProbe::switchStrategyOff);
  }

  @Override
  public void reset() {
    each(ServerProbe::reset);
  }

  @Override
  public void exchange(String strategy) {
    each(server -> server.exchange(strategy));
    fleet.takes(strategy);
  }

  /** Of the slowest server. */
  @Override
  public @Nullable Double unitCpuNanos(int units, int tasks) {
    return servers.stream()
        .map(server -> server.unitCpuNanos(units, tasks))
        .filter(Objects::nonNull)
        .max(Double::compare)
        .orElse(null);
  }

  @Override
  public OptionalDouble cpuSeconds() {
    double proxy = fleet.proxyCpuSeconds().orElse(0);
    return OptionalDouble.of(
        proxy + servers.stream().mapToDouble(server -> server.cpuSeconds().orElse(0)).sum());
  }

  @Override
  public ServerCounts counts() {
    return sum(ServerProbe::counts);
  }

  @Override
  public ServerCounts settledCounts() {
    return sum(ServerProbe::settledCounts);
  }

  @Override
  public long unseen(Offered offered) {
    return fleet.losses().stream()
        .mapToLong(
            loss ->
                counted(loss).undecided()
                    + offered.between(loss.askedEpochMicros(), loss.endedEpochMicros()))
        .sum();
  }

  @Override
  public boolean awaitIdle() {
    return servers.stream().allMatch(ServerProbe::awaitIdle);
  }

  /** What is hardly any CPU time of one server is more of several. */
  @Override
  public boolean awaitQuiet() {
    return servers.stream().allMatch(ServerControl::awaitQuiet);
  }

  @Override
  public void awaitWorkedOff() {
    each(ServerProbe::awaitWorkedOff);
  }
}
