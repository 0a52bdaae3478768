package shedlab.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.admission.Scripted.FragileBacklog;
import shedlab.admission.Scripted.ScriptedLimit;
import shedlab.backlog.FifoBacklog;
import shedlab.backlog.NoBacklog;
import shedlab.limit.FixedLimit;

/** A limit or a backlog that throws loses no ticket and does not break the gate. */
class GateBrokenPolicyTest extends ConservedScene {
  private final FragileBacklog backlog = new FragileBacklog(new FifoBacklog(2, 100));

  @Test
  void aThrowingLimitKeepsTheOldLimitAndReturnsThePermit() {
    ScriptedLimit limit = new ScriptedLimit(2);
    limit.failure = new IllegalStateException("limit");
    scene = new Scene(limit, new NoBacklog());
    scene.leave(scene.enter("a"));

    assertThat(uncaught).containsExactly(limit.failure);
    assertThat(scene.inflight()).isZero();
    assertThat(scene.limit()).isEqualTo(2);
  }

  @Test
  void aBacklogThatThrowsWhileItLearnsStillReturnsThePermit() {
    scene = new Scene(new FixedLimit(1), backlog);
    RecordingTicket a = scene.enter("a");
    backlog.broken = "completed";
    scene.leave(a);

    assertThat(uncaught).isNotEmpty();
    assertThat(scene.inflight()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"offer", "evict", "remove", "full"})
  void aThrowingBacklogLosesNobodyAndDoesNotKillTheGate(String method) {
    scene = new Scene(new FixedLimit(1), backlog);
    RecordingTicket a = scene.enter("a");
    RecordingTicket b = scene.enter("b");
    backlog.broken = method;
    RecordingTicket c = scene.enter("c");
    c.abandon();
    b.abandon();
    scene.gate.tick();
    backlog.broken = "";
    scene.leave(a);
    scene.gate.tick();

    assertThat(uncaught).isNotEmpty().allMatch(e -> method.equals(e.getMessage()));
    assertThat(a.decisions()).containsExactly("admitted");
    assertThat(b.decisions()).containsExactly("ABANDONED");
    assertThat(c.decisions()).hasSize(1);
    assertThat(scene.inflight()).isZero();
    RecordingTicket d = scene.enter("d");
    RecordingTicket e = scene.enter("e");
    scene.leave(d);
    scene.leave(e);
    assertThat(e.decisions()).containsExactly("admitted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evict", "poll", "full"})
  void aBacklogThatThrowsWhileServingStillLosesNobody(String method) {
    scene = new Scene(new FixedLimit(1), backlog);
    RecordingTicket a = scene.enter("a");
    RecordingTicket b = scene.enter("b");
    backlog.broken = method;
    scene.leave(a);
    backlog.broken = "";
    scene.gate.tick();

    assertThat(uncaught).isNotEmpty();
    assertThat(b.decisions()).containsExactly("admitted");
    scene.leave(b);
    assertThat(scene.inflight()).isZero();
  }

  @Test
  void nobodyOvertakesAWaiterWhoseTurnFailed() {
    FragileBacklog backlog = new FragileBacklog(new FifoBacklog(9, 100));
    scene = new Scene(new FixedLimit(1), backlog);
    RecordingTicket a = scene.enter("a");
    scene.enter("b");
    backlog.broken = "poll";
    scene.leave(a);
    backlog.broken = "";
    scene.enter("late");

    assertThat(scene.journal).containsExactly("a admitted", "b admitted");
    assertThat(uncaught).isNotEmpty();
  }
}
