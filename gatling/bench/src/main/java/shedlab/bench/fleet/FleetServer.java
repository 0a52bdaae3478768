package shedlab.bench.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import shedlab.bench.host.RunningServer;
import shedlab.bench.targets.TargetServer;

/**
 * Servers behind a proxy, as one server: load goes to the proxy, and samples are the sum of all,
 * with the CPU time of the proxy.
 */
public final class FleetServer implements RunningServer {
  private final List<Member> members;
  private final TargetServer proxy;
  private final boolean shared;

  /**
   * What is left of a server that was killed.
   *
   * @param metrics what it told right before
   * @param samples its sampler's CSV
   * @param askedEpochMicros when it was asked for the metrics
   * @param endedEpochMicros when its process had ended
   */
  public record Loss(
      String metrics, String samples, long askedEpochMicros, long endedEpochMicros) {}

  /**
   * A fleet that is up.
   *
   * @param shared whether all servers share all CPUs
   */
  FleetServer(List<Member> members, TargetServer proxy, boolean shared) {
    this.members = List.copyOf(members);
    this.proxy = proxy;
    this.shared = shared;
  }

  /** The addresses of its servers. */
  public List<URI> servers() {
    return members.stream().map(Member::url).toList();
  }

  /** What was killed in it, in its order. */
  public List<Loss> losses() {
    return members.stream().flatMap(member -> member.losses().stream()).toList();
  }

  /** CPU time that the proxy has used, in seconds. */
  public OptionalDouble proxyCpuSeconds() {
    return proxy.cpuSeconds();
  }

  /** A server that is started again begins with this strategy. */
  public void takes(String strategy) {
    members.forEach(member -> member.takes(strategy));
  }

  /**
   * Kills its first server. Of CPUs that all share, a neighbour takes that server's part: it is
   * gone as it would be with a machine.
   *
   * @throws shedlab.bench.host.HostException if it cannot be done here
   */
  public void kill() {
    members.get(0).kill();
    if (shared) {
      survivor().cpuShare((members.size() - 1.0) / members.size());
    }
  }

  /**
   * Starts the first server again, cold and with nothing learnt, on its CPUs.
   *
   * @throws shedlab.bench.host.HostException if it does not become ready
   */
  public void restart() {
    if (shared) {
      survivor().cpuShare(1);
    }
    members.get(0).restart();
  }

  private RunningServer survivor() {
    return members.get(members.size() - 1).server();
  }

  @Override
  public URI url() {
    return proxy.url();
  }

  @Override
  public URI loadUrl() {
    return proxy.loadUrl();
  }

  @Override
  public OptionalLong pid() {
    return proxy.pid();
  }

  @Override
  public JsonNode configuration() {
    return survivor().configuration();
  }

  @Override
  public String samples() {
    List<FleetSamples.Place> places = new ArrayList<>();
    for (Member member : members) {
      places.add(new FleetSamples.Place(member.losses(), member.server().samples()));
    }
    return FleetSamples.sum(places, proxy.samples());
  }

  @Override
  public void cpuShare(double share) {
    survivor().cpuShare(share);
  }

  @Override
  public String lastLine() {
    return members.stream()
        .map(member -> member.server().lastLine())
        .collect(Collectors.joining(" | ", "", " | " + proxy.lastLine()));
  }

  @Override
  public void close() {
    proxy.close();
    members.forEach(Member::close);
  }
}
