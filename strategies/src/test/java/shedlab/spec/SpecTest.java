package shedlab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecTest {
  private enum Colour {
    RED,
    DARK_BLUE
  }

  private static final Parameter<Integer> LOW = Parameter.integer("low", "", 1, 9).defaultsTo(2);
  private static final Parameter<Integer> HIGH = Parameter.integer("high", "", 1, 9);
  private static final Parameter<Double> SHARE =
      Parameter.real("share", "", 0.0, 1.0).defaultsTo(0.5);
  private static final Parameter<Duration> WAIT =
      Parameter.duration("wait", "").defaultsTo(Duration.ofSeconds(1));
  private static final Parameter<Colour> COLOUR =
      Parameter.choice("colour", "", Colour.class).defaultsTo(Colour.RED);
  private static final Definition<String> PIECE =
      new Definition<String>(
              "piece", "", "", spec -> "made of " + spec, LOW, HIGH, SHARE, WAIT, COLOUR)
          .ordered(List.of(LOW, HIGH));
  private static final Definition<String> PLAIN =
      new Definition<>("plain", "", "", spec -> "plain");

  @Test
  void writesEveryDefaultInTheDefinitionsOrder() {
    assertThat(PIECE.parse("high=7"))
        .hasToString("piece:low=2,high=7,share=0.5,wait=1s,colour=red");
    assertThat(PIECE.parse("colour=dark-blue,wait=60s,high=3,share=1,low=1"))
        .hasToString("piece:low=1,high=3,share=1.0,wait=1min,colour=dark-blue");
    assertThat(PLAIN.parse("")).hasToString("plain");
  }

  @Test
  void aValueMayBeLeftOpenAndIsCheckedAsIfItWereOne() {
    Spec spec = PIECE.parse("high=${cores}");

    assertThat(spec.isOpen()).isTrue();
    assertThat(spec).hasToString("piece:low=2,high=${cores},share=0.5,wait=1s,colour=red");
    assertThat(PIECE.parse("high=1,low=1").isOpen()).isFalse();
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> PIECE.parse("high=7,colour=${cores}"))
        .withMessageStartingWith("colour: ${cores} (expected: one of red");
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> spec.get(HIGH))
        .withMessageStartingWith("high: ${cores} (expected: filled in: ");
  }

  @Test
  void givesTypedValues() {
    Spec spec = PIECE.parse("high=7,wait=250us");

    assertThat(spec.get(LOW)).isEqualTo(2);
    assertThat(spec.get(HIGH)).isEqualTo(7);
    assertThat(spec.get(WAIT)).isEqualTo(Duration.ofNanos(250_000));
    assertThat(spec.get(COLOUR)).isEqualTo(Colour.RED);
    assertThat(PIECE.make(spec)).startsWith("made of piece:low=2");
  }

  @Test
  void aParameterOfAnotherDefinitionIsAnError() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> PLAIN.parse("").get(LOW))
        .withMessage("plain has no parameter low");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                 | piece.high: (not given) (expected: a whole number from 1 to 9)",
        "high=0             | high: 0 (expected: a whole number from 1 to 9)",
        "high=10            | high: 10 (expected: a whole number from 1 to 9)",
        "high=              | high: (empty) (expected: a whole number from 1 to 9)",
        "high=3.0           | high: 3.0 (expected: a whole number from 1 to 9)",
        "high=+3            | high: +3 (expected: a whole number from 1 to 9)",
        "high=99999999999   | high: 99999999999 (expected: a whole number from 1 to 9)",
        "high=3,share=1.01  | share: 1.01 (expected: a number from 0.0 to 1.0)",
        "high=3,share=NaN   | share: NaN (expected: a number from 0.0 to 1.0)",
        "high=3,share=0.5d  | share: 0.5d (expected: a number from 0.0 to 1.0)",
        "high=3,share=0x1p-1 | share: 0x1p-1 (expected: a number from 0.0 to 1.0)",
        "high=3,colour=RED  | colour: RED (expected: one of red, dark-blue)",
        "hihg=3             | hihg: 3 (expected: one of the keys of piece: [low, high, share, wait, colour])",
        "high=3,high=4      | high: 4 (expected: each key once)",
        "high               | piece: high (expected: key=value)",
        "high=3,            | piece: (empty) (expected: key=value)",
        "high=1             | high: 1 (expected: low (2) or more)"
      })
  void saysWhatIsWrongAndWhatWasExpected(String text, String message) {
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> PIECE.parse(text))
        .withMessage(message);
  }

  private static final Definition<String> TUNED =
      new Definition<String>("piece", "", "", spec -> "", LOW, HIGH, WAIT)
          .ordered(List.of(LOW, HIGH))
          .tuned(
              target -> List.of(HIGH.at(target.workers()), WAIT.at(target.part(0.5)), LOW.at(1)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "high=7                                           | piece:low=2,high=7,wait=1s",
        "profile=default,high=7                           | piece:low=2,high=7,wait=1s",
        "profile=tuned,deadline=100ms,workers=4           | piece:low=1,high=4,wait=50ms",
        "workers=4,wait=7ms,deadline=100ms,profile=tuned  | piece:low=1,high=4,wait=7ms",
        "profile=tuned,deadline=1ns,workers=4,low=3       | piece:low=3,high=4,wait=1ns",
      })
  void aProfileGivesTheValuesThatAreLeftOut(String text, String canonical) {
    Spec spec = TUNED.parse(text);

    assertThat(spec).hasToString(canonical);
    assertThat(TUNED.parse(canonical.substring("piece:".length()))).hasToString(canonical);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "profile=fast                                | profile: fast (expected: one of default, tuned)",
        "profile=tuned                               | piece.deadline: (not given) (expected: a duration above zero such as 250us, 100ms, 5s or 1min)",
        "profile=tuned,deadline=100ms                | piece.workers: (not given) (expected: a whole number from 1 to 10000)",
        "profile=tuned,deadline=0ms,workers=4        | deadline: 0ms (expected: a duration above zero such as 250us, 100ms, 5s or 1min)",
        "profile=tuned,deadline=100ms,workers=10     | high: 10 (expected: a whole number from 1 to 9)",
        "profile=tuned,deadline=9ms,workers=4,low=5  | high: 4 (expected: low (5) or more)",
        "profile=tuned,profile=tuned                 | profile: tuned (expected: each key once)",
        "high=7,deadline=100ms                       | deadline: 100ms (expected: profile=tuned beside it)",
        "high=7,profile=default,workers=4            | workers: 4 (expected: profile=tuned beside it)",
        "fast=1                                      | fast: 1 (expected: one of the keys of piece: [low, high, wait, profile, deadline, workers])",
      })
  void saysWhatIsWrongWithAProfile(String text, String message) {
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> TUNED.parse(text))
        .withMessage(message);
  }

  @Test
  void aPieceWithoutATunedProfileHasNoProfiles() {
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> PLAIN.parse("profile=default"))
        .withMessage("profile: default (expected: no parameters for plain)");
  }

  @Test
  void saysThatThereAreNoParameters() {
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> PLAIN.parse("low=1"))
        .withMessage("low: 1 (expected: no parameters for plain)");
  }

  @ParameterizedTest
  @CsvSource({
    "1ns,1ns",
    "999us,999us",
    "1000us,1ms",
    "1500us,1500us",
    "100ms,100ms",
    "5000ms,5s",
    "59s,59s",
    "120s,2min",
    "999999999ns,999999999ns"
  })
  void writesADurationInItsLargestWholeUnit(String text, String canonical) {
    assertThat(PIECE.parse("high=3,wait=" + text).toString()).contains(",wait=" + canonical + ",");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0ms",
        "",
        "5",
        "ms",
        "-1s",
        "1.5s",
        "1 s",
        "1S",
        "1h",
        "1000000000s",
        "999999999min"
      })
  void refusesWhatIsNotADuration(String text) {
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> PIECE.parse("high=3,wait=" + text))
        .withMessage(
            "wait: "
                + (text.isEmpty() ? "(empty)" : text)
                + " (expected: a duration above zero such as 250us, 100ms, 5s or 1min)");
  }
}
