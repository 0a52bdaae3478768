package shedlab.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.bench.container.Engine;
import shedlab.report.NotRun;
import shedlab.report.raw.Floor;

/** In these tests a machine is a folder with {@code proc} and {@code sys} in it. */
class DoctorTest {
  private static final Engine ENGINE = new Engine("27.3.1", "1.47", "2", true);

  @TempDir private Path root = Path.of("");
  private Optional<Engine> engine = Optional.of(ENGINE);
  private Runnable pause = () -> ticks(1_100, 5_900, 0);
  private Floor floor = wakingLate(60, 3_900);
  private int jdk = 17;

  @BeforeEach
  void aQuietMachineOfTwoCores() {
    ticks(1_000, 4_000, 0);
    put("proc/loadavg", "0.08 0.20 0.30 1/140 10228\n");
    put("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-3\n");
    put("proc/self/limits", "Max open files            1048576              1048576      files\n");
    put("proc/77/comm", "sshd\n");
    put("proc/net/sockstat", "sockets: used 33\nTCP: inuse 1 orphan 0 tw 12 alloc 1 mem 52\n");
    put("proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n");
    put("proc/sys/net/ipv4/tcp_tw_reuse", "2\n");
    put("proc/sys/net/core/somaxconn", "4096\n");
    put("proc/meminfo", "MemAvailable: 8388608 kB\nSwapTotal: 1024 kB\nSwapFree: 1024 kB\n");
    for (int cpu = 0; cpu < 4; cpu++) {
      String folder = "sys/devices/system/cpu/cpu" + cpu;
      put(folder + "/topology/thread_siblings_list", cpu < 2 ? "0-1\n" : "2-3\n");
      put(folder + "/cpufreq/scaling_governor", "performance\n");
    }
    put("sys/devices/system/cpu/cpufreq/boost", "0\n");
    put("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n");
    put("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
    put("sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids\n");
    put("sys/fs/cgroup/cpu.max", "max 100000\n");
    put("usr/bin/taskset", "");
  }

  @Test
  void aQuietMachineHasNoWarnings() {
    assertThat(findings()).allMatch(Finding::ok).hasSize(22);
    assertThat(finding("two sides").found())
        .isEqualTo("server on CPU 0,1, load generator on CPU 2,3");
  }

  @Test
  void missingInformationIsNoWarning(@TempDir Path empty) {
    root = empty;

    assertThat(findings())
        .filteredOn(finding -> !finding.ok())
        .extracting(Finding::name)
        .filteredOn(name -> !name.equals("two sides")) // the JVM's own count of CPUs
        .containsExactly("control groups", "taskset");
  }

  @Test
  void otherBusyProcessesAreNamed() {
    pause = () -> ticks(1_800, 5_080, 120);
    put("proc/loadavg", "2.50 1.20 0.30 3/140 10228\n");
    put("proc/4242/comm", "java\n");

    assertWarning("CPUs at rest", "46.0 % busy", "end what else runs");
    assertWarning("steal", "6.0 % of the CPU time", "dedicated CPUs");
    assertWarning("load average", "2.5 (expected: at most 0.5)", "wait for a minute");
    assertWarning("other JVMs", "process 4242", "end them");
  }

  /** Of two CPUs: one is quiet, the other late by this at the median and at the 99th percentile. */
  private static Floor wakingLate(long p50Micros, long p99Micros) {
    var quiet = new Histogram(3);
    quiet.recordValueWithCount(1, 1_000);
    var late = new Histogram(3);
    late.recordValueWithCount(p50Micros, 980);
    late.recordValueWithCount(p99Micros, 20);
    return Floor.of(Map.of(0, quiet, 1, late));
  }

  @Test
  void whatThisMachineCannotResolveIsSaidInFigures() {
    assertThat(finding("noise floor").ok()).isTrue();
    assertThat(finding("noise floor").found())
        .isEqualTo(
            "p50 below 0.12 ms and p99 below 7.80 ms cannot be seen here (a thread on an idle CPU"
                + " wakes 0.06 ms late at p50, 3.90 ms at p99, 3.90 ms at most)");
  }

  @Test
  void aFloorNearTheDeadlineIsAWarning() {
    floor = wakingLate(60, 40_000);

    assertThat(finding("noise floor").ok()).isFalse();
    assertThat(finding("noise floor").remedy()).contains("dedicated CPUs");
  }

  @Test
  void aFloorThatCannotBeMeasuredIsNoWarning() {
    floor = Floor.NOT_MEASURED;

    assertThat(finding("noise floor").line()).startsWith("ok ").contains("not measured");
  }

  @Test
  void thisProcessIsNotAnotherJvm() throws IOException {
    put("proc/4243/comm", "java\n");
    put("proc/5555/x", "");
    Files.delete(root.resolve("proc/self/status"));
    Files.delete(root.resolve("proc/self/limits"));
    Files.delete(root.resolve("proc/self"));
    Files.createSymbolicLink(root.resolve("proc/self"), Path.of("4243"));

    assertThat(finding("other JVMs").ok()).isTrue();
  }

  @Test
  void hyperThreadsOfOneCoreCannotSeparateTheSides() {
    put("proc/self/status", "Cpus_allowed_list:\t0-1\n");

    assertWarning(
        "two sides", "server on CPU 0,1, load generator on CPU 0,1", "two physical cores");
  }

  @Test
  void unsteadyAndSlowClocksAreNamed() {
    put("sys/devices/system/cpu/cpu3/cpufreq/scaling_governor", "powersave\n");
    put("sys/devices/system/cpu/cpufreq/boost", "1\n");
    put("sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet\n");

    assertWarning("governor", "performance, powersave", "cpupower frequency-set -g performance");
    assertWarning("turbo", "on", "echo 0 > /sys/devices/system/cpu/cpufreq/boost");
    assertWarning("clock source", "hpet", "clocksource=tsc");
  }

  @Test
  void intelsTurboHasItsOwnSwitch() {
    put("sys/devices/system/cpu/intel_pstate/no_turbo", "0\n");

    assertWarning("turbo", "on", "echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo");
  }

  @Test
  void aQuotaOfCpuTimeIsNamedInBothVersionsOfControlGroups() throws IOException {
    put("sys/fs/cgroup/cpu.max", "50000 100000\n");
    assertWarning("CPU quota", "50000 100000 (cpu.max)", "throttled");

    Files.delete(root.resolve("sys/fs/cgroup/cpu.max"));
    put("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
    assertThat(finding("CPU quota").ok()).isTrue();

    put("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "50000\n");
    assertWarning("CPU quota", "50000 us (cpu.cfs_quota_us)", "throttled");
  }

  @Test
  void tooFewPortsBacklogsAndFilesAreNamed() {
    put("proc/net/sockstat", "TCP: inuse 1 orphan 0 tw 14000 alloc 1 mem 52\n");
    put("proc/sys/net/ipv4/tcp_tw_reuse", "0\n");
    put("proc/sys/net/core/somaxconn", "128\n");
    put("proc/self/limits", "Max open files            1024              1048576      files\n");

    assertWarning("free ports", "28232 to choose from, 14000 in TIME_WAIT", "wait for a minute");
    assertWarning("tcp_tw_reuse", "0", "net.ipv4.tcp_tw_reuse=1");
    assertWarning("somaxconn", "128 (expected: at least 1024)", "net.core.somaxconn=4096");
    assertWarning("open files", "1024 (expected: at least 8192)", "ulimit -n 65536");

    put("proc/net/sockstat", "TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 52\n");
    put("proc/sys/net/ipv4/ip_local_port_range", "50000\t51000\n");
    assertWarning("free ports", "1001 to choose from, 0 in TIME_WAIT", "ip_local_port_range");
  }

  @Test
  void memoryThatIsShortOrSwappedIsNamed() {
    put("sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n");
    put("proc/meminfo", "MemAvailable: 1048576 kB\nSwapTotal: 2097152 kB\nSwapFree: 1048576 kB\n");

    assertWarning("huge pages", "[always] madvise never", "echo madvise >");
    assertWarning("swap", "1024 MiB in use", "swapoff -a");
    assertWarning("memory", "1024 MiB available", "4608 MiB");
  }

  @Test
  void theToolsThatSeparateTheSidesAreChecked() throws IOException {
    engine = Optional.empty();
    Files.delete(root.resolve("usr/bin/taskset"));
    put("sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
    assertWarning("Docker", "no engine answers", "start one; until then runs are pinned processes");
    assertWarning("taskset", "missing", "install util-linux");
    assertWarning("control groups", "v2 without cpuset", "--host processes");

    engine = Optional.of(new Engine("20.10.24", "1.41", "1", false));
    Files.delete(root.resolve("sys/fs/cgroup/cgroup.controllers"));
    put("sys/fs/cgroup/cpuset/cpuset.cpus", "0-3\n");
    assertWarning(
        "Docker", "engine 20.10.24, API 1.41, cgroup v1, no cpusets", "an engine whose kernel");
    assertThat(finding("control groups").line())
        .isEqualTo("ok       control groups     v1 with cpuset");
  }

  @Test
  void anUntestedJdkIsNamed() {
    jdk = 26;

    assertThat(finding("JDK").line())
        .isEqualTo(
            "warning  JDK                26; to fix it: JDK 17 to 25, on which this is tested");
  }

  /** The kernel returns a sysctl only in a single read. */
  @Test
  void aSysctlIsReadWhole() {
    String file = "proc/sys/net/ipv4/ip_local_port_range";
    Machine here = Machine.ofThisProcess();
    NotRun.unless(here.has(file), "CI", "a sysctl: no " + file);

    assertThat(here.text(file).orElseThrow()).matches("\\d+\\s+\\d+");
  }

  private void assertWarning(String name, String found, String remedy) {
    Finding finding = finding(name);
    assertThat(finding.ok()).describedAs(name).isFalse();
    assertThat(finding.found()).isEqualTo(found);
    assertThat(finding.remedy()).contains(remedy);
  }

  private Finding finding(String name) {
    return findings().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  private List<Finding> findings() {
    ticksAgain();
    return Doctor.findings(new Machine(root), () -> engine, pause, () -> floor, root, jdk);
  }

  /** Resets the counters, which the pause advances. */
  private void ticksAgain() {
    if (Files.exists(root.resolve("proc/stat"))) {
      ticks(1_000, 4_000, 0);
    } else {
      pause = () -> {};
    }
  }

  private void ticks(long user, long idle, long steal) {
    put("proc/stat", "cpu  " + user + " 0 0 " + idle + " 0 0 0 " + steal + " 0 0\ncpu0 1\n");
  }

  private void put(String file, String text) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
