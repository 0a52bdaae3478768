package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shedlab.admission.Policer;

class ClairvoyantPolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;

  @Override
  protected Policer fresh() {
    return new ClairvoyantPolicer(1_000, 100 * MS);
  }

  /**
   * Brute force with one server that serves in order. No admitted request is late, and every
   * refused one would have been, except by the unknown part of a service time.
   */
  @Test
  void admitsExactlyTheRequestsThatCanBeOnTime() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      OneServer server = new OneServer(new ClairvoyantPolicer(100, 50 * MS), 10 * MS);
      for (int i = 0; i < 1_000; i++) {
        long left = server.arriveAfter(random.nextInt((int) (12 * MS)));
        boolean admitted = server.admitted;
        assertThat(left).as("seed %d, arrival %d", seed, i).isGreaterThan(admitted ? -1 : -10 * MS);
        assertThat(admitted || left < 10 * MS).as("seed %d, arrival %d", seed, i).isTrue();
      }
    }
  }

  /**
   * With a virtual queue, which does not see the real one, the backlog would be minutes by then.
   */
  @Test
  void aWrongCapacityMakesRequestsLateByItsErrorOnly() {
    Random random = new Random(1);
    OneServer server = new OneServer(new ClairvoyantPolicer(100, 50 * MS), 11 * MS);
    for (int i = 0; i < 100_000; i++) {
      long left = server.arriveAfter(random.nextInt((int) (10 * MS)));
      assertThat(!server.admitted || left >= -5 * MS).as("arrival %d", i).isTrue();
    }
  }

  /** Serves in order, with equal service times. */
  private static final class OneServer {
    private final Policer policer;
    private final long serviceNanos;
    private final Deque<Long> ends = new ArrayDeque<>();
    private final View view = new View();
    private long now;
    private boolean admitted;

    OneServer(Policer policer, long serviceNanos) {
      this.policer = policer;
      this.serviceNanos = serviceNanos;
    }

    /** What would be left of 50 ms when the new request is done, if it is admitted. */
    long arriveAfter(long nanos) {
      now += nanos;
      while (!ends.isEmpty() && ends.getFirst() <= now) {
        ends.removeFirst();
      }
      long end = (ends.isEmpty() ? now : ends.getLast()) + serviceNanos;
      view.inflight = Math.min(1, ends.size());
      view.waiting = ends.size() - view.inflight;
      admitted = policer.admits(arrival(now), view, now);
      if (admitted) {
        ends.addLast(end);
      }
      return now + 50 * MS - end;
    }
  }
}
