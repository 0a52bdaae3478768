package shedlab.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import shedlab.admission.Backlog;
import shedlab.admission.RecordingTicket;
import shedlab.admission.Ticket;

/**
 * What every {@link Backlog} keeps to: extend it with a test of your own backlog, add tests of its
 * order, and JUnit runs it all. Random operations from fixed seeds: a failure names the seed.
 */
public abstract class BacklogContract {
  /** A fresh, empty instance, always with the same settings. */
  protected abstract Backlog fresh();

  /** How many it has room for. */
  protected abstract int capacity();

  /** A ticket that has not arrived anywhere. */
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
      assertThat(backlog.offer(ticket("t" + i), 0)).isNull();
      assertThat(backlog.size()).isEqualTo(i + 1);
    }

    assertThat(backlog.full()).isTrue();
    assertThat(backlog.offer(ticket("one too many"), 0)).isNotNull();
    assertThat(backlog.size()).isEqualTo(capacity());
  }

  /** Whatever goes in comes out once: polled, evicted or removed; the size says how many are in. */
  @Test
  void losesNobody() {
    for (int seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      Backlog backlog = fresh();
      Set<Ticket> in = new HashSet<>();
      List<Ticket> known = new ArrayList<>();
      long now = random.nextLong();
      for (int step = 0; step < 100; step++) {
        now += random.nextInt(50);
        switch (random.nextInt(5)) {
          case 0, 1 -> {
            Ticket ticket = ticket("t" + step);
            known.add(ticket);
            boolean full = backlog.full();
            in.add(ticket);
            Ticket displaced = backlog.offer(ticket, now);
            assertThat(full && displaced != ticket)
                .as("seed %d: full, but takes another", seed)
                .isFalse();
            assertThat(displaced == null || in.remove(displaced)).as("seed %d", seed).isTrue();
          }
          case 2 -> {
            Ticket polled = backlog.poll(now);
            assertThat(polled == null).as("seed %d", seed).isEqualTo(in.isEmpty());
            assertThat(polled == null || in.remove(polled)).as("seed %d", seed).isTrue();
          }
          case 3 -> {
            Ticket evicted = backlog.evict(now);
            assertThat(evicted == null || in.remove(evicted)).as("seed %d", seed).isTrue();
          }
          default -> {
            if (!known.isEmpty()) {
              Ticket ticket = known.get(random.nextInt(known.size()));
              assertThat(backlog.remove(ticket)).as("seed %d", seed).isEqualTo(in.remove(ticket));
            }
          }
        }
        assertThat(backlog.size()).as("seed %d", seed).isEqualTo(in.size());
      }
    }
  }
}
