package shedlab.backlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shedlab.admission.Backlog;
import shedlab.admission.RecordingTicket;
import shedlab.admission.Ticket;

class FairBacklogTest extends BacklogContract {
  /** One queue: first in first out; who is displaced and whose turn it is see below. */
  @Override
  protected Backlog fresh() {
    return new FairBacklog(CAPACITY, TIMEOUT, 1);
  }

  @Override
  protected boolean displaces() {
    return true;
  }

  @Override
  protected Model model() {
    return waiting -> waiting.get(0);
  }

  @Test
  void servesClientsInTurnAndEachInOrder() {
    Backlog fair = new FairBacklog(100, 1_000, 4_096);
    for (int i = 0; i < 3; i++) {
      for (long client = 0; client < 3; client++) {
        fair.offer(ticket(client + " " + i).client(client).arrivedAt(0), 0);
      }
    }
    List<String> served = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      served.add(String.valueOf(fair.poll(0)));
    }

    for (int round = 0; round < 3; round++) {
      String end = " " + round;
      assertThat(served.subList(3 * round, 3 * round + 3))
          .allMatch(name -> name.endsWith(end))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void theLongestQueueLosesItsNewestWhenAllPlacesAreTaken() {
    Backlog fair = new FairBacklog(3, 1_000, 4_096);
    Ticket newest = ticket("greedy 3").client(7).arrivedAt(0);
    fair.offer(ticket("greedy 1").client(7).arrivedAt(0), 0);
    fair.offer(ticket("greedy 2").client(7).arrivedAt(0), 0);
    fair.offer(newest, 0);
    Ticket modest = ticket("modest").client(8).arrivedAt(1);

    assertThat(fair.offer(modest, 1)).isSameAs(newest);
    Ticket another = ticket("greedy 4").client(7).arrivedAt(1);
    assertThat(fair.offer(another, 1)).isSameAs(another);
  }

  /** Ten clients, one of them sends 80 %; two arrive for each that is served. */
  @Test
  void aClientWithMostOfTheLoadGetsNoMoreThanTheOthers() {
    Backlog fair = new FairBacklog(40, 1_000_000, 4_096);
    Random random = new Random(1);
    double[] served = new double[10];
    for (int now = 0; now < 20_000; now++) {
      for (int i = 0; i < 2; i++) {
        int client = random.nextInt(10) < 8 ? 0 : 1 + random.nextInt(9);
        fair.offer(ticket("t").client(client).arrivedAt(now), now);
      }
      RecordingTicket next = (RecordingTicket) fair.poll(now);
      served[(int) (next == null ? 0 : next.client())]++;
    }

    // The nine send 2 * 0.2 / 9 of what is served each: less than a tenth, and all of it is served.
    for (int client = 1; client < 10; client++) {
      assertThat(served[client] / 20_000).isCloseTo(0.4 / 9, within(0.006));
    }
    assertThat(served[0] / 20_000).isCloseTo(0.6, within(0.03));
  }
}
