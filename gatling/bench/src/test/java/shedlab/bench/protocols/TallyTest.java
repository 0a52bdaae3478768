package shedlab.bench.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.bench.outside.H2loadOutput.Counts;

class TallyTest {
  @Test
  void whatIsDoneWithoutAStatusWasReset() {
    Tally tally = Tally.of(new Counts(1_420, 0, 0, 0, 0, 1_420, 0, 2));

    assertThat(tally).isEqualTo(new Tally(0, 0, 0, 1_420, 0, 2));
    assertThat(tally.refusals()).isEqualTo(1_420);
  }

  @Test
  void whatFailedAndIsNotDoneWasClosed() {
    Tally tally = Tally.of(new Counts(6, 0, 0, 6, 0, 250, 0, 0.1));

    assertThat(tally).isEqualTo(new Tally(0, 6, 0, 0, 250, 0.1));
    assertThat(tally.ended()).isEqualTo(256);
  }

  @Test
  void aRedirectionAndAnErrorOfTheServerAreNoRefusals() {
    Tally tally = Tally.of(new Counts(10, 4, 3, 2, 1, 0, 0, 1));

    assertThat(tally).isEqualTo(new Tally(4, 2, 4, 0, 0, 1));
    assertThat(tally.refusals()).isEqualTo(2);
  }

  @Test
  void burstsAddUp() {
    Tally burst = new Tally(1, 2, 3, 4, 5, 0.25);

    assertThat(Tally.NONE.plus(burst).plus(burst)).isEqualTo(new Tally(2, 4, 6, 8, 10, 0.5));
  }
}
