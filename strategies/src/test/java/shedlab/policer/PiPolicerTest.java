package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import shedlab.admission.Outcome;
import shedlab.admission.Policer;
import shedlab.admission.RecordingTicket;

class PiPolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;

  @Override
  protected Policer fresh() {
    return new PiPolicer(500 * MS, 0.1, 1.4, 0.95);
  }

  /** A server that completes 100 of 200 a second: half must go, the least urgent first. */
  @Test
  void findsTheShareToShedAndShedsTheLeastUrgent() {
    Policer pi = fresh();
    View view = new View();
    Random random = new Random(1);
    int[] admitted = new int[2];
    int[] arrived = new int[2];
    double credit = 0;
    for (int i = 0; i < 200 * 60; i++) {
      long now = i * 5L * MS;
      int urgent = random.nextInt(10) < 3 ? 1 : 0;
      RecordingTicket ticket = arrival(now).urgency(urgent == 1 ? 1 : 5).client(random.nextInt());
      view.inflight = 4 - (int) credit; // whoever has nothing to do shows in free permits
      boolean admits = pi.admits(ticket, view, now);
      if (i > 200 * 30) {
        arrived[urgent]++;
        admitted[urgent] += admits ? 1 : 0;
      }
      credit = Math.min(4, credit + 0.5);
      if (admits && credit >= 1) {
        credit--;
        pi.completed(ticket.completed(now, 0, MS, 4, Outcome.SUCCESS));
      }
    }
    double urgent = (double) admitted[1] / arrived[1];
    double others = (double) admitted[0] / arrived[0];
    assertThat(0.3 * urgent + 0.7 * others).as("admitted in all").isBetween(0.4, 0.65);
    assertThat(urgent).as("urgent").isGreaterThan(0.8);
    assertThat(others).as("others").isLessThan(0.5);
  }

  @Test
  void freePermitsAreNoReasonToShed() {
    Policer pi = fresh();
    View view = new View();
    view.limit = 100;
    for (int i = 0; i < 10_000; i++) {
      long now = i * 10L * MS;
      assertThat(pi.admits(arrival(now), view, now)).isTrue();
    }
  }
}
