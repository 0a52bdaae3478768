package shedlab.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.admission.Scripted.FragileBacklog;
import shedlab.admission.Scripted.ScriptedLimit;
import shedlab.backlog.FifoBacklog;
import shedlab.backlog.NoBacklog;
import shedlab.limit.FixedLimit;

/** Leaving returns a permit and gives the limit a sample. */
class GateDepartureTest extends ConservedScene {
  @Test
  void admitsTheOldestWaiterFirst() {
    scene = new Scene(QUEUE);
    RecordingTicket a = scene.enter("a");
    RecordingTicket b = scene.enter("b");
    scene.enter("c");
    scene.leave(a);
    scene.leave(b);

    assertThat(scene.journal).containsExactly("a admitted", "b admitted", "c admitted");
  }

  @Test
  void nobodyOvertakesAWaiter() {
    scene = new Scene("fixed:limit=1+fifo:capacity=9");
    RecordingTicket a = scene.enter("a");
    RecordingTicket b = scene.ticket("b").whenAdmitted(() -> scene.enter("late"));
    scene.enter(b);
    scene.enter("c");
    scene.leave(a);
    scene.leave(b);

    assertThat(scene.journal).containsExactly("a admitted", "b admitted", "c admitted");
    assertThat(scene.waiting()).isEqualTo(1);
  }

  @Test
  void nobodyOvertakesAWaiterThatIsAboutToBeAdmitted() {
    ScriptedLimit limit = new ScriptedLimit(1);
    scene = new Scene(limit, new FifoBacklog(9, 100));
    RecordingTicket a = scene.enter("a");
    scene.enter(scene.ticket("b").whenAdmitted(() -> scene.enter("late")));
    scene.enter("c");
    limit.value = 3;
    scene.leave(a);

    assertThat(scene.journal)
        .containsExactly("a admitted", "b admitted", "c admitted", "late admitted");
  }

  /** "early" is only posted when "late" arrives, because the thread that admits b is still busy. */
  @Test
  void nobodyOvertakesAnArrivalThatIsStillPosted() {
    bLeavesBetween("early", "fixed:limit=1+fifo:capacity=9");

    assertThat(scene.journal).containsExactly("a admitted", "b admitted", "early admitted");
    assertThat(scene.waiting()).isEqualTo(1);
  }

  /** The queue is full until b's leave, which is posted before "late", has let c in. */
  @Test
  void aPostedLeaveMakesRoomForTheArrivalAfterIt() {
    bLeavesBetween("c", "fixed:limit=1+fifo:capacity=1");

    assertThat(scene.journal).containsExactly("a admitted", "b admitted", "c admitted");
    assertThat(scene.waiting()).isEqualTo(1);
  }

  @Test
  void aBacklogThatLearnsSeesEveryCompletionButThoseThatSayNothing() {
    FragileBacklog backlog = new FragileBacklog(new FifoBacklog(9, 100));
    scene = new Scene(new FixedLimit(2), backlog);
    RecordingTicket a = scene.enter("a");
    RecordingTicket b = scene.enter("b");
    RecordingTicket c = scene.enter("c");
    scene.leave(a);
    scene.gate.leave(b, Outcome.IGNORED);
    scene.gate.leave(c, Outcome.DROPPED);

    assertThat(backlog.completed).containsExactly(a, c);
  }

  /**
   * While b is being admitted in place of a, another ticket enters, b leaves, and "late" enters.
   */
  private void bLeavesBetween(String somebody, String strategy) {
    scene = new Scene(strategy);
    RecordingTicket a = scene.enter("a");
    RecordingTicket b = scene.ticket("b");
    b.whenAdmitted(
        () -> {
          scene.enter(somebody);
          scene.leave(b);
          scene.enter("late");
        });
    scene.enter(b);
    scene.leave(a);
  }

  @Test
  void admitsTwoWaitersWhenTheLimitGrowsByTwo() {
    ScriptedLimit limit = new ScriptedLimit(2);
    scene = new Scene(limit, new FifoBacklog(9, 100));
    RecordingTicket a = scene.enter("a");
    scene.enter("b");
    scene.enter("c");
    scene.enter("d");
    scene.enter("e");
    scene.enter("f");
    limit.value = 4;
    scene.leave(a);

    assertThat(scene.journal)
        .containsExactly("a admitted", "b admitted", "c admitted", "d admitted", "e admitted");
    assertThat(scene.waiting()).isEqualTo(1);
  }

  @Test
  void aShrinkingLimitAdmitsNobodyUntilInFlightIsBelowIt() {
    ScriptedLimit limit = new ScriptedLimit(3);
    scene = new Scene(limit, new FifoBacklog(9, 100));
    RecordingTicket a = scene.enter("a");
    RecordingTicket b = scene.enter("b");
    RecordingTicket c = scene.enter("c");
    scene.enter("d");
    limit.value = 1;
    scene.leave(a);
    scene.leave(b);

    assertThat(scene.waiting()).isEqualTo(1);
    assertThat(scene.inflight()).isEqualTo(1);
    scene.leave(c);
    assertThat(scene.journal)
        .containsExactly("a admitted", "b admitted", "c admitted", "d admitted");
  }

  @Test
  void aSecondLeaveThrowsAndChangesNothing() {
    RecordingTicket a = scene.enter("a");
    scene.enter("b");
    scene.leave(a);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> scene.gate.leave(a, Outcome.DROPPED))
        .withMessageContaining("a");
    assertThat(scene.inflight()).isEqualTo(1);
    assertThat(a.outcome()).isEqualTo(Outcome.SUCCESS);
  }

  @Test
  void leaveWithoutPermitThrows() {
    scene = new Scene(QUEUE);
    RecordingTicket never = scene.ticket("never");
    scene.enter("a");
    RecordingTicket waits = scene.enter("waits");
    scene.enter("c");
    RecordingTicket shed = scene.enter("shed");

    for (RecordingTicket ticket : List.of(never, waits, shed)) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> scene.gate.leave(ticket, Outcome.SUCCESS));
    }
    assertThat(scene.inflight()).isEqualTo(1);
    assertThat(scene.waiting()).isEqualTo(2);
  }

  @Test
  void leavingAnotherGateThrowsAndChangesNothing() {
    Scene other = new Scene(QUEUE);
    RecordingTicket a = scene.enter("a");

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> other.gate.leave(a, Outcome.SUCCESS));
    assertThat(other.gate.stats()).isEqualTo(new Scene(QUEUE).gate.stats());
    scene.leave(a);
    assertThat(scene.inflight()).isZero();
  }

  @Test
  void theLimitLearnsNothingFromAnIgnoredOutcome() {
    ScriptedLimit limit = new ScriptedLimit(2);
    scene = new Scene(limit, new NoBacklog());
    RecordingTicket a = scene.enter("a");
    limit.value = 7;
    scene.gate.leave(a, Outcome.IGNORED);

    assertThat(limit.asked).isZero();
    assertThat(scene.limit()).isEqualTo(2);
    assertThat(scene.inflight()).isZero();
    assertThat(a.settled()).isTrue();
  }

  @Test
  void tellsTheLimitWhatHappened() {
    List<String> seen = new ArrayList<>();
    Limit limit =
        new Limit() {
          @Override
          public int initial() {
            return 1;
          }

          @Override
          public int next(int limit, Sample s) {
            seen.add(
                "limit %d waited %d elapsed %d inflight %d %s"
                    .formatted(
                        limit, s.waitedNanos(), s.elapsedNanos(), s.inflight(), s.outcome()));
            return limit + 1;
          }
        };
    scene = new Scene(limit, new FifoBacklog(9, 100));
    RecordingTicket a = scene.enter("a");
    scene.clock.advance(5);
    RecordingTicket b = scene.enter("b");
    scene.clock.advance(7);
    scene.gate.leave(a, Outcome.DROPPED);
    scene.clock.advance(11);
    scene.leave(b);

    assertThat(seen)
        .containsExactly(
            "limit 1 waited 0 elapsed 12 inflight 1 DROPPED",
            "limit 2 waited 7 elapsed 11 inflight 1 SUCCESS");
  }

  @Test
  void aTicketThatTaughtIsSettled() {
    scene = new Scene(new ScriptedLimit(1), new NoBacklog());
    RecordingTicket a = scene.enter("a");
    scene.leave(a);

    assertThat(a.settled()).isTrue();
  }

  @Test
  void serviceTimeCountsFromTheReportedStart() {
    scene = new Scene("fixed:limit=1+fifo:capacity=1");
    RecordingTicket a = scene.enter("a");
    scene.clock.advance(5);
    RecordingTicket b = scene.enter("b");
    scene.gate.start(a);
    scene.clock.advance(7);
    scene.leave(a);
    scene.clock.advance(11);
    scene.leave(b); // never told to start

    assertThat(List.of(a.elapsedNanos(), a.serviceNanos())).containsExactly(12L, 7L);
    assertThat(List.of(b.waitedNanos(), b.elapsedNanos(), b.serviceNanos()))
        .containsExactly(7L, 11L, 11L);
  }
}
