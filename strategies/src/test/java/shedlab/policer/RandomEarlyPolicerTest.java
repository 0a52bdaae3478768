package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import shedlab.admission.Policer;

class RandomEarlyPolicerTest extends PolicerContract {

  @Override
  protected Policer fresh() {
    return new RandomEarlyPolicer(5, 15);
  }

  @Test
  void shedsInProportionToTheNumberInTheGate() {
    for (int in = 0; in <= 20; in++) {
      Policer early = fresh();
      View view = new View();
      view.inflight = in / 2;
      view.waiting = in - in / 2;
      int shed = 0;
      for (int i = 0; i < 20_000; i++) {
        shed += early.admits(arrival(i), view, i) ? 0 : 1;
      }
      double expected = Math.max(0, Math.min(1, (in - 5) / 10.0));
      assertThat(shed / 20_000.0).as("%d in", in).isCloseTo(expected, within(0.015));
    }
  }
}
