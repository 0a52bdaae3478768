package example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.admission.Policer;
import shedlab.policer.PolicerContract;

/** So can the contract of policers, and what it has for tests of one's own. */
public class PolicerKitTest extends PolicerContract {
  /** Nobody may come while three wait. */
  @Override
  protected Policer fresh() {
    return (ticket, gate, now) -> gate.waiting() < 3 || gate.inflight() == 0;
  }

  @Test
  void closesWhileThreeWait() {
    View view = new View();
    view.inflight = 1;
    view.waiting = 2;
    assertThat(fresh().admits(arrival(0), view, 0)).isTrue();
    view.waiting = 3;
    assertThat(fresh().admits(arrival(0), view, 0)).isFalse();
  }
}
