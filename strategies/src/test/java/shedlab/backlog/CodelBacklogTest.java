package shedlab.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.admission.Backlog;
import shedlab.admission.Ticket;

class CodelBacklogTest extends BacklogContract {
  /** With a target above the timeout it is a plain queue. */
  @Override
  protected Backlog fresh() {
    return new CodelBacklog(CAPACITY, TIMEOUT, 1_000, 10, CodelBacklog.Order.FIFO);
  }

  @Override
  protected Model model() {
    return waiting -> waiting.get(0);
  }

  private static Backlog codel(CodelBacklog.Order order) {
    return new CodelBacklog(5, 1_000_000, 5, 100, order);
  }

  private static Ticket put(Backlog backlog, long now) {
    Ticket ticket = ticket("t" + now).arrivedAt(now);
    backlog.offer(ticket, now);
    return ticket;
  }

  /**
   * Interval 0 to 100: the line is never empty, waits are 6 and 7, so the shortest is above the
   * target of 5. From 100 on whoever has waited 10 is given up on, until an interval has a shorter.
   */
  @Test
  void givesUpOnTwiceTheTargetAfterAnIntervalWithoutAShortWait() {
    Backlog codel = codel(CodelBacklog.Order.FIFO);
    put(codel, -50); // empty line, an interval of its own: from -50 to 50
    put(codel, 44);
    assertThat(codel.poll(50)).isNotNull(); // waited 100: the first of the interval 50 to 150
    assertThat(codel.poll(51)).isNotNull(); // 7; the line is empty, the next finds it so
    Ticket a = put(codel, 60); // so the shortest wait is 0
    assertThat(codel.evict(150)).isNull(); // not standing: a may wait
    Ticket b = put(codel, 150);
    assertThat(codel.poll(151)).isSameAs(a); // 91
    assertThat(codel.poll(156)).isSameAs(b); // 6
    put(codel, 157); // 0 again
    Ticket c = put(codel, 158);
    assertThat(codel.evict(250)).isNull();
    assertThat(codel.poll(251)).isNotNull(); // 94, interval 250 to 350
    Ticket d = put(codel, 300);
    assertThat(codel.poll(306)).isSameAs(c); // 148
    Ticket e = put(codel, 345);
    assertThat(codel.evict(349)).isNull(); // not known to be standing yet
    assertThat(codel.evict(350)).isSameAs(d); // it was: 94 and 148 are above 5; d has waited 50
    assertThat(codel.evict(354)).isNull(); // e: 9
    assertThat(codel.evict(355)).isSameAs(e); // 10
  }

  @Test
  void aBurstThatDrainsIsNotTouched() {
    Backlog codel = codel(CodelBacklog.Order.FIFO);
    for (int i = 0; i < 5; i++) {
      put(codel, 0);
    }
    for (int now = 10; now <= 50; now += 10) {
      assertThat(codel.evict(now)).isNull();
      assertThat(codel.poll(now)).isNotNull();
    }
  }

  @Test
  void aStandingQueueIsForgivenAfterAnIntervalWithAShortWait() {
    Backlog codel = standing();
    assertThat(codel.poll(302)).isNotNull();
    put(codel, 310);
    assertThat(codel.poll(312)).isNotNull(); // 2: and an empty line
    put(codel, 390);

    assertThat(codel.evict(405)).isNull(); // 15, but the interval 300 to 400 had a short wait
  }

  @Test
  void theSweepIsActive() {
    Backlog codel = standing();

    Ticket young = put(codel, 305);
    assertThat(codel.evict(311)).isNotNull(); // the one of 299: nobody asked for the next
    assertThat(codel.evict(314)).isNull();
    assertThat(codel.evict(315)).isSameAs(young);
  }

  @Test
  void adaptiveLifoServesTheNewestOnceTheLineIsLong() {
    Backlog codel = codel(CodelBacklog.Order.ADAPTIVE_LIFO);
    Ticket first = put(codel, 0);
    for (int now = 1; now < 4; now++) {
      put(codel, now);
    }
    Ticket newest = put(codel, 4);

    assertThat(codel.poll(5)).isSameAs(newest); // 5 of 5 places, above 0.8
    assertThat(codel.poll(5)).isSameAs(first); // 4 of 5
  }

  /** At 300: the interval 200 to 300 had only long waits; one that came at 299 waits. */
  private static Backlog standing() {
    Backlog codel = codel(CodelBacklog.Order.FIFO);
    put(codel, 100); // empty: 0, interval 100 to 200
    put(codel, 150);
    codel.poll(200); // 100
    put(codel, 250);
    codel.poll(280); // 130
    put(codel, 299);
    codel.poll(299); // 49
    assertThat(codel.evict(300)).isNull();
    return codel;
  }
}
