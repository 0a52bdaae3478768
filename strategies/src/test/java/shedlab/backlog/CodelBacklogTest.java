package shedlab.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shedlab.admission.Backlog;
import shedlab.admission.Gate;
import shedlab.admission.ManualClock;
import shedlab.admission.Outcome;
import shedlab.admission.RecordingTicket;
import shedlab.admission.Ticket;
import shedlab.limit.FixedLimit;

class CodelBacklogTest extends ModelledBacklogContract {
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
   * target of 5. From 100 on a ticket that has waited 10 is given up, until an interval has a
   * shorter wait.
   */
  @Test
  void givesUpOnTwiceTheTargetAfterAnIntervalWithoutAShortWait() {
    Backlog codel = codel(CodelBacklog.Order.FIFO);
    put(codel, -50); // the line is empty: interval from -50 to 50
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
  void aBurstThatDrainsLosesNothing() {
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
  void aQueueIsNoLongerStandingAfterAnIntervalWithAShortWait() {
    Backlog codel = standing();
    assertThat(codel.poll(302)).isNotNull();
    put(codel, 310);
    assertThat(codel.poll(312)).isNotNull(); // 2: and an empty line
    put(codel, 390);

    assertThat(codel.evict(405)).isNull(); // 15, but the interval 300 to 400 had a short wait
  }

  @Test
  void expiresWithoutWaitingForTheNextPoll() {
    Backlog codel = standing();

    Ticket young = put(codel, 305);
    assertThat(codel.evict(311)).isNotNull(); // the one of 299: nobody asked for the next
    assertThat(codel.evict(314)).isNull();
    assertThat(codel.evict(315)).isSameAs(young);
  }

  /**
   * Folly judges by its last interval, even a long time later; here an empty line is a wait of
   * zero.
   */
  @Test
  void aBurstAfterAnIdleTimeIsNotJudgedByTheQueueBefore() {
    ManualClock clock = new ManualClock(0);
    Gate gate = new Gate(new FixedLimit(1), codel(CodelBacklog.Order.FIFO), clock);
    List<String> journal = new ArrayList<>();
    RecordingTicket first = new RecordingTicket("first", journal);
    RecordingTicket second = new RecordingTicket("second", journal);
    gate.enter(first);
    gate.enter(second);
    clock.advance(120);
    gate.leave(first, Outcome.SUCCESS); // the only wait of an interval: 120, far above the target
    gate.leave(second, Outcome.SUCCESS);

    clock.advance(10_000);
    for (int i = 0; i < 4; i++) {
      gate.enter(new RecordingTicket("burst " + i, journal));
    }
    clock.advance(50); // ten times the target, half an interval
    gate.tick();

    assertThat(gate.stats().waiting()).isEqualTo(3);
  }

  @Test
  void theShortestWaitOfALineThatWasLeftEmptyIsZero() {
    Backlog codel = codel(CodelBacklog.Order.FIFO);
    put(codel, 0); // empty: interval 0 to 100
    put(codel, 50);
    codel.poll(100); // 100: interval 100 to 200
    codel.poll(150); // 100, and from now on the line is empty
    codel.evict(1_000); // as the gate asks before it offers
    put(codel, 1_000);

    assertThat(codel.evict(1_050)).isNull();
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

  /** The rule in its simplest form: lists of waits that are searched each time. */
  private static final class Sentence {
    private final CodelBacklog.Order order;
    private final List<Ticket> waiting = new ArrayList<>();
    private List<Long> waitsOfInterval = new ArrayList<>();
    private long intervalBegan = Long.MIN_VALUE;
    private boolean standing;

    Sentence(CodelBacklog.Order order) {
      this.order = order;
    }

    private void look(long now) {
      if (waiting.isEmpty()) {
        waitsOfInterval.add(0L);
      }
      if (intervalBegan == Long.MIN_VALUE || now >= intervalBegan + 100) {
        standing =
            intervalBegan != Long.MIN_VALUE
                && !waitsOfInterval.isEmpty()
                && waitsOfInterval.stream().allMatch(wait -> wait > 5);
        intervalBegan = now;
        waitsOfInterval = new ArrayList<>(waiting.isEmpty() ? List.of(0L) : List.of());
      }
    }

    @Nullable Ticket offer(Ticket ticket, long now) {
      look(now);
      return waiting.size() == 5 ? ticket : waiting.add(ticket) ? null : ticket;
    }

    @Nullable Ticket evict(long now) {
      look(now);
      long longest = standing ? 10 : 400;
      return waiting.stream()
          .filter(waiter -> now - waiter.enteredNanos() >= longest)
          .findFirst()
          .map(waiter -> gone(waiter, now))
          .orElse(null);
    }

    @Nullable Ticket poll(long now) {
      look(now);
      if (waiting.isEmpty()) {
        return null;
      }
      boolean newest = order == CodelBacklog.Order.ADAPTIVE_LIFO && waiting.size() == 5;
      return gone(waiting.get(newest ? waiting.size() - 1 : 0), now);
    }

    private Ticket gone(Ticket waiter, long now) {
      waiting.remove(waiter);
      waitsOfInterval.add(now - waiter.enteredNanos());
      return waiter;
    }
  }

  @ParameterizedTest
  @EnumSource
  void followsTheRuleForAnyHistory(CodelBacklog.Order order) {
    int evictedEarly = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      Backlog codel = new CodelBacklog(5, 400, 5, 100, order);
      Sentence rule = new Sentence(order);
      int mostStep = 1 + random.nextInt(60);
      long now = random.nextInt(1_000);
      for (int step = 0; step < 200; step++) {
        now += random.nextInt(mostStep);
        String at = "seed " + seed + ", step " + step;
        switch (random.nextInt(7)) {
          case 0, 1, 2 -> {
            Ticket newcomer = ticket("t" + step).arrivedAt(now);
            assertThat(codel.offer(newcomer, now)).as(at).isSameAs(rule.offer(newcomer, now));
          }
          case 3, 4 -> {
            Ticket evicted = codel.evict(now);
            assertThat(evicted).as(at).isSameAs(rule.evict(now));
            evictedEarly += evicted != null && now - evicted.enteredNanos() < 400 ? 1 : 0;
          }
          case 5 -> assertThat(codel.poll(now)).as(at).isSameAs(rule.poll(now));
          default -> {
            if (!rule.waiting.isEmpty()) {
              Ticket left = rule.waiting.remove(random.nextInt(rule.waiting.size()));
              assertThat(codel.remove(left)).as(at).isTrue();
            }
          }
        }
        assertThat(codel.size()).as(at).isEqualTo(rule.waiting.size());
      }
    }
    assertThat(evictedEarly).as("given up on by a standing queue").isGreaterThan(500);
  }
}
