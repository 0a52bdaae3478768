package shedlab.policer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.admission.Policer;
import shedlab.admission.RecordingTicket;

class DeadlinePolicerTest extends PolicerContract {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  @Override
  protected Policer fresh() {
    return new DeadlinePolicer(1);
  }

  @Test
  void shedsARequestWithTooLittleOfItsBudgetLeft() {
    Policer deadline = new DeadlinePolicer(4 * MS);
    RecordingTicket ticket = arrival(0).budget(10 * MS);

    assertThat(deadline.admits(ticket, new View(), 0)).isTrue();
    assertThat(deadline.keeps(ticket, 6 * MS)).isTrue();
    assertThat(deadline.keeps(ticket, 6 * MS + 1)).isFalse();
    assertThat(deadline.admits(arrival(0).budget(3 * MS), new View(), 0)).isFalse();
    assertThat(deadline.keeps(arrival(0), 1_000 * SECOND)).as("no budget").isTrue();
  }
}
