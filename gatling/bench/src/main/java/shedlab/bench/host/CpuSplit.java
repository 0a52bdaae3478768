package shedlab.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import shedlab.report.result.CpuList;

/**
 * Which CPUs the server gets and which the load generators (and this JVM). On one machine they are
 * disjoint, whole physical cores each, half and half.
 *
 * @param server CPU numbers of the server
 * @param injectors CPU numbers of each load generator
 * @param loadMachines over how many machines besides the server's the load generators are spread,
 *     as many on each, where the same numbers are other CPUs; 0 if all numbers are of one machine
 */
public record CpuSplit(List<Integer> server, List<List<Integer>> injectors, int loadMachines) {
  /** On one machine. */
  public CpuSplit(List<Integer> server, List<List<Integer>> injectors) {
    this(server, injectors, 0);
  }

  /** One load generator. */
  public static CpuSplit of(List<Integer> server, List<Integer> injector) {
    return new CpuSplit(server, List.of(injector));
  }

  /** The split of the CPUs that this process may use. */
  public static CpuSplit ofThisMachine() {
    return of(Path.of("/"));
  }

  /** The same by the {@code proc} and {@code sys} below {@code root}. */
  public static CpuSplit of(Path root) {
    Map<String, List<Integer>> cores = new LinkedHashMap<>();
    for (int cpu : allowed(root)) {
      cores.computeIfAbsent(siblings(root, cpu), key -> new ArrayList<>()).add(cpu);
    }
    return of(cores.values());
  }

  /** Half of the cores each, the odd one to the injector; one core is shared. */
  static CpuSplit of(Collection<List<Integer>> cores) {
    List<Integer> server = new ArrayList<>();
    List<Integer> injector = new ArrayList<>();
    int left = cores.size() / 2;
    for (List<Integer> core : cores) {
      (left-- > 0 ? server : injector).addAll(core);
    }
    return of(server.isEmpty() ? injector : server, injector);
  }

  /**
   * The same for so many load generators instead of each: its CPUs in turn, so many for each as
   * they suffice for; the last may have one more or less.
   *
   * @throws HostException if there are fewer CPUs than generators
   */
  public CpuSplit among(int generators) {
    List<List<Integer>> each = new ArrayList<>();
    injectors.forEach(all -> each.addAll(among(all, generators)));
    return new CpuSplit(server, List.copyOf(each), loadMachines);
  }

  private static List<List<Integer>> among(List<Integer> all, int generators) {
    if (generators > all.size()) {
      throw new HostException(
          "injectors",
          generators,
          "at most "
              + all.size()
              + ", for each has a CPU of its own; "
              + generators
              + ":shared if they may share them");
    }
    List<List<Integer>> each = new ArrayList<>();
    for (int i = 0; i < generators; i++) {
      each.add(
          List.copyOf(all.subList(i * all.size() / generators, (i + 1) * all.size() / generators)));
    }
    return each;
  }

  /** The same for so many load generators instead of each, which all use its CPUs. */
  public CpuSplit sharedBy(int generators) {
    List<List<Integer>> each = new ArrayList<>();
    injectors.forEach(all -> each.addAll(Collections.nCopies(generators, all)));
    return new CpuSplit(server, List.copyOf(each), loadMachines);
  }

  /** What a load generator is called in messages: its number, if there are several. */
  public String injectorName(int index) {
    return injectors.size() == 1 ? "injector" : "injector-" + (index + 1);
  }

  /** CPU numbers of all load generators, each once. */
  public List<Integer> injector() {
    return injectors.stream().flatMap(List::stream).distinct().toList();
  }

  /** The CPUs of each load generator, for people: {@code 4,5 | 6,7}. */
  public String injectorLists() {
    return injectors.stream()
        .map(cpus -> CpuList.of(cpus).toString())
        .collect(Collectors.joining(" | "));
  }

  /** True if load generators share a CPU. */
  public boolean injectorsShare() {
    return injector().size() * Math.max(1, loadMachines)
        < injectors.stream().mapToInt(List::size).sum();
  }

  /** True if the two sides disturb each other, as on a machine of one core. */
  public boolean shared() {
    return loadMachines == 0 && !Collections.disjoint(server, injector());
  }

  /** The server's CPUs as {@code taskset} and cpusets write them. */
  public String serverList() {
    return CpuList.of(server).toString();
  }

  /** The injector's CPUs as {@code taskset} and cpusets write them. */
  public String injectorList() {
    return CpuList.of(injector()).toString();
  }

  /** The CPUs of both, likewise. */
  public String list() {
    List<Integer> all = new ArrayList<>(server);
    all.addAll(injector());
    return CpuList.of(all).toString();
  }

  private static Iterable<Integer> allowed(Path root) {
    try {
      for (String line : Files.readAllLines(root.resolve("proc/self/status"))) {
        if (line.startsWith("Cpus_allowed_list:")) {
          return CpuList.parse(line.substring(line.indexOf(':') + 1)).cpus();
        }
      }
    } catch (IOException e) {
      // Not Linux: number them.
    }
    return CpuList.parse("0-" + (Runtime.getRuntime().availableProcessors() - 1)).cpus();
  }

  private static String siblings(Path root, int cpu) {
    String file = "sys/devices/system/cpu/cpu" + cpu + "/topology/thread_siblings_list";
    try {
      return Files.readString(root.resolve(file)).trim();
    } catch (IOException e) {
      return Integer.toString(cpu);
    }
  }
}
