package shedlab.bench.machine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import oshi.SystemInfo;
import oshi.hardware.HardwareAbstractionLayer;
import shedlab.bench.host.CpuSplit;
import shedlab.bench.host.Host;

/** What a reader needs to know about the machine before believing a figure from it. */
public final class Environment {
  /** Facts that differ every time, or are known only once a server has started. */
  private static final Set<String> PASSING =
      Set.of("load average before", "steal since boot before", "server JVM");

  private final Machine machine = Machine.ofThisProcess();
  private final Machine.Ticks start = machine.ticks();
  private final Host host;
  private final CpuSplit cpus;

  /** Counts steal from now on. */
  public Environment(Host host, CpuSplit cpus) {
    this.host = host;
    this.cpus = cpus;
  }

  /** The facts before a run with this seed. */
  public Map<String, String> before(long seed) {
    Map<String, String> found = new LinkedHashMap<>();
    found.put("commit", commit());
    found.put(
        "uncommitted changes", output("git", "status", "--porcelain").isEmpty() ? "no" : "yes");
    found.put("seed", Long.toString(seed));
    found.put("host", host.kind());
    found.put("image", host.image());
    found.put("server CPUs", cpus.serverList());
    found.put("injector CPUs", cpus.injectorList());
    if (cpus.injectors().size() > 1) {
      found.put(
          "load generators",
          cpus.injectors().size()
              + ", on CPU "
              + cpus.injectorLists()
              + (cpus.injectorsShare() ? " (shared)" : ""));
    }
    found.put("sides share a core", cpus.shared() ? "yes: not evidence" : "no");
    hardware(found);
    kernel(found);
    found.put("load average before", machine.textOrUnknown("proc/loadavg"));
    found.put("steal since boot before", percent(start.stolenSince(new Machine.Ticks(0, 0, 0))));
    found.put("runner JVM", System.getProperty("java.vm.name") + " " + Runtime.version());
    found.put(
        "runner JVM flags", ManagementFactory.getRuntimeMXBean().getInputArguments().toString());
    found.putAll(host.facts());
    return found;
  }

  /** The names of facts that have changed since a run with this seed began. */
  public List<String> changedSince(Map<String, String> begun, long seed) {
    return before(seed).entrySet().stream()
        .filter(now -> !PASSING.contains(now.getKey()))
        .filter(now -> !now.getValue().equals(begun.getOrDefault(now.getKey(), now.getValue())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The facts that a run may have changed, after it. */
  public Map<String, String> after() {
    Machine.Ticks end = machine.ticks();
    Map<String, String> found = new LinkedHashMap<>();
    found.put("load average after", machine.textOrUnknown("proc/loadavg"));
    found.put("steal since boot after", percent(end.stolenSince(new Machine.Ticks(0, 0, 0))));
    found.put("steal in this session", percent(end.stolenSince(start)));
    found.put("server JVM", host.facts().getOrDefault("server JVM", "unknown"));
    return found;
  }

  /** Of the folder that this process runs in. */
  public static String commit() {
    return output("git", "rev-parse", "HEAD");
  }

  private static void hardware(Map<String, String> found) {
    SystemInfo system = new SystemInfo();
    HardwareAbstractionLayer hardware = system.getHardware();
    found.put("CPU", hardware.getProcessor().getProcessorIdentifier().getName().trim());
    found.put("logical CPUs", Integer.toString(hardware.getProcessor().getLogicalProcessorCount()));
    found.put(
        "physical cores", Integer.toString(hardware.getProcessor().getPhysicalProcessorCount()));
    found.put("memory MiB", Long.toString(hardware.getMemory().getTotal() >> 20));
    found.put("system", system.getOperatingSystem().toString());
  }

  private void kernel(Map<String, String> found) {
    found.put("kernel", machine.textOrUnknown("proc/sys/kernel/osrelease"));
    found.putAll(new KernelScheduling(machine).facts());
    found.put("microcode", machine.line("proc/cpuinfo", "microcode\t:").orElse("unknown"));
    String governors = String.join(", ", machine.governors());
    found.put("governor", governors.isEmpty() ? "unknown" : governors);
    found.put("mitigations", machine.mitigations());
    found.put(
        "clock source",
        machine.textOrUnknown("sys/devices/system/clocksource/clocksource0/current_clocksource"));
    found.put("cgroup", machine.cgroup());
    List<String> quotas = ControlGroups.of(machine, "self").quotas();
    found.put("CPU quota", quotas.isEmpty() ? "none" : String.join(", ", quotas));
    found.put("huge pages", machine.textOrUnknown("sys/kernel/mm/transparent_hugepage/enabled"));
    for (String key :
        new String[] {
          "net.core.somaxconn",
          "net.ipv4.ip_local_port_range",
          "net.ipv4.tcp_tw_reuse",
          "net.ipv4.tcp_max_syn_backlog"
        }) {
      String file = "proc/sys/" + key.replace('.', '/');
      found.put(key, machine.textOrUnknown(file).replaceAll("\\s+", " "));
    }
    found.put(
        "open files",
        machine.line("proc/self/limits", "Max open files").orElse("unknown").split(" ", 2)[0]);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0
          ? text.trim()
          : "unknown";
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
