package shedlab.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shedlab.admission.Backlog;
import shedlab.admission.Contract;
import shedlab.admission.RecordingTicket;
import shedlab.admission.Shed;
import shedlab.admission.Ticket;

/**
 * The contract of every {@link Backlog}: extend this class with a simple model of who is admitted
 * and displaced, and JUnit runs all tests. They use random operations from fixed seeds; a failure
 * names the seed.
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

  /** A simple model of the discipline. The waiting tickets are in the order of arrival. */
  protected interface Model {
    /** The ticket that is admitted next. */
    Ticket next(List<Ticket> waiting);

    /** The ticket that is left without a place when all are taken. */
    default Ticket displaced(List<Ticket> waiting, Ticket newcomer) {
      return newcomer;
    }

    /** Whether the ticket has expired. */
    default boolean late(Ticket waiter, long nowNanos) {
      return nowNanos - waiter.enteredNanos() >= TIMEOUT;
    }
  }

  /** A fresh model. */
  protected abstract Model model();

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

  /** It agrees with the model, every ticket comes out once, and the size is right. */
  @Test
  void behavesLikeItsModel() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      Backlog backlog = fresh();
      Model model = model();
      List<Ticket> in = new ArrayList<>();
      List<Ticket> known = new ArrayList<>();
      long now = random.nextLong();
      for (int step = 0; step < 100; step++) {
        now += random.nextInt(25);
        String at = "seed " + seed + ", step " + step;
        switch (random.nextInt(6)) {
          case 0, 1, 2 -> {
            Ticket newcomer =
                ticket("t" + step)
                    .urgency(random.nextInt(8))
                    .client(random.nextInt(4))
                    .budget(random.nextBoolean() ? Ticket.NO_DEADLINE : random.nextInt(200))
                    .arrivedAt(now);
            known.add(newcomer);
            @Nullable Ticket left =
                in.size() < capacity() ? null : model.displaced(List.copyOf(in), newcomer);
            boolean full = backlog.full();
            assertThat(backlog.offer(newcomer, now)).as(at).isSameAs(left);
            assertThat(full && left != newcomer).as(at + ": full, but has room").isFalse();
            in.add(newcomer);
            in.remove(left);
          }
          case 3 -> {
            @Nullable Ticket next = in.isEmpty() ? null : model.next(List.copyOf(in));
            assertThat(backlog.poll(now)).as(at).isSameAs(next);
            in.remove(next);
          }
          case 4 -> {
            long then = now;
            boolean due = in.stream().anyMatch(waiter -> model.late(waiter, then));
            Ticket evicted = backlog.evict(now);
            assertThat(evicted != null).as(at).isEqualTo(due);
            assertThat(evicted == null || model.late(evicted, now)).as(at).isTrue();
            assertThat(evicted == null || in.remove(evicted)).as(at).isTrue();
          }
          default -> {
            if (!known.isEmpty()) {
              Ticket ticket = known.get(random.nextInt(known.size()));
              assertThat(backlog.remove(ticket)).as(at).isEqualTo(in.remove(ticket));
            }
          }
        }
        assertThat(backlog.size()).as(at).isEqualTo(in.size());
      }
    }
  }
}
