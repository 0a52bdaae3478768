package shedlab.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.bench.container.Engine;
import shedlab.bench.host.CpuSplit;
import shedlab.report.raw.Floor;

/**
 * Looks for whatever would spoil results on this machine, and says how to fix it. Changes nothing.
 */
public final class Doctor {
  /** If more of all CPU time is used while nothing is measured, something else is running. */
  private static final double MOST_BUSY = 0.1;

  /** More than that, and cells cannot be believed at all. */
  private static final double MOST_STEAL = 0.05;

  private static final double MOST_LOAD = 0.5;
  private static final int LEAST_PORTS = 16_384;
  private static final int LEAST_FILES = 8_192;

  /** The servers ask for an accept backlog of this length. */
  private static final int LEAST_BACKLOG = 1_024;

  /** For server, load generator and runner. */
  private static final long LEAST_MEMORY_MIB = 4_608;

  private static final long LEAST_DISK_MIB = 1_024;
  private static final int OLDEST_JDK = 17;
  private static final int NEWEST_JDK = 25;
  private static final Pattern PORTS = Pattern.compile("(\\d+)\\s+(\\d+)");

  private final Machine machine;
  private final Supplier<Optional<Engine>> engine;
  private final Runnable pause;
  private final List<Finding> findings = new ArrayList<>();

  private Doctor(Machine machine, Supplier<Optional<Engine>> engine, Runnable pause) {
    this.machine = machine;
    this.engine = engine;
    this.pause = pause;
  }

  /**
   * Everything that was checked, in the order of the report.
   *
   * @param engine the Docker engine, if one answers
   * @param pause between two readings of CPU time: about a second
   * @param floor measures the noise floor of idle CPUs
   * @param results where runs are written
   * @param jdk feature version of the running JDK
   */
  public static List<Finding> findings(
      Machine machine,
      Supplier<Optional<Engine>> engine,
      Runnable pause,
      Supplier<Floor> floor,
      Path results,
      int jdk) {
    var doctor = new Doctor(machine, engine, pause);
    doctor.others();
    doctor.findings.add(FloorFinding.of(floor.get()));
    doctor.cpus();
    doctor.network();
    doctor.memory();
    doctor.disk(results);
    doctor.hosts();
    doctor.jdk(jdk);
    return List.copyOf(doctor.findings);
  }

  /** What else is running; first, because the other checks use CPU time too. */
  private void others() {
    Machine.Ticks before = machine.ticks();
    pause.run();
    Machine.Ticks after = machine.ticks();
    double busy = after.busySince(before);
    double steal = after.stolenSince(before);
    check("CPUs at rest", percent(busy) + " busy", busy <= MOST_BUSY, "end what else runs");
    check(
        "steal",
        percent(steal) + " of the CPU time",
        steal <= MOST_STEAL,
        "a host with dedicated CPUs, or a time at which its other virtual machines are idle");
    atMost(
        "load average",
        machine.number("proc/loadavg"),
        MOST_LOAD,
        "end what else runs, or wait for a minute");
    List<String> jvms =
        machine.names("proc").stream()
            .filter(name -> name.matches("[0-9]+") && !name.equals(self()))
            .filter(pid -> machine.textOrUnknown("proc/" + pid + "/comm").equals("java"))
            .toList();
    check(
        "other JVMs",
        jvms.isEmpty() ? "none" : "process " + String.join(", ", jvms),
        jvms.isEmpty(),
        "end them (build daemons too)");
  }

  /** The number of this process, which is one of the JVMs. */
  private String self() {
    try {
      return Files.readSymbolicLink(machine.root().resolve("proc/self")).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private void cpus() {
    CpuSplit split = CpuSplit.of(machine.root());
    check(
        "two sides",
        "server on CPU " + split.serverList() + ", load generator on CPU " + split.injectorList(),
        !split.shared(),
        "a machine with two physical cores or more, both of them for this process");
    List<String> governors = machine.governors();
    check(
        "governor",
        governors.isEmpty() ? "not known" : String.join(", ", governors),
        governors.isEmpty() || governors.equals(List.of("performance")),
        "cpupower frequency-set -g performance");
    String boost = "sys/devices/system/cpu/cpufreq/boost";
    String noTurbo = "sys/devices/system/cpu/intel_pstate/no_turbo";
    boolean turbo =
        machine.textOrUnknown(boost).equals("1") || machine.textOrUnknown(noTurbo).equals("0");
    check(
        "turbo",
        turbo ? "on" : machine.has(boost) || machine.has(noTurbo) ? "off" : "not known",
        !turbo,
        machine.has(noTurbo) ? "echo 1 > /" + noTurbo : "echo 0 > /" + boost);
    String clock =
        machine.textOrUnknown("sys/devices/system/clocksource/clocksource0/current_clocksource");
    check(
        "clock source",
        clock,
        !clock.matches("hpet|acpi_pm|jiffies|refined-jiffies|xen|pit"),
        "clocksource=tsc on the kernel's command line: reading this one is slow");
    List<String> quotas = ControlGroups.of(machine, "self").quotas();
    check(
        "CPU quota",
        quotas.isEmpty() ? "none" : String.join(", ", quotas),
        quotas.isEmpty(),
        "start it in a control group without one, as all groups above it: it would be throttled");
  }

  private void network() {
    String file = "proc/sys/net/ipv4/ip_local_port_range";
    Matcher range = PORTS.matcher(machine.textOrUnknown(file));
    long ports =
        range.matches()
            ? Long.parseLong(range.group(2)) - Long.parseLong(range.group(1)) + 1
            : LEAST_PORTS;
    long waiting = socketsInTimeWait();
    check(
        "free ports",
        ports + " to choose from, " + waiting + " in TIME_WAIT",
        ports - waiting >= LEAST_PORTS,
        waiting > ports / 4
            ? "wait for a minute"
            : "sysctl -w net.ipv4.ip_local_port_range='1024 65535'");
    String reuse = machine.textOrUnknown("proc/sys/net/ipv4/tcp_tw_reuse");
    check("tcp_tw_reuse", reuse, !reuse.equals("0"), "sysctl -w net.ipv4.tcp_tw_reuse=1");
    atLeast(
        "somaxconn",
        machine.number("proc/sys/net/core/somaxconn"),
        LEAST_BACKLOG,
        "sysctl -w net.core.somaxconn=4096");
    OptionalDouble files =
        machine.line("proc/self/limits", "Max open files").stream()
            .map(line -> line.split("\\s+", -1)[0])
            .filter(soft -> soft.matches("[0-9]+")) // "unlimited" is enough
            .mapToDouble(Double::parseDouble)
            .findFirst();
    atLeast("open files", files, LEAST_FILES, "ulimit -n 65536");
  }

  private long socketsInTimeWait() {
    Matcher waiting =
        Pattern.compile("\\btw (\\d+)").matcher(machine.textOrUnknown("proc/net/sockstat"));
    return waiting.find() ? Long.parseLong(waiting.group(1)) : 0;
  }

  private void memory() {
    String pages = machine.textOrUnknown("sys/kernel/mm/transparent_hugepage/enabled");
    check(
        "huge pages",
        pages,
        !pages.contains("[always]"),
        "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled");
    long used = mebibytes("SwapTotal:") - mebibytes("SwapFree:");
    check("swap", used + " MiB in use", used == 0, "swapoff -a, if the memory is enough for it");
    Optional<String> available = machine.line("proc/meminfo", "MemAvailable:");
    long free = mebibytes("MemAvailable:");
    check(
        "memory",
        available.isEmpty() ? "unknown" : free + " MiB available",
        available.isEmpty() || free >= LEAST_MEMORY_MIB,
        "end what holds it: a run wants " + LEAST_MEMORY_MIB + " MiB");
  }

  private long mebibytes(String label) {
    return machine
        .line("proc/meminfo", label)
        .map(line -> Long.parseLong(line.replaceFirst("\\s.*", "")) >> 10)
        .orElse(0L);
  }

  private void disk(Path results) {
    Path folder = results.toAbsolutePath();
    while (!Files.exists(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    try {
      long free = Files.getFileStore(folder).getUsableSpace() >> 20;
      check(
          "disk",
          free + " MiB free for " + results,
          free >= LEAST_DISK_MIB && Files.isWritable(folder),
          "make room, or name another folder by --results");
    } catch (IOException e) {
      findings.add(new Finding("disk", "unknown: " + e.getMessage(), "name another --results"));
    }
  }

  private void hosts() {
    Optional<Engine> found = engine.get();
    check(
        "Docker",
        found.map(Engine::toString).orElse("no engine answers"),
        found.map(Engine::cpusets).orElse(false),
        found.isPresent()
            ? "an engine whose kernel has cpusets: without them both sides share all CPUs"
            : "start one; until then runs are pinned processes");
    String cgroup = machine.cgroup();
    boolean cpusets =
        cgroup.equals("v2")
            ? machine.textOrUnknown("sys/fs/cgroup/cgroup.controllers").contains("cpuset")
            : machine.has("sys/fs/cgroup/cpuset");
    check(
        "control groups",
        cgroup + (cpusets ? " with cpuset" : " without cpuset"),
        cpusets,
        "mount the cpuset controller, or choose processes (--host processes)");
    boolean taskset = machine.has("usr/bin/taskset");
    check(
        "taskset",
        taskset ? "there" : "missing",
        taskset,
        "install util-linux: without it processes are not pinned");
  }

  private void jdk(int feature) {
    check(
        "JDK",
        Integer.toString(feature),
        feature >= OLDEST_JDK && feature <= NEWEST_JDK,
        "JDK " + OLDEST_JDK + " to " + NEWEST_JDK + ", on which this is tested");
  }

  private void check(String name, String found, boolean ok, String remedy) {
    findings.add(Finding.of(name, found, ok, remedy));
  }

  private void atMost(String name, OptionalDouble value, double most, String remedy) {
    boolean ok = value.isEmpty() || value.getAsDouble() <= most;
    check(name, number(value) + (ok ? "" : " (expected: at most " + most + ")"), ok, remedy);
  }

  private void atLeast(String name, OptionalDouble value, int least, String remedy) {
    boolean ok = value.isEmpty() || value.getAsDouble() >= least;
    check(name, number(value) + (ok ? "" : " (expected: at least " + least + ")"), ok, remedy);
  }

  private static String number(OptionalDouble value) {
    if (value.isEmpty()) {
      return "unknown";
    }
    double number = value.getAsDouble();
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
