package shedlab.bench.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shedlab.bench.outside.H2loadOutput.Counts;
import shedlab.bench.refusals.Generator.Count;

class GeneratorTest {
  @Test
  void ofH2loadEveryStatusFrom400IsARefusalAndErrorsAndTimeOutsFail() {
    assertThat(Generator.counted(new Counts(10, 4, 3, 2, 1, 3, 2, 0.5)))
        .isEqualTo(new Count(10, 3, 5, 0.5));
  }
}
