package shedlab.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.NotRun;

class ControlGroupsTest {
  private static final String V2_MOUNT =
      "31 23 0:28 / /sys/fs/cgroup rw,relatime - cgroup2 cgroup2 rw,nsdelegate\n";
  private static final String V1_MOUNTS =
      """
      32 31 0:29 %s /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
      34 31 0:31 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset
      """;

  @TempDir private Path root = Path.of("");

  private ControlGroups of(String process) {
    return ControlGroups.of(new Machine(root), process);
  }

  @Test
  void aQuotaOfAParentIsSeenInVersion2() throws IOException {
    put("proc/self/mountinfo", V2_MOUNT);
    put("proc/self/cgroup", "0::/user.slice/session.scope\n");
    put("sys/fs/cgroup/user.slice/session.scope/cpu.max", "max 100000\n");
    put("sys/fs/cgroup/user.slice/session.scope/cpu.stat", "usage_usec 9\nthrottled_usec 0\n");
    put("sys/fs/cgroup/user.slice/cpu.max", "50000 100000\n");
    put("sys/fs/cgroup/user.slice/cpu.stat", "nr_throttled 77\nthrottled_usec 1500000\n");

    assertThat(of("self").quotas())
        .containsExactly("50000 100000 (cpu.max of /sys/fs/cgroup/user.slice)");
    assertThat(of("self").throttledSeconds()).isCloseTo(1.5, within(1e-9));
  }

  @Test
  void aQuotaOfAParentIsSeenInVersion1() throws IOException {
    put("proc/self/mountinfo", V1_MOUNTS.formatted("/"));
    put("proc/7/cgroup", "5:cpuset:/other\n4:cpu,cpuacct:/parent/own\n0::/\n");
    put("sys/fs/cgroup/cpu,cpuacct/parent/own/cpu.cfs_quota_us", "-1\n");
    put("sys/fs/cgroup/cpu,cpuacct/parent/cpu.cfs_quota_us", "20000\n");
    put("sys/fs/cgroup/cpu,cpuacct/parent/cpu.stat", "nr_throttled 7\nthrottled_time 250000000\n");
    put("sys/fs/cgroup/cpu,cpuacct/cpu.stat", "nr_throttled 0\nthrottled_time 0\n");

    assertThat(of("7").quotas())
        .containsExactly("20000 us (cpu.cfs_quota_us of /sys/fs/cgroup/cpu,cpuacct/parent)");
    assertThat(of("7").throttledSeconds()).isCloseTo(0.25, within(1e-9));
  }

  @Test
  void aContainerThatSeesItsOwnGroupAsTheRootFindsItThere() throws IOException {
    put("proc/self/mountinfo", V1_MOUNTS.formatted("/docker/abc"));
    put("proc/self/cgroup", "4:cpu,cpuacct:/docker/abc/inner\n");
    put("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "30000\n");
    put("sys/fs/cgroup/cpu,cpuacct/inner/cpu.cfs_quota_us", "10000\n");

    assertThat(of("self").quotas())
        .containsExactly(
            "10000 us (cpu.cfs_quota_us of /sys/fs/cgroup/cpu,cpuacct/inner)",
            "30000 us (cpu.cfs_quota_us)");
  }

  @Test
  void aProcessOutsideOfWhatIsMountedHasTheRootAlone() throws IOException {
    put("proc/self/mountinfo", V2_MOUNT);
    put("proc/9/cgroup", "0::/../../outside\n");
    put("sys/fs/cgroup/cpu.max", "50000 100000\n");

    assertThat(of("9").quotas()).containsExactly("50000 100000 (cpu.max)");
  }

  @Test
  void whatIsAboveAndWhatSeveralHaveCountsEachGroupOnce() throws IOException {
    put("proc/self/mountinfo", V2_MOUNT);
    put("proc/7/cgroup", "0::/slice/one\n");
    put("proc/8/cgroup", "0::/slice/two\n");
    put("sys/fs/cgroup/slice/cpu.stat", "throttled_usec 1000000\n");
    put("sys/fs/cgroup/slice/one/cpu.stat", "throttled_usec 2000000\n");
    put("sys/fs/cgroup/slice/two/cpu.stat", "throttled_usec 4000000\n");

    assertThat(of("7").above().throttledSeconds()).isCloseTo(1, within(1e-9));
    assertThat(of("7").above().and(of("8")).throttledSeconds()).isCloseTo(5, within(1e-9));
  }

  /** A real process in a real group whose parent has the quota. */
  @Test
  void theKernelsOwnGroupsAreWalkedToTheRoot() throws Exception {
    boolean v1 = Files.exists(Path.of("/sys/fs/cgroup/cpu/cpu.shares"));
    Path top = Path.of(v1 ? "/sys/fs/cgroup/cpu" : "/sys/fs/cgroup");
    Path parent = top.resolve("shedlab-test-" + ProcessHandle.current().pid());
    Path own = parent.resolve("own");
    NotRun.unless(made(own, v1), "CI_CGROUPS", "real control groups: no right to make them");
    Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    try {
      Files.writeString(own.resolve("cgroup.procs"), "" + busy.pid());
      ControlGroups groups = ControlGroups.of(Machine.ofThisProcess(), "" + busy.pid());
      assertThat(groups.quotas()).hasSize(1).first().asString().contains(parent.toString());
      await("it is throttled").until(() -> groups.throttledSeconds() > 0);
    } finally {
      busy.destroyForcibly().waitFor();
      await("the group is empty").until(() -> removed(own) && removed(parent));
    }
  }

  private static boolean made(Path own, boolean v1) {
    Path parent = own.getParent();
    try {
      Files.createDirectories(own);
      Files.writeString(
          parent.resolve(v1 ? "cpu.cfs_quota_us" : "cpu.max"), v1 ? "5000" : "5000 100000");
      return true;
    } catch (IOException e) {
      boolean unused = removed(own) && removed(parent);
      return false;
    }
  }

  private static boolean removed(Path group) {
    try {
      Files.deleteIfExists(group);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void put(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
