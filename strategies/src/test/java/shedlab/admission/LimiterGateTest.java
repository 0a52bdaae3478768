package shedlab.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LimiterGateTest {
  private final List<Throwable> uncaught = new ArrayList<>();
  private Thread.@Nullable UncaughtExceptionHandler handlerBefore;
  private final List<String> journal = new ArrayList<>();
  private final ManualClock clock = new ManualClock(Long.MAX_VALUE - 10);
  private final Turnstile turnstile = new Turnstile(2);
  private final LimiterGate gate = new LimiterGate(turnstile, clock);

  @BeforeEach
  void collectUncaughtExceptions() {
    handlerBefore = Thread.currentThread().getUncaughtExceptionHandler();
    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
  }

  @AfterEach
  void everyPermitIsHeldOrBack() {
    Thread.currentThread().setUncaughtExceptionHandler(handlerBefore);
    GateStats stats = gate.stats();
    assertThat(turnstile.free + stats.inflight()).as("permits: %s", stats).isEqualTo(2);
    assertThat(journal).hasSize((int) (stats.admitted() + stats.shedTotal()));
  }

  @Test
  void eachTicketGetsOneDecision() {
    enter("a");
    enter("b");
    enter("c");

    assertThat(journal).containsExactly("a admitted", "b admitted", "c LIMIT");
  }

  @Test
  void countsWhatItDecides() {
    RecordingTicket a = enter("a");
    enter("b");
    enter("c");
    gate.leave(a, Outcome.SUCCESS);

    GateStats stats = gate.stats();
    assertThat(stats.limit()).isEqualTo(2);
    assertThat(stats.inflight()).isEqualTo(1);
    assertThat(stats.waiting()).isZero();
    assertThat(stats.admitted()).isEqualTo(2);
    assertThat(stats.shed()).containsOnlyKeys(Shed.values()).containsEntry(Shed.LIMIT, 1L);
    assertThat(stats.shedTotal()).isEqualTo(1);
    assertThat(gate.limit()).isEqualTo(2);
  }

  @Test
  void theLimiterGetsTheOutcome() {
    gate.leave(enter("a"), Outcome.SUCCESS);
    gate.leave(enter("b"), Outcome.DROPPED);
    gate.leave(enter("c"), Outcome.IGNORED);

    assertThat(turnstile.released)
        .containsExactly(Outcome.SUCCESS, Outcome.DROPPED, Outcome.IGNORED);
  }

  @Test
  void aSecondLeaveThrowsAndReleasesNothing() {
    RecordingTicket a = enter("a");
    enter("b");
    gate.leave(a, Outcome.SUCCESS);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> gate.leave(a, Outcome.SUCCESS))
        .withMessageContaining("a");
    assertThat(gate.stats().inflight()).isEqualTo(1);
  }

  @Test
  void leavingWithoutAPermitFromHereThrows() {
    RecordingTicket never = ticket("never");
    RecordingTicket elsewhere = ticket("elsewhere");
    new LimiterGate(new Turnstile(1), clock).enter(elsewhere);
    journal.clear();

    for (RecordingTicket ticket : List.of(never, elsewhere)) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> gate.leave(ticket, Outcome.SUCCESS));
    }
    assertThat(gate.stats().inflight()).isZero();
  }

  @Test
  void enteringTwiceThrowsAndTakesNoPermit() {
    RecordingTicket a = enter("a");

    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> gate.enter(a));
    assertThat(turnstile.free).isEqualTo(1);
  }

  @Test
  void aSettledTicketMayEnterAgain() {
    RecordingTicket a = enter("a");
    gate.leave(a, Outcome.SUCCESS);
    assertThat(a.settled()).isTrue();
    gate.enter(a);

    assertThat(journal).containsExactly("a admitted", "a admitted");
    assertThat(gate.stats().inflight()).isEqualTo(1);
  }

  /** A limiter may admit the next ticket in {@code release}: by then this ticket is settled. */
  @Test
  void aTicketIsSettledBeforeItsPermitIsReleased() {
    RecordingTicket a = enter("a");
    List<Boolean> settled = new ArrayList<>();
    turnstile.whenReleased = () -> settled.add(a.settled());
    gate.leave(a, Outcome.SUCCESS);

    assertThat(settled).containsExactly(true);
  }

  @Test
  void abandoningAdmittedWorkChangesNothing() {
    RecordingTicket a = enter("a");
    a.abandon();
    gate.tick();

    assertThat(gate.stats().inflight()).isEqualTo(1);
    gate.leave(a, Outcome.SUCCESS);
  }

  @Test
  void aThrowingOnAdmittedGivesItsPermitBack() {
    RuntimeException bug = new RuntimeException("bug");
    clock.advance(5);
    RecordingTicket a =
        ticket("a")
            .whenAdmitted(
                () -> {
                  throw bug;
                });
    gate.enter(a);

    assertThat(turnstile.released).containsExactly(Outcome.IGNORED);
    assertThat(uncaught).containsExactly(bug);
    assertThat(a.settled()).isTrue();
  }

  @Test
  void aCallbackThatLeavesAndThenThrowsGivesOnePermitBack() {
    RecordingTicket a = ticket("a");
    gate.enter(
        a.whenAdmitted(
            () -> {
              gate.leave(a, Outcome.SUCCESS);
              throw new IllegalStateException("after leaving");
            }));

    assertThat(turnstile.released).containsExactly(Outcome.SUCCESS);
    assertThat(uncaught).hasSize(1);
  }

  @Test
  void aThrowingOnShedIsReportedAndNothingElse() {
    enter("a");
    enter("b");
    RuntimeException bug = new RuntimeException("bug");
    gate.enter(
        ticket("c")
            .whenShed(
                () -> {
                  throw bug;
                }));

    assertThat(uncaught).containsExactly(bug);
    assertThat(gate.stats().shedTotal()).isEqualTo(1);
  }

  @Test
  void enteringAgainFromOnShedAHundredThousandTimesDoesNotRecurse() {
    enter("a");
    enter("b");
    int[] left = {100_000};
    RecordingTicket again = ticket("again");
    again.whenShed(
        () -> {
          if (left[0]-- > 0) {
            gate.enter(again);
          }
        });
    gate.enter(again);

    assertThat(uncaught).isEmpty();
    assertThat(again.decisions()).hasSize(100_001).allMatch("LIMIT"::equals);
  }

  @Test
  void leavingAndEnteringAgainFromOnAdmittedDoesNotRecurse() {
    int[] left = {100_000};
    RecordingTicket again = ticket("again");
    again.whenAdmitted(
        () -> {
          gate.leave(again, Outcome.SUCCESS);
          if (left[0]-- > 0) {
            gate.enter(again);
          }
        });
    gate.enter(again);

    assertThat(uncaught).isEmpty();
    assertThat(again.decisions()).hasSize(100_001).allMatch("admitted"::equals);
  }

  @Test
  void aTicketThatEntersFromACallbackIsDecidedWhenTheCallbackHasReturned() {
    RecordingTicket b = ticket("b");
    gate.enter(
        ticket("a")
            .whenAdmitted(
                () -> {
                  gate.enter(b);
                  assertThat(b.settled()).isFalse();
                  assertThat(b.decisions()).isEmpty();
                  assertThatExceptionOfType(IllegalStateException.class)
                      .isThrownBy(() -> gate.enter(b));
                }));

    assertThat(uncaught).isEmpty();
    assertThat(b.decisions()).containsExactly("admitted");
  }

  @Test
  void whatALimiterThrowsAtATicketThatEnteredFromACallbackIsReported() {
    RuntimeException bug = new RuntimeException("bug");
    RecordingTicket b = ticket("b");
    gate.enter(
        ticket("a")
            .whenAdmitted(
                () -> {
                  gate.enter(b);
                  turnstile.broken = bug;
                }));

    assertThat(uncaught).containsExactly(bug);
    assertThat(b.settled()).isTrue();
  }

  @Test
  void measuresTheVisit() {
    enter("a");
    RecordingTicket b = enter("b");
    clock.advance(30); // overflows
    gate.start(b);
    clock.advance(12);
    gate.leave(b, Outcome.SUCCESS);

    assertThat(b.waitedNanos()).isZero();
    assertThat(b.elapsedNanos()).isEqualTo(42);
    assertThat(b.serviceNanos()).isEqualTo(12);
    assertThat(b.completedNanos()).isEqualTo(clock.nanos());
    assertThat(b.inflight()).isEqualTo(2);
    assertThat(b.outcome()).isEqualTo(Outcome.SUCCESS);
  }

  private RecordingTicket ticket(String name) {
    return new RecordingTicket(name, journal);
  }

  private RecordingTicket enter(String name) {
    RecordingTicket ticket = ticket(name);
    gate.enter(ticket);
    return ticket;
  }

  /** A limiter of another library, with a fixed number of permits. */
  private static final class Turnstile implements Limiter {
    private final int permits;
    private final List<Outcome> released = new ArrayList<>();
    private Runnable whenReleased = () -> {};
    private int free;
    private @Nullable RuntimeException broken;

    Turnstile(int permits) {
      this.permits = permits;
      this.free = permits;
    }

    @Override
    public @Nullable Permit acquire(Ticket ticket) {
      if (broken != null) {
        throw broken;
      }
      if (free == 0) {
        return null;
      }
      free--;
      return outcome -> {
        free++;
        released.add(outcome);
        whenReleased.run();
      };
    }

    @Override
    public int limit() {
      return permits;
    }
  }
}
