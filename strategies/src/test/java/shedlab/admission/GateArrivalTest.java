package shedlab.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.admission.Scripted.FragileBacklog;
import shedlab.backlog.FifoBacklog;
import shedlab.limit.FixedLimit;

/** An arrival is admitted, waits or is shed. */
class GateArrivalTest extends ConservedScene {
  @Test
  void admitsUpToTheLimit() {
    scene.enter("a");
    scene.enter("b");
    scene.enter("c");

    assertThat(scene.journal).containsExactly("a admitted", "b admitted", "c LIMIT");
    assertThat(scene.inflight()).isEqualTo(2);
  }

  @Test
  void shedsWithReasonLimitWithoutABacklog() {
    scene.enter("a");
    scene.enter("b");

    assertThat(scene.enter("c").decisions()).containsExactly("LIMIT");
    assertThat(scene.gate.stats().shed()).containsEntry(Shed.LIMIT, 1L);
  }

  @Test
  void shedsTheNewestWhenTheBacklogIsFull() {
    scene = new Scene(QUEUE);
    for (String name : List.of("a", "b", "c", "d")) {
      scene.enter(name);
    }

    assertThat(scene.journal).containsExactly("a admitted", "d FULL");
    assertThat(scene.waiting()).isEqualTo(2);
  }

  @Test
  void takesWaitersAgainOnceThereIsRoom() {
    scene = new Scene(QUEUE);
    RecordingTicket a = scene.enter("a");
    scene.enter("b");
    scene.enter("c");
    scene.leave(a);
    scene.enter("d");

    assertThat(scene.journal).containsExactly("a admitted", "b admitted");
    assertThat(scene.waiting()).isEqualTo(2);
  }

  @Test
  void enteringTwiceThrows() {
    RecordingTicket a = scene.enter("a");

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> scene.gate.enter(a))
        .withMessageContaining("a");
    assertThat(scene.inflight()).isEqualTo(1);
  }

  @Test
  void enteringWhileWaitingThrows() {
    scene = new Scene(QUEUE);
    scene.enter("a");
    RecordingTicket b = scene.enter("b");

    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> scene.gate.enter(b));
    assertThat(scene.waiting()).isEqualTo(1);
  }

  @Test
  void enteringAnotherGateThrows() {
    Scene other = new Scene("none");
    RecordingTicket a = scene.enter("a");
    scene.leave(a);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> other.gate.enter(a))
        .withMessageContaining("gate");
    assertThat(other.inflight()).isZero();
  }

  @Test
  void aSettledTicketMayEnterAgain() {
    RecordingTicket a = scene.enter("a");
    assertThat(a.settled()).isFalse();
    scene.leave(a);
    assertThat(a.settled()).isTrue();
    scene.enter(a);
    scene.enter("b");
    RecordingTicket c = scene.enter("c");
    scene.leave(a);
    scene.enter(c);

    assertThat(a.decisions()).containsExactly("admitted", "admitted");
    assertThat(c.decisions()).containsExactly("LIMIT", "admitted");
  }

  @Test
  void noneAdmitsEveryRequest() {
    scene = new Scene("none");
    for (int i = 0; i < 1_000; i++) {
      scene.enter("t" + i);
    }

    assertThat(scene.inflight()).isEqualTo(1_000);
    assertThat(scene.limit()).isEqualTo(Limit.MAX);
  }

  @Test
  void aFullBacklogIsNotCalled() {
    FragileBacklog backlog = new FragileBacklog(new FifoBacklog(1, 100));
    scene = new Scene(new FixedLimit(1), backlog);
    scene.enter("a");
    scene.enter("b");
    backlog.broken = "offer";

    assertThat(scene.enter("c").decisions()).containsExactly("FULL");
    assertThat(uncaught).isEmpty();
  }

  @Test
  void statsListTheReasonsInOrder() {
    assertThat(scene.gate.stats().shed().keySet()).containsExactly(Shed.values());
  }
}
