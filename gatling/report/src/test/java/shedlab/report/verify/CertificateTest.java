package shedlab.report.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import shedlab.report.result.Check;
import shedlab.report.result.Judgement;
import shedlab.report.result.Judgement.Finding;

class CertificateTest {
  private static List<String> contradictions(Check check, Finding... findings) {
    return Certificate.contradictions(
        new Judgement(List.of(check), List.of(findings), null, null, null, null));
  }

  @Test
  void aVerdictOrARemarkThatDoesNotFollowFromItsValueIsAContradiction() {
    Check held = new Check("steal", "0.004", "<= 0.010", true);
    Finding idle = new Finding("server CPU", "0.500", ">= 0.800", "It was idle.");
    Finding busy = new Finding("server CPU", "0.900", ">= 0.800", "");

    assertThat(contradictions(held, idle, busy)).isEmpty();
    assertThat(contradictions(new Check("steal", "0.040", "<= 0.010", true)))
        .containsExactly("steal: held (expected: broken, as 0.040 against <= 0.010 says)");
    assertThat(contradictions(held, new Finding("server CPU", "0.500", ">= 0.800", "")))
        .containsExactly(
            "server CPU: no remark (expected: a remark, as 0.500 against >= 0.800 says)");
    assertThat(contradictions(held, new Finding("server CPU", "0.9", ">= 0.8", "It was idle.")))
        .containsExactly("server CPU: a remark (expected: no remark, as 0.9 against >= 0.8 says)");
  }

  @Test
  void aFindingMakesNoCellInvalid() {
    Finding idle = new Finding("server CPU", "0.100", ">= 0.800", "It was idle.");
    assertThat(new Judgement(List.of(), List.of(idle), null, null, null, null).valid()).isTrue();
  }
}
