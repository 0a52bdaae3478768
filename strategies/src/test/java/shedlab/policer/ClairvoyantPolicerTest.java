package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import shedlab.admission.Policer;

class ClairvoyantPolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;

  @Override
  protected Policer fresh() {
    return new ClairvoyantPolicer(1_000, 100 * MS);
  }

  /** Brute force: one server, in order; whoever would be late by this reckoning is not let in. */
  @Test
  void admitsExactlyThoseWhoAreOnTime() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      Policer clairvoyant = new ClairvoyantPolicer(100, 50 * MS);
      View view = new View();
      double freeAt = 0;
      long now = 0;
      for (int i = 0; i < 1_000; i++) {
        now += random.nextInt((int) (12 * MS));
        double end = Math.max(freeAt, (double) now) + 10.0 * MS;
        boolean onTime = end - now <= 50.0 * MS + 1e-3;
        boolean near = Math.abs(end - now - 50.0 * MS) < 1;
        boolean admits = clairvoyant.admits(arrival(now), view, now);
        assertThat(admits == onTime || near).as("seed %d, arrival %d", seed, i).isTrue();
        if (admits) {
          freeAt = end;
        }
      }
    }
  }
}
