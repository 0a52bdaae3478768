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
      assertThat(now).isBetween((int) (0.95 * before) - 6, (int) (0.95 * before) + 6);
      before = now;
    }
  }

  @Test
  void theLeastUrgentAreShedFirst() {
    Policer dagor = fresh();
    for (int i = 0; i < 10; i++) {
      window(dagor, i, 30 * MS);
    }
    View view = new View();
    assertThat(dagor.admits(arrival(0).urgency(7), view, 10 * SECOND)).isFalse();
    assertThat(dagor.admits(arrival(0).urgency(0), view, 10 * SECOND)).isTrue();
  }

  /** One per cent of the 800 arrivals, even if few are admitted: equally fast at any load. */
  @Test
  void admitsOnePercentOfAllMoreWhileDelaysAreShort() {
    Policer dagor = fresh();
    int least = 800;
    for (int i = 0; i < 20; i++) {
      least = window(dagor, i, 30 * MS);
    }
    int after = window(dagor, 20, 10 * MS); // still judged by the window before
    for (int i = 21; i < 140; i++) {
      int now = window(dagor, i, 10 * MS);
      int wanted = Math.min(800, after + 8);
      assertThat(now).isBetween(wanted - 6, wanted + 7);
      after = now;
    }
    assertThat(after).isGreaterThan(2 * least);
  }

  /** One client and one urgency: within a single level requests are shed at random. */
  @Test
  void ofASingleLevelARandomShareIsAdmitted() {
    Policer dagor = fresh();
    View view = new View();
    int admitted = 0;
    for (int window = 0; window < 11; window++) {
      admitted = 0;
      for (int i = 0; i < 1_000; i++) {
        long now = window * SECOND + i * MS;
        RecordingTicket ticket = arrival(now);
        if (dagor.admits(ticket, view, now)) {
          admitted++;
          dagor.completed(ticket.completed(now, 30 * MS, MS, 1, Outcome.SUCCESS));
        }
      }
    }
    assertThat(admitted).isBetween(599 - 80, 599 + 80); // 1,000 * 0.95^10
  }

  @Test
  void aWindowEndsEarlyAfterSoManyRequests() {
    Policer dagor = new DagorPolicer(20 * MS, SECOND, 100);
    View view = new View();
    int admitted = 0;
    for (int i = 0; i < 200; i++) {
      RecordingTicket ticket = arrival(0).urgency(i % 8);
      if (dagor.admits(ticket, view, i)) {
        admitted++;
        dagor.completed(ticket.completed(i, 30 * MS, MS, 1, Outcome.SUCCESS));
      }
    }
    assertThat(admitted).isBetween(190, 199);
  }

  /** A delay of exactly the target is not above it. */
  @Test
  void aDelayOfExactlyTheTargetIsNoOverload() {
    Policer dagor = fresh();
    for (int i = 0; i < 5; i++) {
      assertThat(window(dagor, i, 20 * MS)).isEqualTo(800);
    }
  }

  /** The arrivals of a window; each admitted one completes after the given wait. */
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
