package shedlab.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.admission.Backlog;
import shedlab.admission.Gate;
import shedlab.admission.ManualClock;
import shedlab.admission.Outcome;
import shedlab.admission.RecordingTicket;
import shedlab.admission.Ticket;
import shedlab.limit.FixedLimit;

class LifoBacklogTest extends ModelledBacklogContract {
  @Override
  protected Backlog fresh() {
    return new LifoBacklog(CAPACITY, TIMEOUT);
  }

  @Override
  protected Model model() {
    return waiting -> waiting.get(waiting.size() - 1);
  }

  @Test
  void givesUpOnTheOldestWhileTheNewestAreServed() {
    Backlog lifo = fresh();
    Ticket old = ticket("old").arrivedAt(0);
    Ticket young = ticket("young").arrivedAt(90);
    lifo.offer(old, 0);
    lifo.offer(young, 90);

    assertThat(lifo.evict(100)).isSameAs(old);
    assertThat(lifo.poll(100)).isSameAs(young);
  }

  /** In Netflix' limiter the last departure may miss a request that is about to wait. */
  @Test
  void noWakeUpIsLostWhenTheLastInFlightLeavesWhileOneEnters() {
    List<String> journal = new ArrayList<>();
    Gate gate = new Gate(new FixedLimit(1), fresh(), new ManualClock(0));
    RecordingTicket first = new RecordingTicket("first", journal);
    RecordingTicket second = new RecordingTicket("second", journal);
    first.whenAdmitted(
        () -> {
          gate.enter(second);
          gate.leave(first, Outcome.SUCCESS);
        });
    gate.enter(first);

    assertThat(journal).containsExactly("first admitted", "second admitted");
    assertThat(gate.stats().waiting()).isZero();
  }
}
