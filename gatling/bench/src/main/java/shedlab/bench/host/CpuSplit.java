package shedlab.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import shedlab.report.result.CpuList;

/**
 * Which CPUs the server gets and which the injector (and this JVM): disjoint, whole physical cores
 * each, half and half.
 *
 * @param server CPU numbers of the server
 * @param injector CPU numbers of the injector
 */
public record CpuSplit(List<Integer> server, List<Integer> injector) {
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
    return server.isEmpty() ? new CpuSplit(injector, injector) : new CpuSplit(server, injector);
  }

  /** True if there is one core only, so that the two sides disturb each other. */
  public boolean shared() {
    return server.equals(injector);
  }

  /** The server's CPUs as {@code taskset} and cpusets write them. */
  public String serverList() {
    return CpuList.of(server).toString();
  }

  /** The injector's CPUs as {@code taskset} and cpusets write them. */
  public String injectorList() {
    return CpuList.of(injector).toString();
  }

  /** The CPUs of both, likewise. */
  public String list() {
    List<Integer> all = new ArrayList<>(server);
    all.addAll(injector);
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
