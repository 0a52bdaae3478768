package shedlab.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.admission.Backlog;
import shedlab.admission.Outcome;
import shedlab.admission.RecordingTicket;
import shedlab.admission.Ticket;

class OnTimeBacklogTest extends BacklogContract {
  private static final long DEADLINE = 1_000;

  @Override
  protected Backlog fresh() {
    return new OnTimeBacklog(1, CAPACITY, TIMEOUT);
  }

  @Override
  protected boolean displaces() {
    return true;
  }

  private final OnTimeBacklog backlog = new OnTimeBacklog(1, 1_000, DEADLINE);

  /** Tasks that all take as long, all of them served on arrival. */
  private static void served(Backlog backlog, int tasks, long nanos) {
    for (int i = 0; i < tasks; i++) {
      backlog.completed(ticket("served").completed(0, 0, nanos, 1, Outcome.SUCCESS));
    }
  }

  private static RecordingTicket waiting(Backlog backlog, String name, long since) {
    RecordingTicket ticket = ticket(name).arrivedAt(since);
    assertThat(backlog.offer(ticket, since)).isNull();
    return ticket;
  }

  /** Sheds so many by the deadline. */
  private static void lost(Backlog backlog, int requests, long deadline) {
    for (int i = 0; i < requests; i++) {
      Ticket late = ticket("late").budget(deadline).arrivedAt(-2 * deadline);
      assertThat(backlog.offer(late, 0)).isNull();
      assertThat(backlog.evict(0)).isSameAs(late);
    }
  }

  @Test
  void servesTheOldestFirstWhileNothingIsLost() {
    served(backlog, 100, 10);
    Ticket first = waiting(backlog, "first", 0);
    Ticket second = waiting(backlog, "second", 500);

    assertThat(backlog.poll(800)).isSameAs(first);
    assertThat(backlog.poll(800)).isSameAs(second);
  }

  @Test
  void servesTheNewestFirstWhileMostAreLost() {
    served(backlog, 100, 10);
    lost(backlog, 100, DEADLINE);
    Ticket first = waiting(backlog, "first", 0);
    Ticket second = waiting(backlog, "second", 500);

    assertThat(backlog.poll(800)).isSameAs(second);
    assertThat(backlog.poll(800)).isSameAs(first);
  }

  @Test
  void servesTheOldestFirstAgainOnceTheLossIsOver() {
    served(backlog, 100, 10);
    lost(backlog, 100, DEADLINE);
    Ticket first = waiting(backlog, "first", 0);
    waiting(backlog, "second", 500);
    served(backlog, 300, 10);

    assertThat(backlog.poll(800)).isSameAs(first);
  }

  @Test
  void givesUpOnWhoeverCannotBeOnTimeAnyMore() {
    served(backlog, 100, 256); // nobody who has waited for 744 or more is on time
    Ticket late = waiting(backlog, "late", 0);

    assertThat(backlog.evict(700)).isNull();
    assertThat(backlog.evict(750)).isSameAs(late);
    assertThat(backlog.size()).isZero();
  }

  /** Half of the tasks are short: the chance falls below 0.7 of what it was when only they fit. */
  @Test
  void givesUpWhenTheChanceToBeOnTimeHasFallen() {
    for (int i = 0; i < 100; i++) {
      served(backlog, 1, i % 2 == 0 ? 10 : 512);
    }
    Ticket waits = waiting(backlog, "waits", 0);

    assertThat(backlog.evict(470)).isNull();
    assertThat(backlog.evict(500)).isSameAs(waits);
  }

  @Test
  void aDeadlineThatARequestTellsIsItsOwn() {
    served(backlog, 100, 10);
    Ticket relaxed = waiting(backlog, "relaxed", 0);
    Ticket tight = ticket("tight").budget(200).arrivedAt(1);
    backlog.offer(tight, 1);

    assertThat(backlog.evict(100)).isNull();
    assertThat(backlog.evict(200)).isSameAs(tight);
    assertThat(backlog.poll(200)).isSameAs(relaxed);
  }

  @Test
  void requestsThatTellNoneAreTakenToHaveTheMedianOfWhatOthersTell() {
    OnTimeBacklog untold = new OnTimeBacklog(1, 1_000, 0);
    served(untold, 100, 16);
    for (int i = 0; i < 100; i++) {
      long told = i % 10 == 9 ? 1_000_000_000 : 1_000;
      untold.completed(ticket("told").budget(told).completed(0, 0, 16, 1, Outcome.SUCCESS));
    }
    Ticket waits = waiting(untold, "waits", 0);

    assertThat(untold.evict(800)).isNull();
    assertThat(untold.evict(1_200)).isSameAs(waits);
  }

  @Test
  void theFirstWhoTellsADeadlineDrivesNobodyOut() {
    OnTimeBacklog untold = new OnTimeBacklog(1, 1_000, 0);
    served(untold, 100, 16);
    waiting(untold, "first", 0);
    waiting(untold, "second", 1);
    untold.offer(ticket("tells").budget(1_000).arrivedAt(2), 2);

    assertThat(untold.evict(3)).isNull();
    assertThat(untold.size()).isEqualTo(3);
  }

  @Test
  void aConfiguredDeadlineStaysWhateverOthersTell() {
    for (int i = 0; i < 1_000; i++) {
      backlog.completed(ticket("told").budget(10).completed(0, 0, 10, 1, Outcome.SUCCESS));
    }
    waiting(backlog, "waits", 0);

    assertThat(backlog.evict(900)).isNull();
  }

  /** A core that has time for a thousand, and then only for three. */
  @Test
  void whenTasksGrowNobodyEntersUntilTheQueueIsWhatCanBeServed() {
    served(backlog, 300, 1);
    for (int i = 0; i < 900; i++) {
      waiting(backlog, "w" + i, 0);
    }
    served(backlog, 300, 256);

    assertThat(backlog.offer(ticket("new").arrivedAt(700), 700)).isNotNull();
    assertThat(backlog.size()).isEqualTo(900);
    Ticket late = backlog.evict(750);
    while (late != null) {
      late = backlog.evict(750);
    }
    assertThat(backlog.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void aBudgetThatIsUsedUpOnArrivalIsGivenUp(long budget) {
    served(backlog, 100, 10);
    Ticket hopeless = ticket("hopeless").budget(budget).arrivedAt(0);
    backlog.offer(hopeless, 0);

    assertThat(backlog.evict(0)).isSameAs(hopeless);
  }

  @Test
  void withoutAnyDeadlineItServesTheNewestFirstAndStillGivesUp() {
    Backlog untold = new OnTimeBacklog(1, 1_000, 0);
    served(untold, 100, 16);
    Ticket first = waiting(untold, "first", 0);
    Ticket second = waiting(untold, "second", 100);

    assertThat(untold.poll(150)).isSameAs(second);
    assertThat(untold.evict(300)).isNull();
    assertThat(untold.evict(400)).isSameAs(first);
  }

  @Test
  void hasPlacesForWhatTheCoresCanServeWithinTheDeadline() {
    served(backlog, 100, 256);
    waiting(backlog, "a", 0);
    waiting(backlog, "b", 1);
    waiting(backlog, "c", 2);
    Ticket tooMany = ticket("too many").arrivedAt(3);

    assertThat(backlog.offer(tooMany, 3)).isSameAs(tooMany);
  }

  @Test
  void aNewRequestTakesThePlaceOfTheOldestOfTheReserve() {
    served(backlog, 100, 256);
    lost(backlog, 100, DEADLINE);
    Ticket oldest = waiting(backlog, "a", 0);
    waiting(backlog, "b", 300);
    waiting(backlog, "c", 301);

    assertThat(backlog.offer(ticket("new").arrivedAt(302), 302)).isSameAs(oldest);
    assertThat(backlog.size()).isEqualTo(3);
  }

  @Test
  void theTimeOfAFailedRequestIsNoServiceTime() {
    served(backlog, 100, 10);
    for (int i = 0; i < 100; i++) {
      backlog.completed(ticket("failed").completed(0, 0, 900, 1, Outcome.DROPPED));
    }
    waiting(backlog, "waits", 0);

    assertThat(backlog.evict(900)).isNull();
  }

  /** The contract again, where nobody has configured a deadline. */
  @Nested
  class Untold extends BacklogContract {
    @Override
    protected Backlog fresh() {
      return new OnTimeBacklog(1, CAPACITY, 0);
    }

    @Override
    protected boolean displaces() {
      return true;
    }
  }
}
