package shedlab.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.admission.Backlog;
import shedlab.admission.Gate;
import shedlab.admission.ManualClock;
import shedlab.admission.RecordingTicket;
import shedlab.admission.Ticket;
import shedlab.limit.FixedLimit;

class FifoBacklogTest extends BacklogContract {
  private static final long START = Long.MAX_VALUE - 50; // overflows while they wait

  private final ManualClock clock = new ManualClock(START);
  private final Backlog fifo = fresh();

  @Override
  protected Backlog fresh() {
    return new FifoBacklog(3, 100);
  }

  @Override
  protected int capacity() {
    return 3;
  }

  /** A ticket that arrived now: only a gate can tell it so. */
  private Ticket arrivedNow(String name) {
    Gate gate = new Gate(new FixedLimit(1), new FifoBacklog(1, 1), clock);
    gate.enter(ticket("in flight"));
    RecordingTicket ticket = ticket(name);
    gate.enter(ticket);
    return ticket;
  }

  @Test
  void pollsTheOldestFirst() {
    Ticket a = ticket("a");
    Ticket b = ticket("b");
    fifo.offer(a, 0);
    fifo.offer(b, 0);

    assertThat(fifo.poll(0)).isSameAs(a);
    assertThat(fifo.poll(0)).isSameAs(b);
    assertThat(fifo.poll(0)).isNull();
  }

  @Test
  void keepsTheOrderWhenOneInTheMiddleIsRemoved() {
    Ticket a = ticket("a");
    Ticket b = ticket("b");
    Ticket c = ticket("c");
    fifo.offer(a, 0);
    fifo.offer(b, 0);
    fifo.offer(c, 0);

    assertThat(fifo.remove(b)).isTrue();
    assertThat(fifo.full()).isFalse();
    assertThat(fifo.poll(0)).isSameAs(a);
    assertThat(fifo.poll(0)).isSameAs(c);
  }

  @Test
  void evictsTheOldestOnceItHasWaitedTheTimeout() {
    Ticket a = arrivedNow("a");
    fifo.offer(a, clock.nanos());
    clock.advance(60);
    Ticket b = arrivedNow("b");
    fifo.offer(b, clock.nanos());
    clock.advance(39);
    assertThat(fifo.evict(clock.nanos())).isNull();

    clock.advance(1);
    assertThat(fifo.evict(clock.nanos())).isSameAs(a);
    assertThat(fifo.evict(clock.nanos())).isNull();
    assertThat(fifo.poll(clock.nanos())).isSameAs(b);
  }
}
