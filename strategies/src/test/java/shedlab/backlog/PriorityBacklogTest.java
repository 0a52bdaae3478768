package shedlab.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.admission.Backlog;
import shedlab.admission.Ticket;

class PriorityBacklogTest extends ModelledBacklogContract {
  @Override
  protected Backlog fresh() {
    return new PriorityBacklog(CAPACITY, TIMEOUT);
  }

  @Override
  protected boolean displaces() {
    return true;
  }

  @Override
  protected Model model() {
    return new Model() {
      @Override
      public Ticket next(List<Ticket> waiting) {
        return waiting.stream().min(Comparator.comparingInt(Ticket::urgency)).orElseThrow();
      }

      @Override
      public Ticket displaced(List<Ticket> waiting, Ticket newcomer) {
        Ticket last = newcomer;
        for (int i = waiting.size() - 1; i >= 0; i--) {
          last = waiting.get(i).urgency() > last.urgency() ? waiting.get(i) : last;
        }
        return last;
      }
    };
  }

  @Test
  void theUrgentPassAndTheLeastUrgentLosesItsPlace() {
    Backlog priority = new PriorityBacklog(2, 1_000);
    Ticket relaxed = ticket("relaxed").urgency(6).arrivedAt(0);
    Ticket normal = ticket("normal").arrivedAt(0);
    Ticket urgent = ticket("urgent").urgency(0).arrivedAt(1);
    priority.offer(relaxed, 0);
    priority.offer(normal, 0);

    assertThat(priority.offer(urgent, 1)).isSameAs(relaxed);
    assertThat(priority.poll(2)).isSameAs(urgent);
    assertThat(priority.poll(2)).isSameAs(normal);
  }

  @Test
  void anUrgencyOutsideTheScaleCountsAsItsEnd() {
    Backlog priority = fresh();
    Ticket absurd = ticket("absurd").urgency(99).arrivedAt(0);
    priority.offer(absurd, 0);

    assertThat(priority.remove(absurd)).isTrue();
  }
}
