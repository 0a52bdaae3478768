package shedlab.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shedlab.admission.Backlog;
import shedlab.admission.Contract;
import shedlab.admission.Outcome;
import shedlab.admission.RecordingTicket;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;

/**
 * The contract of every {@link Backlog}: extend this class, and JUnit runs all tests. They use
 * random operations from fixed seeds; a failure names the seed.
 */
public abstract class BacklogContract extends Contract {
  /** How many places a {@link #fresh} instance has. */
  protected static final int CAPACITY = 5;

  /** The nanoseconds after which a waiting ticket expires. */
  protected static final long TIMEOUT = 100;

  /** A fresh, empty instance with {@link #CAPACITY} places and {@link #TIMEOUT}. */
  protected abstract Backlog fresh();

  /** Its number of places. */
  protected int capacity() {
    return CAPACITY;
  }

  /** True if a new ticket may displace a waiting one. */
  protected boolean displaces() {
    return false;
  }

  /** A ticket that has not entered a gate. */
  protected static RecordingTicket ticket(String name) {
    return new RecordingTicket(name, new ArrayList<>());
  }

  @Test
  void isEmptyAtFirst() {
    Backlog backlog = fresh();

    assertThat(backlog.size()).isZero();
    assertThat(backlog.poll(0)).isNull();
    assertThat(backlog.evict(Long.MAX_VALUE / 2)).isNull();
    assertThat(backlog.remove(ticket("a"))).isFalse();
    assertThat(backlog.full()).isEqualTo(capacity() == 0);
  }

  @Test
  void takesAsManyAsItHasRoomFor() {
    Backlog backlog = fresh();
    for (int i = 0; i < capacity(); i++) {
      assertThat(backlog.full()).isFalse();
      assertThat(backlog.offer(ticket("t" + i).arrivedAt(0), 0)).isNull();
      assertThat(backlog.size()).isEqualTo(i + 1);
    }

    assertThat(backlog.full()).isEqualTo(!displaces());
    assertThat(backlog.offer(ticket("one too many").arrivedAt(0), 0)).isNotNull();
    assertThat(backlog.size()).isEqualTo(capacity());
  }

  /** A ticket is only equal to itself, even if its class defines {@code equals} differently. */
  @Test
  void ticketsAreComparedByIdentity() {
    Backlog backlog = fresh();
    if (capacity() < 2) {
      return;
    }
    Ticket stays = new SameAsAll();
    Ticket leaves = new SameAsAll();
    backlog.offer(stays, 0);
    backlog.offer(leaves, 0);

    assertThat(backlog.remove(leaves)).isTrue();
    assertThat(backlog.poll(0) == stays).isTrue();
  }

  private static final class SameAsAll extends Ticket {
    @Override
    public boolean equals(Object other) {
      return other instanceof SameAsAll;
    }

    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    protected void onAdmitted() {}

    @Override
    protected void onShed(Shed reason) {}
  }

  /** Whatever the order of calls: nobody is lost, nobody comes out twice, and the size is right. */
  @Test
  void everyTicketComesOutOnce() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      Backlog backlog = fresh();
      List<Ticket> in = new ArrayList<>();
      long now = random.nextLong();
      for (int step = 0; step < 200; step++) {
        now += random.nextInt(25);
        String at = "seed " + seed + ", step " + step;
        switch (random.nextInt(6)) {
          case 0, 1, 2 -> {
            Ticket newcomer = any(random, "t" + step).arrivedAt(now);
            in.add(newcomer);
            Ticket left = backlog.offer(newcomer, now);
            assertThat(left == null || in.remove(left)).as(at).isTrue();
          }
          case 3 -> {
            Ticket next = backlog.poll(now);
            assertThat(next == null ? in.isEmpty() : in.remove(next)).as(at).isTrue();
          }
          case 4 -> {
            Ticket late = backlog.evict(now);
            assertThat(late == null || in.remove(late)).as(at).isTrue();
          }
          default -> {
            if (random.nextBoolean() && !in.isEmpty()) {
              assertThat(backlog.remove(in.remove(random.nextInt(in.size())))).as(at).isTrue();
            }
            backlog.completed(
                ticket("done").completed(now, 0, random.nextInt(100), 1, Outcome.SUCCESS));
          }
        }
        assertThat(backlog.size()).as(at).isEqualTo(in.size());
      }
    }
  }

  /** A ticket that tells anything. */
  protected static RecordingTicket any(Random random, String name) {
    return ticket(name)
        .urgency(random.nextInt(8))
        .client(random.nextInt(4))
        .budget(random.nextBoolean() ? Ticket.NO_DEADLINE : random.nextInt(200));
  }
}
