package shedlab.report.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import shedlab.report.raw.ServerCsv;

class CpuAccountTest {
  private static final Offset<Double> EXACT = within(1e-12);

  private static final String LEAST =
      "epoch_micros,limit,inflight,waiting,received,shed,cpu_micros";
  private static final String TASKS = LEAST + ",task_cpu_micros,task_units";
  private static final String ALL =
      TASKS + ",worker_cpu_micros,io_cpu_micros,jit_cpu_micros,gc_cpu_micros";

  @Test
  void theSharesAddUpToTheWholeOfTheServersCpus() {
    CpuAccount account =
        of(
            2,
            0.05,
            ALL,
            "1000000,4,0,0,100,10,500000,400000,5,410000,40000,20000,5000",
            "3000000,4,0,0,500,310,3500000,2800000,9,2910000,340000,60000,15000");

    assertThat(account.share(CpuUse.TASKS)).isCloseTo(0.6, EXACT);
    assertThat(account.share(CpuUse.WORKERS)).isCloseTo(0.025, EXACT);
    assertThat(account.share(CpuUse.REFUSED)).isCloseTo(0.75 * 0.075, EXACT);
    assertThat(account.share(CpuUse.SERVED)).isCloseTo(0.25 * 0.075, EXACT);
    assertThat(account.share(CpuUse.JIT)).isCloseTo(0.01, EXACT);
    assertThat(account.share(CpuUse.GC)).isCloseTo(0.0025, EXACT);
    assertThat(account.share(CpuUse.REST)).isCloseTo(0.0375, EXACT);
    assertThat(account.share(CpuUse.STOLEN)).isCloseTo(0.05, EXACT);
    assertThat(account.share(CpuUse.IDLE)).isCloseTo(0.2, EXACT);
    assertThat(sum(account)).isCloseTo(1, EXACT);
    assertThat(account.shares().keySet()).isEqualTo(EnumSet.allOf(CpuUse.class));
  }

  @Test
  void withoutTheColumnsOfThreadsTheyAreAllInTheRest() {
    CpuAccount account =
        of(
            1,
            0,
            TASKS,
            "1000000,4,0,0,100,10,500000,400000,5",
            "2000000,4,0,0,500,310,1400000,1200000,9");

    assertThat(account.shares().keySet())
        .containsExactly(CpuUse.TASKS, CpuUse.REST, CpuUse.STOLEN, CpuUse.IDLE);
    assertThat(account.share(CpuUse.TASKS)).isCloseTo(0.8, EXACT);
    assertThat(account.share(CpuUse.REST)).isCloseTo(0.1, EXACT);
    assertThat(account.share(CpuUse.JIT)).isNaN();
    assertThat(sum(account)).isCloseTo(1, EXACT);
  }

  @Test
  void whatTheKernelDoesNotTellIsInTheRestToo() {
    CpuAccount account =
        of(
            1,
            Double.NaN,
            ALL,
            "1000000,4,0,0,100,10,500000,400000,5,410000,40000,,5000",
            "2000000,4,0,0,500,310,1400000,1200000,9,1220000,90000,,8000");

    assertThat(account.share(CpuUse.JIT)).isNaN();
    assertThat(account.share(CpuUse.STOLEN)).isNaN();
    assertThat(account.share(CpuUse.REST)).isCloseTo(0.037, EXACT);
    assertThat(sum(account)).isCloseTo(1, EXACT);
  }

  @Test
  void withoutRefusalsAllOfTheIoIsOfTheOtherRequests() {
    CpuAccount account =
        of(
            1,
            0,
            ALL,
            "1000000,4,0,0,100,10,500000,400000,5,410000,40000,20000,5000",
            "2000000,4,0,0,500,10,1400000,1200000,9,1220000,90000,30000,8000");

    assertThat(account.share(CpuUse.REFUSED)).isZero();
    assertThat(account.share(CpuUse.SERVED)).isCloseTo(0.05, EXACT);
  }

  @Test
  void aServerThatNobodyAskedHasNoDivisionByZero() {
    CpuAccount account =
        of(
            1,
            0,
            ALL,
            "1000000,4,0,0,0,0,500000,400000,5,410000,40000,20000,5000",
            "2000000,4,0,0,0,0,510000,400000,5,410000,42000,20000,5000");

    assertThat(account.share(CpuUse.REFUSED)).isZero();
    assertThat(account.share(CpuUse.SERVED)).isCloseTo(0.002, EXACT);
    assertThat(account.share(CpuUse.IDLE)).isCloseTo(0.99, EXACT);
  }

  @Test
  void tasksOnTheIoThreadsAreNotCountedTwice() {
    CpuAccount account =
        of(
            1,
            0,
            ALL,
            "1000000,4,0,0,0,0,500000,400000,5,1000,440000,20000,5000",
            "2000000,4,0,0,50,0,1450000,1200000,9,1000,1340000,30000,8000");

    assertThat(account.share(CpuUse.TASKS)).isCloseTo(0.8, EXACT);
    assertThat(account.share(CpuUse.WORKERS)).isZero();
    assertThat(account.share(CpuUse.SERVED)).isCloseTo(0.1, EXACT);
    assertThat(sum(account)).isCloseTo(1, EXACT);
  }

  @Test
  void threadsThatTheKernelCountsFinerThanTheProcessStillAddUp() {
    CpuAccount account =
        of(
            1,
            0.02,
            ALL,
            "1000000,4,0,0,100,10,500000,400000,5,410000,40000,20000,5000",
            "2000000,4,0,0,500,10,1490000,1350000,9,1355000,95000,22000,6000");

    assertThat(account.share(CpuUse.REST)).isZero();
    assertThat(account.share(CpuUse.IDLE)).isNotNegative();
    assertThat(account.shares().values()).allMatch(share -> share >= 0 && share <= 1);
    assertThat(sum(account)).isCloseTo(1, EXACT);
  }

  @Test
  void withoutTheTimeOfTheTasksThereIsNoAccount() {
    assertThat(
            CpuAccount.of(csv(LEAST, "1000000,4,0,0,1,1,500000", "2000000,4,0,0,2,1,900000"), 1, 0))
        .isEmpty();
    assertThat(CpuAccount.of(csv(TASKS, "1000000,4,0,0,1,1,500000,400,1"), 1, 0)).isEmpty();
  }

  @Test
  void aCountThatIsNoneIsRefusedWhereItIsRead() {
    assertThatThrownBy(() -> csv(ALL, "1000000,4,0,0,1,1,5,4,1,-3,4,5,6"))
        .hasMessageContaining("samples:2: worker_cpu_micros: -3 (expected: a whole number");
  }

  private static CpuAccount of(int cpus, double stolen, String header, String... rows) {
    return CpuAccount.of(csv(header, rows), cpus, stolen).orElseThrow();
  }

  private static ServerCsv csv(String header, String... rows) {
    return ServerCsv.parse(header + "\n" + String.join("\n", rows) + "\n");
  }

  private static double sum(CpuAccount account) {
    return account.shares().values().stream().mapToDouble(share -> share).sum();
  }
}
