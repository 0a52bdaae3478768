package shedlab.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shedlab.admission.Backlog;
import shedlab.admission.Ticket;

/** The contract of a {@link Backlog} that learns nothing, so that a simple model foretells it. */
public abstract class ModelledBacklogContract extends BacklogContract {
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
            Ticket newcomer = any(random, "t" + step).arrivedAt(now);
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
