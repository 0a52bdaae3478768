package shedlab.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shedlab.admission.Scripted.LatestBacklog;
import shedlab.admission.Scripted.ScriptedLimit;
import shedlab.backlog.FifoBacklog;
import shedlab.backlog.PriorityBacklog;
import shedlab.limit.FixedLimit;

/** A waiting ticket is admitted in turn, expires, is displaced or is abandoned. */
class GateWaitingTest extends ConservedScene {
  @BeforeEach
  void oneServesTwoWait() {
    scene = new Scene(QUEUE);
  }

  @Test
  void expiresWithoutAnyCompletion() {
    scene.enter("a");
    scene.enter("b");
    scene.clock.advance(60);
    scene.enter("c");
    scene.clock.advance(39);
    scene.gate.tick();
    assertThat(scene.waiting()).isEqualTo(2);

    scene.clock.advance(1);
    scene.gate.tick();
    assertThat(scene.journal).containsExactly("a admitted", "b EXPIRED");

    scene.clock.advance(1_000);
    scene.gate.tick();
    assertThat(scene.journal).containsExactly("a admitted", "b EXPIRED", "c EXPIRED");
    assertThat(scene.gate.stats().shed()).containsEntry(Shed.EXPIRED, 2L);
  }

  @Test
  void aLeaveExpiresTheLateBeforeItAdmitsTheNext() {
    RecordingTicket a = scene.enter("a");
    scene.enter("b");
    scene.clock.advance(60);
    scene.enter("c");
    scene.clock.advance(40);
    scene.leave(a);

    assertThat(scene.journal).containsExactly("a admitted", "b EXPIRED", "c admitted");
  }

  @Test
  void aTickWhileNobodyWaitsDoesNothing() {
    scene.enter("a");
    scene.gate.tick();

    assertThat(scene.journal).containsExactly("a admitted");
  }

  /** The tick comes while the gate is busy with c's callback; it must still expire tickets. */
  @Test
  void aTickFromACallbackExpiresWhatIsDueThen() {
    RecordingTicket a = scene.enter("a");
    scene.enter(
        scene
            .ticket("b")
            .whenAdmitted(
                () -> {
                  scene.clock.advance(100);
                  scene.gate.tick();
                }));
    scene.enter("c");
    scene.leave(a);

    assertThat(scene.journal).containsExactly("a admitted", "b admitted", "c EXPIRED");
  }

  @Test
  void abandoningWhileWaitingSheds() {
    RecordingTicket a = scene.enter("a");
    RecordingTicket b = scene.enter("b");
    b.abandon();
    b.abandon();

    assertThat(b.decisions()).containsExactly("ABANDONED");
    assertThat(b.settled()).isTrue();
    scene.leave(a);
    assertThat(scene.inflight()).isZero();
  }

  @Test
  void abandoningMakesRoom() {
    scene.enter("a");
    RecordingTicket b = scene.enter("b");
    scene.enter("c");
    b.abandon();
    scene.enter("d");

    assertThat(scene.journal).containsExactly("a admitted", "b ABANDONED");
    assertThat(scene.waiting()).isEqualTo(2);
  }

  @Test
  void abandoningAfterAdmissionChangesNothing() {
    RecordingTicket a = scene.enter("a");
    a.abandon();

    assertThat(a.decisions()).containsExactly("admitted");
    assertThat(scene.inflight()).isEqualTo(1);
    scene.leave(a);
    a.abandon();
    assertThat(scene.inflight()).isZero();
  }

  @Test
  void abandoningAfterShedChangesNothing() {
    for (String name : List.of("a", "b", "c")) {
      scene.enter(name);
    }
    RecordingTicket d = scene.enter("d");
    d.abandon();

    assertThat(d.decisions()).containsExactly("FULL");
  }

  @Test
  void abandoningATicketThatNeverEnteredChangesNothing() {
    RecordingTicket never = scene.ticket("never");
    never.abandon();
    scene.enter(never);

    assertThat(never.decisions()).containsExactly("admitted");
  }

  /**
   * b is abandoned while its arrival is only posted, because the gate is busy with a's callback.
   */
  @Test
  void abandoningBeforeTheArrivalIsProcessedSheds() {
    RecordingTicket first = scene.enter("first");
    RecordingTicket a = scene.ticket("a").whenAdmitted(() -> scene.enter("b").abandon());
    scene.enter(a);
    scene.leave(first);

    assertThat(scene.journal).containsExactly("first admitted", "a admitted", "b ABANDONED");
    assertThat(scene.waiting()).isZero();
  }

  /** There is a permit for c, but its client left while the gate was busy with b. */
  @Test
  void anAbandonedTicketIsNotAdmitted() {
    ScriptedLimit limit = new ScriptedLimit(1);
    scene = new Scene(limit, new FifoBacklog(2, 100));
    RecordingTicket a = scene.enter("a");
    RecordingTicket c = scene.ticket("c");
    scene.enter(scene.ticket("b").whenAdmitted(c::abandon));
    scene.enter(c);
    limit.value = 2;
    scene.leave(a);

    assertThat(scene.journal).containsExactly("a admitted", "b admitted", "c ABANDONED");
    assertThat(scene.inflight()).isEqualTo(1);
  }

  /** x's callback abandons t; the call is posted, and t expires before it is processed. */
  @Test
  void anAbandonmentDoesNotOutliveItsVisit() {
    RecordingTicket a = scene.enter("a");
    RecordingTicket t = scene.ticket("t");
    scene.enter(scene.ticket("x").whenShed(t::abandon));
    scene.enter(t.whenShed(() -> scene.enter(t)));
    scene.clock.advance(100);
    scene.gate.tick();
    assertThat(t.decisions()).containsExactly("EXPIRED");
    scene.leave(a);

    assertThat(t.decisions()).containsExactly("EXPIRED", "admitted");
  }

  /** b is already posted when it is abandoned; it must not be posted twice. */
  @Test
  void aSecondCallOfAPostedTicketLosesNobodyInTheInbox() {
    scene = new Scene("fixed:limit=1+fifo:capacity=9");
    RecordingTicket first = scene.enter("first");
    RecordingTicket busy = scene.ticket("busy");
    busy.whenAdmitted(
        () -> {
          scene.enter("d");
          RecordingTicket b = scene.enter("b");
          scene.enter("c");
          b.abandon();
          scene.leave(busy);
        });
    scene.enter(busy);
    scene.leave(first);

    assertThat(scene.journal)
        .containsExactly("first admitted", "busy admitted", "b ABANDONED", "d admitted");
    assertThat(scene.waiting()).isEqualTo(1);
  }

  @Test
  void aDisplacedTicketIsShedAsFull() {
    scene = new Scene(new FixedLimit(1), new LatestBacklog());
    RecordingTicket a = scene.enter("a");
    scene.enter("b");
    scene.enter("c");
    scene.leave(a);

    assertThat(scene.journal).containsExactly("a admitted", "b FULL", "c admitted");
  }

  @Test
  void aDisplacedWaiterIsShedAsFullAndTheNewcomerWaits() {
    Scene here = new Scene(new FixedLimit(1), new PriorityBacklog(1, 1_000));
    RecordingTicket first = here.enter("first");
    RecordingTicket relaxed = here.enter(here.ticket("relaxed").urgency(6));
    RecordingTicket urgent = here.enter(here.ticket("urgent").urgency(1));

    assertThat(relaxed.decisions()).containsExactly("FULL");
    assertThat(urgent.decisions()).isEmpty();
    assertThat(here.waiting()).isEqualTo(1);
    here.leave(first);
    assertThat(urgent.decisions()).containsExactly("admitted");
    here.leave(urgent);
    here.assertConserved();
  }

  /** Its one place goes to the latest; w has it when the arrival of "gone" is processed. */
  @Test
  void aTicketAbandonedBeforeItsArrivalIsProcessedDisplacesNobody() {
    scene = new Scene(new FixedLimit(1), new LatestBacklog());
    RecordingTicket first = scene.enter("first");
    RecordingTicket busy = scene.ticket("busy");
    busy.whenAdmitted(
        () -> {
          scene.enter("w");
          scene.enter("gone").abandon();
        });
    scene.enter(busy);
    scene.leave(first);

    assertThat(scene.journal).containsExactly("first admitted", "busy admitted", "gone ABANDONED");
    assertThat(scene.waiting()).isEqualTo(1);
  }
}
