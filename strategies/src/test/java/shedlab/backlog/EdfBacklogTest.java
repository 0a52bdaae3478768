package shedlab.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.admission.Backlog;
import shedlab.admission.Ticket;

class EdfBacklogTest extends ModelledBacklogContract {
  @Override
  protected Backlog fresh() {
    return new EdfBacklog(CAPACITY, TIMEOUT);
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
        return sorted(waiting).get(0);
      }

      @Override
      public Ticket displaced(List<Ticket> waiting, Ticket newcomer) {
        List<Ticket> all = new ArrayList<>(waiting);
        all.add(newcomer);
        return sorted(all).get(all.size() - 1);
      }

      @Override
      public boolean late(Ticket waiter, long nowNanos) {
        return nowNanos - deadline(waiter) >= 0;
      }
    };
  }

  private static long deadline(Ticket ticket) {
    return ticket.enteredNanos() + Math.min(TIMEOUT, ticket.budgetNanos());
  }

  /** A stable sort: of equals, the first to arrive stays first. */
  private static List<Ticket> sorted(List<Ticket> tickets) {
    return tickets.stream().sorted((a, b) -> Long.signum(deadline(a) - deadline(b))).toList();
  }

  @Test
  void aTighterDeadlineTakesThePlaceOfTheLatest() {
    Backlog edf = new EdfBacklog(1, 1_000);
    Ticket relaxed = ticket("relaxed").arrivedAt(0);
    Ticket tight = ticket("tight").budget(10).arrivedAt(1);

    assertThat(edf.offer(relaxed, 0)).isNull();
    assertThat(edf.offer(tight, 1)).isSameAs(relaxed);
    assertThat(edf.evict(10)).isNull();
    assertThat(edf.evict(11)).isSameAs(tight);
  }
}
