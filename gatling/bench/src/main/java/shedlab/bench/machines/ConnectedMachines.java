package shedlab.bench.machines;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.HostException;
import shedlab.report.result.CpuList;
import shedlab.spec.SpecException;

/**
 * The machines of a run, whose engines answer.
 *
 * @param cpus the CPUs of the server on its machine, and those for load generators on each other
 */
public record ConnectedMachines(RemoteMachine server, List<RemoteMachine> load, CpuSplit cpus) {
  /**
   * Connects to all of them.
   *
   * @param images what is to run there
   * @param serverCpus the CPUs of the server; empty for all that its machine has
   * @param loadCpus those of each load generator; empty for all that every load machine has
   * @param progress is told what takes a while; any thread
   * @throws HostException if a machine cannot be used, or the load machines cannot reach the server
   * @throws SpecException for CPUs that a machine does not have
   */
  public static ConnectedMachines connect(
      Machines machines,
      Set<String> images,
      String serverCpus,
      String loadCpus,
      Consumer<String> progress) {
    List<RemoteMachine> all =
        AllAtOnce.map(
            machines.all(),
            machine -> RemoteMachine.connect(machine, List.copyOf(images), progress));
    RemoteMachine server = all.get(0);
    List<RemoteMachine> load = List.copyOf(all.subList(1, all.size()));
    if (server.isLoopback() && load.stream().anyMatch(machine -> !machine.isOn(server))) {
      throw new HostException(
          "machine",
          machines.server(),
          "an address that the load machines reach; write "
              + machines.server().engine()
              + "/ADDRESS");
    }
    CpuList ofServer = chosen("server-cpus", serverCpus, List.of(server));
    CpuList ofLoad = chosen("load-cpus", loadCpus, load);
    boolean apart = kernels(all) == all.size(); // else two engines are on one machine
    List<List<Integer>> each = Collections.nCopies(load.size(), ofLoad.cpus());
    return new ConnectedMachines(
        server, load, new CpuSplit(ofServer.cpus(), each, apart ? load.size() : 0));
  }

  /** Those that were named, else all that every machine has. */
  private static CpuList chosen(String key, String named, List<RemoteMachine> machines) {
    Set<Integer> common = new TreeSet<>(machines.get(0).facts().cpus().cpus());
    machines.forEach(machine -> common.retainAll(machine.facts().cpus().cpus()));
    SpecException.check(!common.isEmpty(), key, "none", "CPUs that all load machines have");
    if (named.isBlank()) {
      return CpuList.of(common);
    }
    CpuList list = CpuList.parse(named);
    SpecException.check(
        common.containsAll(list.cpus()), key, named, "some of the CPUs " + CpuList.of(common));
    return list;
  }

  /** How many kernels run on them. */
  long kernels() {
    return kernels(all());
  }

  private static long kernels(List<RemoteMachine> machines) {
    return machines.stream().map(machine -> machine.facts().boot()).distinct().count();
  }

  /** All of them, the server's first. */
  List<RemoteMachine> all() {
    List<RemoteMachine> all = new ArrayList<>(List.of(server));
    all.addAll(load);
    return all;
  }

  /** For the console. */
  @Override
  public String toString() {
    return "server on "
        + server.engine()
        + ", load from "
        + load.stream().map(m -> m.engine().name()).collect(Collectors.joining(", "));
  }
}
