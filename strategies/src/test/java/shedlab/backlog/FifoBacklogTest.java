package shedlab.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.admission.Backlog;
import shedlab.admission.Ticket;

class FifoBacklogTest extends ModelledBacklogContract {
  @Override
  protected Backlog fresh() {
    return new FifoBacklog(CAPACITY, TIMEOUT);
  }

  @Override
  protected Model model() {
    return waiting -> waiting.get(0);
  }

  @Test
  void evictsTheOldestOnceItHasWaitedTheTimeout() {
    Backlog fifo = fresh();
    Ticket a = ticket("a").arrivedAt(0);
    Ticket b = ticket("b").arrivedAt(60);
    fifo.offer(a, 0);
    fifo.offer(b, 60);

    assertThat(fifo.evict(99)).isNull();
    assertThat(fifo.evict(100)).isSameAs(a);
    assertThat(fifo.evict(100)).isNull();
    assertThat(fifo.poll(100)).isSameAs(b);
  }
}
