package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.admission.Outcome;
import shedlab.admission.Policer;
import shedlab.admission.RecordingTicket;

class DagorPolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  @Override
  protected Policer fresh() {
    return new DagorPolicer(20 * MS, SECOND, 2_000);
  }

  /** 100 arrivals of each of eight urgencies a window; delays above the target. */
  @Test
  void admitsFivePercentLessEachWindowWhileDelaysAreLong() {
    Policer dagor = fresh();
    int before = window(dagor, 0, 30 * MS);
    assertThat(before).isEqualTo(800);
    for (int i = 1; i <= 20; i++) {
      int now = window(dagor, i, 30 * MS);
      assertThat(now).isLessThanOrEqualTo((int) (0.95 * before));
      assertThat(now).isGreaterThan((int) (0.85 * before) - 20);
      before = now;
    }
  }

  @Test
  void theLeastUrgentGoFirst() {
    Policer dagor = fresh();
    for (int i = 0; i < 10; i++) {
      window(dagor, i, 30 * MS);
    }
    View view = new View();
    assertThat(dagor.admits(arrival(0).urgency(7), view, 10 * SECOND)).isFalse();
    assertThat(dagor.admits(arrival(0).urgency(0), view, 10 * SECOND)).isTrue();
  }

  @Test
  void lets1PercentMoreInWhileDelaysAreShort() {
    Policer dagor = fresh();
    int least = 800;
    for (int i = 0; i < 20; i++) {
      least = window(dagor, i, 30 * MS);
    }
    int after = window(dagor, 20, 10 * MS); // still judged by the window before
    for (int i = 21; i < 140; i++) {
      int now = window(dagor, i, 10 * MS);
      assertThat(now).isGreaterThanOrEqualTo(after);
      after = now;
    }
    assertThat(after).isGreaterThan(2 * least);
  }

  /** A window's arrivals; each admitted one completes after so long a wait. */
  private static int window(Policer dagor, int number, long delay) {
    View view = new View();
    int admitted = 0;
    for (int i = 0; i < 800; i++) {
      long now = number * SECOND + i * MS;
      RecordingTicket ticket = arrival(now).urgency(i % 8).client(i * 7919L);
      if (dagor.admits(ticket, view, now)) {
        admitted++;
        dagor.completed(ticket.completed(now, delay, MS, 1, Outcome.SUCCESS));
      }
    }
    return admitted;
  }
}
