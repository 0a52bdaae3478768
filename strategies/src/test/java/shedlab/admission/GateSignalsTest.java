package shedlab.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shedlab.backlog.NoBacklog;
import shedlab.limit.FixedLimit;

/** What policies may know, and that a gate is not built without what its policies need. */
class GateSignalsTest {
  private final ManualClock clock = new ManualClock(0);
  private final List<Integer> runnable = new ArrayList<>();
  private final List<Long> cpuNanos = new ArrayList<>();
  private final List<Long> late = new ArrayList<>();

  /** Writes down what it sees. */
  private final class Looking implements Policer {
    private final Set<Signal> needs;

    Looking(Set<Signal> needs) {
      this.needs = needs;
    }

    @Override
    public boolean admits(Ticket ticket, GateView gate, long nowNanos) {
      runnable.add(gate.runnable());
      if (needs.contains(Signal.WAKE_UPS)) {
        late.add(gate.lateNanos(gate.wakeUps() - 1));
      }
      return true;
    }

    @Override
    public void completed(Ticket ticket) {
      cpuNanos.add(ticket.cpuNanos());
    }

    @Override
    public Set<Signal> needs() {
      return needs;
    }
  }

  private Gate gate(Set<Signal> needs, HostView host) {
    return new Gate(List.of(new Looking(needs)), new FixedLimit(9), new NoBacklog(), clock, host);
  }

  private RecordingTicket enter(Gate gate) {
    RecordingTicket ticket = new RecordingTicket("t", new ArrayList<>());
    gate.enter(ticket);
    return ticket;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LIMIT")
  void aHostThatDoesNotTellWhatAPolicerNeedsGetsNoGate(Signal signal) {
    Set<Signal> others = EnumSet.complementOf(EnumSet.of(signal));

    assertThat(gate(Set.of(signal), new Telling(Set.of(signal)))).isNotNull();
    assertThat(gate(Set.of(), HostView.NONE)).isNotNull();
    assertThatThrownBy(() -> gate(Set.of(signal), new Telling(others)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Looking: alone (expected: " + signal + ")");
    assertThatThrownBy(() -> gate(Set.of(signal), HostView.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHostThatTellsNothingAnswersNothing() {
    assertThat(HostView.NONE.tells()).isEmpty();
    assertThatThrownBy(HostView.NONE::cpuNanos).hasMessage(Signal.CPU.toString());
    assertThatThrownBy(HostView.NONE::deniedNanos).hasMessage(Signal.CPU.toString());
    assertThatThrownBy(HostView.NONE::cpus).hasMessage(Signal.CPU.toString());
    assertThatThrownBy(HostView.NONE::wakeUps).hasMessage(Signal.WAKE_UPS.toString());
    assertThatThrownBy(() -> HostView.NONE.lateNanos(0)).hasMessage(Signal.WAKE_UPS.toString());
  }

  @Test
  void requestsAreRunnableFromTheStartOfTheirWorkToItsEnd() {
    Gate gate = gate(Set.of(Signal.RUNNABLE), new IdleHost());
    RecordingTicket a = enter(gate);
    RecordingTicket b = enter(gate);
    RecordingTicket queued = enter(gate);
    gate.start(a);
    gate.start(b);
    enter(gate);
    gate.leave(a, Outcome.SUCCESS);
    enter(gate);
    gate.leave(queued, Outcome.IGNORED);
    gate.leave(b, Outcome.IGNORED);
    enter(gate);

    assertThat(runnable).containsExactly(0, 0, 0, 2, 1, 0);
  }

  @Test
  void aSecondStartOrOneAfterTheEndDoesNotCount() {
    Gate gate = gate(Set.of(Signal.RUNNABLE), new IdleHost());
    RecordingTicket a = enter(gate);
    gate.start(a);
    gate.start(a);
    enter(gate);
    gate.leave(a, Outcome.SUCCESS);
    gate.start(a);
    enter(gate);
    gate.enter(a); // a new visit, whose work has not begun
    gate.leave(a, Outcome.SUCCESS);
    enter(gate);

    assertThat(runnable).containsExactly(0, 1, 0, 0, 0);
  }

  @Test
  void anAdmissionWhoseCallbackThrowsIsNotRunnableAnyMore() {
    Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
    List<Throwable> uncaught = new ArrayList<>();
    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
    try {
      Gate gate = gate(Set.of(Signal.RUNNABLE), new IdleHost());
      RecordingTicket broken = new RecordingTicket("broken", new ArrayList<>());
      gate.enter(
          broken.whenAdmitted(
              () -> {
                gate.start(broken);
                throw new IllegalStateException("broken");
              }));
      enter(gate);

      assertThat(uncaught).hasSize(1);
      assertThat(runnable).containsExactly(0, 0);
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(before);
    }
  }

  @Test
  void nothingIsCountedForPolicersThatDoNotNeedIt() {
    Gate gate = gate(Set.of(), new IdleHost());
    gate.start(enter(gate));
    enter(gate);

    assertThat(runnable).containsExactly(0, 0);
  }

  /** Waiting for a core is no use of the CPU. */
  @Test
  void theCpuTimeOfARequestIsWhatTheHostTellsElseItsServiceTime() {
    Gate gate = gate(Set.of(), new IdleHost());
    RecordingTicket ticket = enter(gate);
    clock.advance(10);
    gate.start(ticket);
    clock.advance(30);
    ticket.usedCpu(12);
    gate.leave(ticket, Outcome.SUCCESS);
    for (long told : new long[] {0, -1}) {
      gate.enter(ticket);
      clock.advance(10);
      gate.start(ticket);
      clock.advance(30);
      ticket.usedCpu(told);
      gate.leave(ticket, Outcome.SUCCESS);
    }
    gate.enter(ticket);
    clock.advance(40);
    gate.leave(ticket, Outcome.SUCCESS);

    assertThat(cpuNanos).containsExactly(12L, 0L, 30L, 40L);
  }

  @Test
  void policersSeeTheWakeUpsOfTheHost() {
    Gate gate = gate(Set.of(Signal.WAKE_UPS), new Telling(Set.of(Signal.WAKE_UPS)));
    enter(gate);

    assertThat(late).containsExactly(6L);
  }

  /** Its thread has woken seven times, each time later. */
  private record Telling(Set<Signal> tells) implements HostView {
    @Override
    public long cpuNanos() {
      return 0;
    }

    @Override
    public long deniedNanos() {
      return 0;
    }

    @Override
    public int cpus() {
      return 1;
    }

    @Override
    public long wakeUps() {
      return 7;
    }

    @Override
    public long lateNanos(long wakeUp) {
      return wakeUp;
    }
  }
}
