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
      view.inflight = 4 - (int) credit; // idle workers show as free permits
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
  void shedsNothingWhilePermitsAreFree() {
    Policer pi = fresh();
    View view = new View();
    view.limit = 100;
    for (int i = 0; i < 10_000; i++) {
      long now = i * 10L * MS;
      assertThat(pi.admits(arrival(now), view, now)).isTrue();
    }
  }

  /** Twice as many in as out, nothing free: the error is 1, and 1 - exp(-0.1 - 1.4) are shed. */
  @Test
  void theUpdateRuleByHand() {
    Policer pi = fresh();
    View view = new View();
    view.inflight = view.limit;
    assertThat(admittedOf(pi, view, 0, 1_000, 500)).isEqualTo(1_000);
    int second = admittedOf(pi, view, 1, 1_000, 223);
    assertThat(second).isBetween(223 - 30, 223 + 30);
    // As many in as out: the integral is left, 1 - exp(-1.4) = 0.753.
    int third = admittedOf(pi, view, 2, 1_000, 223);
    assertThat(third).isBetween(247 - 50, 247 + 50);
    // All out and 10,000 free: the integral is empty.
    view.limit = 20_000;
    view.inflight = 10_000;
    admittedOf(pi, view, 3, 1_000, 0);
    assertThat(admittedOf(pi, view, 4, 1_000, 0)).isEqualTo(1_000);
  }

  @Test
  void withoutCompletionsTheErrorIsRelativeToTheLimit() {
    Policer pi = fresh();
    View view = new View();
    view.limit = 2_000;
    view.inflight = 2_000;
    admittedOf(pi, view, 0, 1_000, 0); // 0.5: 1 - exp(-0.05 - 0.7) = 0.528
    assertThat(admittedOf(pi, view, 1, 1_000, 0)).isBetween(472 - 50, 472 + 50);
  }

  /** The loop is as fast at five times as at twice the capacity, so it does not oscillate. */
  @Test
  void doesNotOscillateAtFiveTimesTheCapacity() {
    Policer pi = fresh();
    View view = new View();
    view.inflight = view.limit;
    int out = 0;
    for (int period = 0; period < 60; period++) {
      int admitted = admittedOf(pi, view, period, 2_500, out);
      out = 500;
      if (period > 10) {
        assertThat(admitted).as("period %d", period).isBetween(300, 700);
      }
    }
  }

  /** The arrivals of a period, spread over many clients, and its completions. */
  private static int admittedOf(Policer pi, View view, int period, int arrivals, int completions) {
    Random random = new Random(period);
    int admitted = 0;
    for (int i = 0; i < arrivals; i++) {
      long now = period * 500L * MS + (i == 0 ? 0 : 1);
      admitted += pi.admits(arrival(now).client(random.nextLong()), view, now) ? 1 : 0;
    }
    for (int i = 0; i < completions; i++) {
      pi.completed(arrival(0).completed(period * 500L * MS, 0, MS, 4, Outcome.SUCCESS));
    }
    return admitted;
  }
}
