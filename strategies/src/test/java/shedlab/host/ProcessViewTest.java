package shedlab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shedlab.admission.ManualClock;

/** Four CPUs, of which the process may run on two, as the files of Linux tell it. */
class ProcessViewTest {
  private static final long MS = 1_000_000;

  @TempDir Path root;
  private final ManualClock clock = new ManualClock(Long.MAX_VALUE - 5 * MS);
  private long usedTicks = 100;
  private final long[] idleTicks = {1_000, 1_000, 1_000, 1_000};

  @BeforeEach
  void aProcessOnCpusOneAndThree() {
    put("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t1,3\nMems_allowed_list:\t0\n");
    put("proc/self/cgroup", "0::/a.slice/b.scope\n");
    tell();
  }

  @Test
  void whatIsIdleIsNotDenied() {
    ProcessView cpu = fresh();
    second(80, 60, 60);

    assertThat(cpu.cpus()).isEqualTo(2);
    assertThat(cpu.cpuNanos()).isEqualTo(1_800 * MS);
    assertThat(cpu.deniedNanos()).isZero();
  }

  @Test
  void whatOthersTakeOfItsCpusIsDenied() {
    ProcessView cpu = fresh();
    second(80, 0, 20);

    assertThat(cpu.deniedNanos()).isEqualTo(1_000 * MS);
  }

  @Test
  void whatHappensOnOtherCpusIsNoneOfItsBusiness() {
    ProcessView cpu = fresh();
    idleTicks[0] -= 100;
    second(0, 100, 100);

    assertThat(cpu.deniedNanos()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "sys/a.slice/b.scope/cpu.max, 50000 100000, 1500",
    "sys/a.slice/cpu.max, 150000 100000, 500",
    "sys/cpu.max, 100000 100000, 1000",
    "sys/a.slice/b.scope/cpu.max, max 100000, 0",
    "sys/a.slice/b.scope/cpu.max, 400000 100000, 0"
  })
  void whatAQuotaOfItsGroupOrOneAboveHoldsBackIsDenied(String file, String max, long millis) {
    put("sys/cpu.stat", "");
    put(file, max + "\n");
    ProcessView cpu = fresh();
    second(50, 75, 75);

    assertThat(cpu.deniedNanos()).isEqualTo(millis * MS);
  }

  @ParameterizedTest
  @CsvSource({"sys/cpu/a, 50000, 1500", "sys/cpu, 50000, 1500", "sys/cpu/a, -1, 0"})
  void aQuotaOfTheFirstVersionCountsAsWell(String group, String quota, long millis) {
    put("proc/self/cgroup", "4:memory:/elsewhere\n2:cpu,cpuacct:/a/in-the-host\n");
    put(group + "/cpu.cfs_quota_us", quota + "\n");
    put(group + "/cpu.cfs_period_us", "100000\n");
    ProcessView cpu = fresh();
    second(50, 75, 75);

    assertThat(cpu.deniedNanos()).isEqualTo(millis * MS);
  }

  @Test
  void aQuotaMayChangeWhileTheProcessRuns() {
    put("sys/a.slice/b.scope/cpu.max", "max 100000\n");
    ProcessView cpu = fresh();
    second(50, 75, 75);
    assertThat(cpu.deniedNanos()).isZero();
    put("sys/a.slice/b.scope/cpu.max", "50000 100000\n");
    second(50, 75, 75);

    assertThat(cpu.deniedNanos()).isEqualTo(1_500 * MS);
  }

  /** Counters of ticks run before and behind the clock: what that denies is no more than ticks. */
  @Test
  void coarseCountersDoNotAddUpToSomethingDenied() {
    ProcessView cpu = fresh();
    for (int i = 0; i < 1_000; i++) {
      clock.advance(25 * MS);
      idleTicks[1] += i % 2 == 0 ? 2 : 3;
      idleTicks[3] += i % 2 == 0 ? 3 : 2;
      usedTicks += i % 4 == 0 ? 1 : 0;
      idleTicks[1] -= i % 4 == 2 ? 1 : 0;
      tell();
      cpu.cpuNanos();
    }

    assertThat(cpu.deniedNanos()).isLessThanOrEqualTo(30 * MS);
  }

  @Test
  void neverGoesBackWhenAFileCannotBeRead() throws IOException {
    ProcessView cpu = fresh();
    second(50, 75, 75);
    long used = cpu.cpuNanos();
    Files.delete(root.resolve("proc/stat"));
    clock.advance(1_000 * MS);

    assertThat(cpu.cpuNanos()).isGreaterThanOrEqualTo(used);
    assertThat(cpu.deniedNanos()).isNotNegative();
  }

  @Test
  void whereThereAreNoSuchFilesNothingIsDenied() {
    ProcessView cpu = new ProcessView(clock, root.resolve("no-proc"), root.resolve("no-sys"), null);
    long before = cpu.cpuNanos();
    clock.advance(1_000 * MS);

    assertThat(cpu.cpuNanos()).isGreaterThanOrEqualTo(before);
    assertThat(cpu.deniedNanos()).isZero();
    assertThat(cpu.cpus()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  /** The real files of this machine: a process that works uses CPU time. */
  @Test
  void theClockOfThisProcessGoesOnWhileItWorks() {
    ProcessView cpu = new ProcessView();
    long before = cpu.cpuNanos();
    long work = 1;
    while (cpu.cpuNanos() == before) {
      work = work * 31 + 1;
    }

    assertThat(cpu.cpuNanos()).as("after %d", work).isGreaterThan(before);
    assertThat(cpu.cpus()).isPositive();
    assertThat(cpu.deniedNanos()).isNotNegative();
  }

  private ProcessView fresh() {
    return new ProcessView(clock, root.resolve("proc"), root.resolve("sys"), null);
  }

  /** So many hundredths of a second that it used, and that CPUs one and three were idle. */
  private void second(int used, int idleOfOne, int idleOfThree) {
    clock.advance(1_000 * MS);
    usedTicks += used;
    idleTicks[1] += idleOfOne;
    idleTicks[3] += idleOfThree;
    tell();
  }

  private void tell() {
    StringBuilder stat = new StringBuilder("cpu  1 2 3 4 5 6 7 8 9 10\n");
    for (int i = 0; i < idleTicks.length; i++) {
      stat.append("cpu").append(i).append(" 7 7 7 ").append(idleTicks[i]).append(" 0 0 0 0 0 0\n");
    }
    put("proc/stat", stat + "intr 1 2 3\n");
    put(
        "proc/self/stat",
        "42 (a (java) name) S 1 1 1 0 -1 4 0 0 0 0 " + (usedTicks - 20) + " 20 0 0 20 0 9 0\n");
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
