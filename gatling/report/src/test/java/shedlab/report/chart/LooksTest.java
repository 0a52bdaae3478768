package shedlab.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LooksTest {
  private static final String AIMD = "aimd:initial=4,min=1,max=64,ratio=0.9,timeout=125ms";

  @Test
  void aKnownStrategyLooksTheSameWhateverElseIsInTheRun() {
    Look alone = Looks.of(List.of(AIMD)).of(AIMD);

    assertThat(Looks.of(List.of("none", "fixed:limit=4", "made-up:size=3", AIMD)).of(AIMD))
        .isEqualTo(alone);
    assertThat(Looks.of(List.of("none")).of("none").colour()).isZero();
  }

  @Test
  void theOrderOfTheStrategiesDoesNotMatter() {
    List<String> strategies = new ArrayList<>(List.of("none", AIMD));
    for (int i = 0; i < 12; i++) {
      strategies.add("made-up:size=" + i);
    }
    Looks looks = Looks.of(strategies);
    List<String> backwards = new ArrayList<>(strategies);
    Collections.reverse(backwards);
    Looks others = Looks.of(backwards);

    for (String strategy : strategies) {
      assertThat(others.of(strategy)).isEqualTo(looks.of(strategy));
    }
  }

  @Test
  void noTwoStrategiesOfARunHaveTheSameColourAndShape() {
    List<String> strategies = new ArrayList<>(List.of("none", "clairvoyant:rate=9/s+none", AIMD));
    for (int i = 0; i < 20; i++) {
      strategies.add("aimd:initial=" + i);
    }
    Looks looks = Looks.of(strategies);

    assertThat(strategies.stream().map(s -> looks.of(s).colour() + looks.of(s).marker().name()))
        .doesNotHaveDuplicates();
    assertThat(strategies.subList(2, strategies.size()).stream().map(s -> looks.of(s).colour()))
        .doesNotContain(0, 8, 9);
  }

  @Test
  void unknownStrategiesGetDifferentColoursWhileAnyAreFree() {
    List<String> strategies = List.of("one:a=1", "two:a=1", "three:a=1", "four:a=1", AIMD);
    Looks looks = Looks.of(strategies);

    assertThat(strategies.stream().map(s -> looks.of(s).colour())).doesNotHaveDuplicates();
  }

  @Test
  void noTwoKnownStrategiesLookAlike() {
    assertThat(Looks.known().stream().map(look -> look.colour() + look.marker().name()))
        .hasSizeGreaterThan(20)
        .doesNotHaveDuplicates();
  }
}
