package shedlab.backlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shedlab.admission.Backlog;
import shedlab.admission.RecordingTicket;
import shedlab.admission.Ticket;

class FairBacklogTest extends ModelledBacklogContract {
  /** One queue: first in first out; displacement and turns are tested below. */
  @Override
  protected Backlog fresh() {
    return fair(CAPACITY, TIMEOUT, 1);
  }

  /** Each client has its own queue while there are places. */
  private static FairBacklog fair(int capacity, long timeout, int queues) {
    return new FairBacklog(capacity, timeout, queues, 1, 1_000_000);
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
    Backlog fair = fair(100, 1_000, 4_096);
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
    Backlog fair = fair(3, 1_000, 4_096);
    Ticket newest = ticket("greedy 3").client(7).arrivedAt(0);
    fair.offer(ticket("greedy 1").client(7).arrivedAt(0), 0);
    fair.offer(ticket("greedy 2").client(7).arrivedAt(0), 0);
    fair.offer(newest, 0);
    Ticket modest = ticket("modest").client(8).arrivedAt(1);

    assertThat(fair.offer(modest, 1)).isSameAs(newest);
    Ticket another = ticket("greedy 4").client(7).arrivedAt(1);
    assertThat(fair.offer(another, 1)).isSameAs(another);
  }

  /** The model again, with a queue for each client. The hash decides which is first. */
  @Test
  void servesAndDisplacesLikeAQueueForEachClient() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      FairBacklog fair = fair(CAPACITY, TIMEOUT, 64);
      List<Integer> turns = turns(4);
      List<Deque<Ticket>> queues = new ArrayList<>();
      turns.forEach(client -> queues.add(new ArrayDeque<>()));
      for (int step = 0; step < 100; step++) {
        String at = "seed " + seed + ", step " + step;
        if (random.nextInt(3) > 0) {
          Ticket newcomer = ticket("t" + step).client(random.nextInt(4)).arrivedAt(0);
          queues.get((int) newcomer.client()).add(newcomer);
          int places = queues.stream().mapToInt(Deque::size).sum();
          Ticket left = places > CAPACITY ? newestOfLongest(queues, turns(4), newcomer) : null;
          assertThat(fair.offer(newcomer, 0)).as(at).isSameAs(left);
        } else {
          Ticket next = null;
          for (int i = 0; i < 4 && next == null; i++) {
            int client = turns.remove(0);
            turns.add(client);
            next = queues.get(client).poll();
          }
          assertThat(fair.poll(0)).as(at).isSameAs(next);
        }
      }
    }
  }

  /** Of equals: the newcomer's own queue, then the first in order. */
  private static Ticket newestOfLongest(
      List<Deque<Ticket>> queues, List<Integer> order, Ticket newcomer) {
    int loser = (int) newcomer.client();
    int longest = queues.get(loser).size() - 1; // the newcomer is in already
    for (int client : order) {
      if (client != newcomer.client() && queues.get(client).size() > longest) {
        loser = client;
        longest = queues.get(client).size();
      }
    }
    return queues.get(loser).removeLast();
  }

  /** The order in which a fresh backlog serves one ticket of each client. */
  private static List<Integer> turns(int clients) {
    Backlog fair = fair(clients, TIMEOUT, 64);
    for (long client = 0; client < clients; client++) {
      fair.offer(ticket("t").client(client).arrivedAt(0), 0);
    }
    List<Integer> turns = new ArrayList<>();
    for (Ticket next = fair.poll(0); next != null; next = fair.poll(0)) {
      turns.add((int) next.client());
    }
    return turns;
  }

  /**
   * Jain's index is 1 if all get the same and 0.1 if one of ten gets all. A plain queue serves by
   * demand.
   */
  @Test
  void clientsThatAllWantMoreThanTheirShareGetTheSame() {
    assertThat(jain(fair(40, 1_000_000, 4_096))).isGreaterThan(0.99);
    assertThat(jain(new FifoBacklog(40, 1_000_000))).isLessThan(0.2);
  }

  /** Ten clients, one of them sends 80 %; ten arrive for each that is served. */
  private static double jain(Backlog backlog) {
    Random random = new Random(1);
    double[] served = new double[10];
    for (int now = 0; now < 5_000; now++) {
      for (int i = 0; i < 10; i++) {
        int client = random.nextInt(10) < 8 ? 0 : 1 + random.nextInt(9);
        backlog.offer(ticket("t").client(client).arrivedAt(now), now);
      }
      Ticket next = backlog.poll(now);
      served[(int) (next == null ? 0 : next.client())]++;
    }
    double sum = Arrays.stream(served).sum();
    return sum * sum / (10 * Arrays.stream(served).map(x -> x * x).sum());
  }

  /** Ten clients, one of them sends 80 %; two arrive for each that is served. */
  @Test
  void aClientWithMostOfTheLoadGetsNoMoreThanTheOthers() {
    Backlog fair = fair(40, 1_000_000, 4_096);
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

  @Test
  void aQueueThatIsFullTakesNoMoreThoughOthersHavePlaces() {
    Backlog bounded = new FairBacklog(100, 1_000, 4_096, 1, 2);
    assertThat(bounded.offer(ticket("greedy 1").client(7).arrivedAt(0), 0)).isNull();
    assertThat(bounded.offer(ticket("greedy 2").client(7).arrivedAt(0), 0)).isNull();
    Ticket third = ticket("greedy 3").client(7).arrivedAt(0);

    assertThat(bounded.offer(third, 0)).isSameAs(third);
    assertThat(bounded.size()).isEqualTo(2);
    assertThat(bounded.offer(ticket("modest").client(8).arrivedAt(0), 0)).isNull();
  }

  /** A hand of three queues of two places each: six wait, evenly, whatever else is free. */
  @Test
  void aClientFillsTheQueuesOfItsHandEvenlyAndNoOther() {
    Backlog sharded = new FairBacklog(100, 1_000, 64, 3, 2);
    for (int i = 0; i < 6; i++) {
      assertThat(sharded.offer(ticket("t" + i).client(7).arrivedAt(0), 0)).isNull();
    }
    Ticket seventh = ticket("t6").client(7).arrivedAt(0);
    assertThat(sharded.offer(seventh, 0)).isSameAs(seventh);

    List<String> served = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      served.add(String.valueOf(sharded.poll(0)));
    }
    assertThat(served.subList(0, 3)).containsExactlyInAnyOrder("t0", "t1", "t2");
    assertThat(served.subList(3, 6)).containsExactlyInAnyOrder("t3", "t4", "t5");
  }

  /**
   * One client floods its queues. Counts how many of a thousand others find none of theirs empty.
   */
  @Test
  void shuffleShardingLeavesAlmostEveryClientAnEmptyQueue() {
    assertThat(behindTheFlood(1)).as("an eighth share its queue").isBetween(80, 170);
    assertThat(behindTheFlood(3)).as("1 of 56 share all three").isBetween(5, 35);
  }

  private static int behindTheFlood(int hand) {
    int behind = 0;
    for (long client = 1; client <= 1_000; client++) {
      Backlog sharded = new FairBacklog(1_000, 1_000, 8, hand, 1_000);
      for (int i = 0; i < 100; i++) {
        sharded.offer(ticket("flood").client(0).arrivedAt(0), 0);
      }
      sharded.offer(ticket("modest").client(client).arrivedAt(0), 0);
      boolean soon = false;
      for (int i = 0; i < 8; i++) {
        soon |= String.valueOf(sharded.poll(0)).equals("modest");
      }
      behind += soon ? 0 : 1;
    }
    return behind;
  }

  @Test
  void aLateHeadOfAnyQueueIsEvictedAndNobodyElse() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Backlog fair = fair(20, TIMEOUT, 64);
      List<Ticket> waiting = new ArrayList<>();
      long now = -500;
      for (int step = 0; step < 300; step++) {
        String at = "seed " + seed + ", step " + step;
        now += random.nextInt(40);
        switch (random.nextInt(6)) {
          case 0 -> waiting.remove(fair.poll(now));
          case 1 -> {
            if (!waiting.isEmpty()) {
              assertThat(fair.remove(waiting.remove(random.nextInt(waiting.size())))).isTrue();
            }
          }
          default -> {
            Ticket newcomer = ticket("t" + step).client(random.nextInt(5)).arrivedAt(now);
            waiting.add(newcomer);
            waiting.remove(fair.offer(newcomer, now));
          }
        }
        if (random.nextBoolean()) {
          long then = now;
          for (Ticket late = fair.evict(now); late != null; late = fair.evict(now)) {
            assertThat(now - late.enteredNanos()).as(at).isGreaterThanOrEqualTo(TIMEOUT);
            assertThat(waiting.remove(late)).as(at).isTrue();
          }
          assertThat(waiting).as(at).allMatch(each -> then - each.enteredNanos() < TIMEOUT);
        }
      }
    }
  }

  @Test
  void aWaiterIsFoundInWhicheverQueueOfItsHandItJoined() {
    Random random = new Random(1);
    Backlog sharded = new FairBacklog(200, 1_000, 16, 5, 50);
    List<Ticket> waiting = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      if (random.nextBoolean()) {
        Ticket newcomer = ticket("t" + step).client(random.nextInt(8)).arrivedAt(0);
        Ticket left = sharded.offer(newcomer, 0);
        waiting.add(newcomer);
        waiting.remove(left);
      } else if (!waiting.isEmpty()) {
        Ticket gone = waiting.remove(random.nextInt(waiting.size()));
        assertThat(sharded.remove(gone)).isTrue();
        assertThat(sharded.remove(gone)).isFalse();
      }
      assertThat(sharded.size()).isEqualTo(waiting.size());
    }
  }
}
