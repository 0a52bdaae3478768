package shedlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalProcessTest {
  @Test
  void theLastLineStandsBehindTheRule() {
    assertThat(LocalProcess.withLastLine("GET /: 500 (expected: 200)", "no luck"))
        .isEqualTo("GET /: 500 (expected: 200; its last line: no luck)");
  }

  @Test
  void whereThereIsNoRuleItStandsAtTheEnd() {
    assertThat(LocalProcess.withLastLine("broken", "no luck"))
        .isEqualTo("broken; its last line: no luck");
  }

  @Test
  void whatAProgramSaysByItselfInThisFormIsEnough() {
    assertThat(LocalProcess.ended("mine", "ended", "to serve", "LIMIT: -1 (expected: 0)"))
        .hasMessage("mine: LIMIT: -1 (expected: 0)");
  }
}
