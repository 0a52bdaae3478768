package shedlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.admission.HostView;
import shedlab.admission.Signal;
import shedlab.simulation.model.CompilerModel;
import shedlab.simulation.model.HostModel;
import shedlab.simulation.model.ServerModel;

/** What the simulated host tells of its CPU. */
class CpuTest {
  private static final long MS = 1_000_000;

  private final EventQueue events = new EventQueue();
  private final List<Visit> done = new ArrayList<>();
  private final Cpu oneCore = cpu(ServerModel.of(1).processorSharing());

  private Cpu cpu(ServerModel model) {
    return new Cpu(events, model, visit -> {}, done::add);
  }

  @SuppressWarnings("NullAway") // it belongs to no server
  private static Visit work(long millis) {
    Visit visit = new Visit(null);
    visit.workNanos = millis * MS;
    return visit;
  }

  @Test
  void tellsEverySignalOfAHost() {
    assertThat(oneCore.tells())
        .containsExactly(Signal.CPU, Signal.REQUEST_CPU, Signal.RUNNABLE, Signal.WAKE_UPS);
  }

  /** 10 and 30 ms of work on one core: the first has half of it for 20 ms. */
  @Test
  void aRequestUsedTheCpuTimeThatItHadAndNotTheTimeThatItTook() {
    oneCore.submit(work(10));
    oneCore.submit(work(30));
    events.runUntil(20 * MS);
    assertThat(done).hasSize(1);
    assertThat(done.get(0).cpuNanos()).isEqualTo(10 * MS);
    events.runUntil(40 * MS);
    assertThat(done.get(1).cpuNanos()).isEqualTo(30 * MS);
  }

  @Test
  void aSlowCoreTakesMoreCpuTimeAndAMissingOneDoesNot() {
    oneCore.change(1, 0.5);
    oneCore.submit(work(10));
    events.runUntil(20 * MS);
    oneCore.change(0.5, 1);
    oneCore.submit(work(10));
    events.runUntil(40 * MS);

    assertThat(done).extracting(Visit::cpuNanos).containsExactly(20 * MS, 10 * MS);
  }

  @Test
  void refusalsAreNoCpuTimeOfARequest() {
    Cpu busy = cpu(ServerModel.of(1).withRejectCost(Duration.ofMillis(5)));
    busy.submit(work(10));
    busy.refuse();
    events.runUntil(15 * MS);

    assertThat(done).extracting(Visit::cpuNanos).containsExactly(10 * MS);
    assertThat(busy.cpuNanos()).isEqualTo(15 * MS);
  }

  @Test
  void onAnIdleCoreAThreadWakesInTime() {
    assertThat(oneCore.wakeUps()).isZero();
    events.runUntil(10 * MS);

    assertThat(oneCore.wakeUps()).isEqualTo(10);
    assertThat(late(oneCore)).containsOnly(0L);
  }

  /** Half a slice of 3 ms for the one that runs, and two for the others: 7.5 ms, every 8.5 ms. */
  @Test
  void behindThreeThatShareACoreItWaitsForTwoSlicesAndAHalf() {
    oneCore.wakeUps();
    for (int i = 0; i < 3; i++) {
      oneCore.submit(work(1_000));
    }
    events.runUntil(85 * MS);

    assertThat(oneCore.wakeUps()).isEqualTo(10);
    assertThat(late(oneCore)).containsOnly(7_500_000L);
  }

  @Test
  void whileACoreIsFreeItDoesNotWait() {
    Cpu cpu = cpu(ServerModel.of(4).processorSharing());
    cpu.wakeUps();
    for (int i = 0; i < 3; i++) {
      cpu.submit(work(1_000));
    }
    events.runUntil(10 * MS);
    assertThat(late(cpu)).hasSize(10).containsOnly(0L);
    cpu.change(1.5, 1); // three on a core and a half
    events.runUntil(30 * MS);

    assertThat(late(cpu).get(10)).as("a slice and a half").isEqualTo(4_500_000);
  }

  @Test
  void refusalsThatDelayTheWorkDelayAThreadAsWell() {
    Cpu busy = cpu(ServerModel.of(1).withRejectCost(Duration.ofMillis(20)));
    busy.wakeUps();
    busy.submit(work(1_000));
    busy.refuse();
    events.runUntil(40 * MS);

    // Due after 1 ms, when 19 are left of the refusal; then half a slice.
    assertThat(late(busy).get(0)).isEqualTo(20_500_000);
  }

  @Test
  void inAStallItDoesNotWake() {
    oneCore.wakeUps();
    oneCore.change(0, 1);
    events.runUntil(50 * MS);
    assertThat(oneCore.wakeUps()).isZero();
    oneCore.change(1, 1);
    events.runUntil(51 * MS);

    assertThat(late(oneCore).get(0)).isEqualTo(49 * MS);
  }

  @Test
  void aPauseStopsAllThreadsAndIsCpuTimeThatTheHostUsed() {
    oneCore.wakeUps();
    oneCore.submit(work(10));
    events.runUntil(5 * MS);
    int before = late(oneCore).size();
    oneCore.pause(true);
    events.runUntil(55 * MS);
    assertThat(done).isEmpty();
    assertThat(late(oneCore)).hasSize(before);
    assertThat(oneCore.cpuNanos()).isEqualTo(55 * MS);
    assertThat(oneCore.deniedNanos()).isZero();
    oneCore.pause(false);
    events.runUntil(60 * MS);

    assertThat(done).extracting(Visit::cpuNanos).containsExactly(10 * MS);
  }

  /** 5 ms of work, 10 ms of I/O, 5 ms of work. */
  @Test
  void ioTakesTimeAndNoCpuTimeAndGoesOnInAPause() {
    Cpu cpu = cpu(ServerModel.of(1).withHost(HostModel.IDEAL.withIo(0.5)));
    cpu.submit(work(10));
    events.runUntil(20 * MS);
    assertThat(done).extracting(Visit::cpuNanos).containsExactly(10 * MS);
    assertThat(cpu.cpuNanos()).isEqualTo(10 * MS);

    cpu.submit(work(10));
    events.runUntil(27 * MS);
    cpu.change(0, 1);
    events.runUntil(50 * MS);
    cpu.change(1, 1);
    events.runUntil(55 * MS - 1);
    assertThat(done).hasSize(1);
    events.runUntil(55 * MS);
    assertThat(done).hasSize(2);
  }

  private Cpu compiling(String text) {
    return cpu(
        ServerModel.of(1)
            .processorSharing()
            .withHost(HostModel.IDEAL.withCompiler(CompilerModel.read(text))));
  }

  @Test
  void codeIsCompiledWhenItHasRunAndWhileThereIsCpuForIt() {
    Cpu cpu = compiling("slow=10,after=1,work=1s");
    events.runUntil(1_000 * MS);
    cpu.submit(work(10)); // nothing has run, so nothing is compiled
    events.runUntil(1_100 * MS);
    assertThat(done).extracting(Visit::cpuNanos).containsExactly(100 * MS);

    events.runUntil(1_600 * MS);
    cpu.submit(work(10)); // half is compiled: 5.5 times as long, and the compiler has half the core
    events.runUntil(1_710 * MS);
    assertThat(done).extracting(Visit::cpuNanos).containsExactly(100 * MS, 55 * MS);

    events.runUntil(3_000 * MS);
    cpu.submit(work(10));
    events.runUntil(3_010 * MS);
    assertThat(done.get(2).cpuNanos()).isEqualTo(10 * MS);
    assertThat(cpu.cpuNanos()).as("requests and compiler").isEqualTo((165 + 1_000) * MS);
  }

  /** Three workers and the compiler share a core, so a second of it takes four. */
  @Test
  void workersDelayTheCompiler() {
    Cpu cpu = compiling("slow=10,after=1,work=1s");
    cpu.submit(work(1));
    events.runUntil(10 * MS);
    for (int i = 0; i < 3; i++) {
      cpu.submit(work(10_000));
    }
    events.runUntil(4_010 * MS - 1);
    assertThat(cpu.capacity()).isLessThan(1);
    events.runUntil(4_010 * MS);
    assertThat(cpu.capacity()).isEqualTo(1);
  }

  @Test
  void everyRequestAsksForItsPart() {
    Cpu cpu = compiling("slow=10,after=4,work=1s");
    cpu.submit(work(1));
    events.runUntil(5_000 * MS); // a quarter
    assertThat(cpu.cpuNanos()).isEqualTo(10 * MS + 250 * MS);
    assertThat(cpu.capacity()).isEqualTo(1 / 7.75);
  }

  private static List<Long> late(HostView host) {
    List<Long> all = new ArrayList<>();
    for (long i = 0; i < host.wakeUps(); i++) {
      all.add(host.lateNanos(i));
    }
    return all;
  }
}
