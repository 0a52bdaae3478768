package shedlab.servers.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Header fields as RFC 9218 and RFC 8941 write them, and otherwise. */
final class AttributesParsingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "u=0 | 0",
        "u=7 | 7",
        "'  u=2  ' | 2",
        "i, u=5 | 5",
        "u=5 , i | 5",
        "u=1,\tu=6 | 6",
        "u=4;x=1;y, i=?0 | 4",
        "a=\"u=1, u=2\", u=6 | 6",
        "uu=1, u.x=2, *a=3 | 3",
        "i | 3",
        "u=1, x=1.5, y=token/with:more | 1"
      })
  void readsTheUrgency(String field, int urgency) {
    assertThat(Attributes.urgency(field)).isEqualTo(urgency);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "u",
        "u=",
        "u=8",
        "u=-1",
        "u=10",
        "u=1.0",
        "u=a",
        "u=?1",
        "u=\"1\"",
        "U=1",
        "u =1",
        "u= 1",
        "u=1,",
        "u=1 i",
        "u=1;",
        "=1",
        ",u=1",
        "u=1,,i",
        "x=\"u, u=1",
        "u=1=2",
        "1=u",
        "u=¹"
      })
  void takesTheDefaultForWhatIsAbsentOutOfRangeOrMalformed(String field) {
    assertThat(Attributes.urgency(field)).isEqualTo(3);
  }

  @Test
  void neverFailsOnAnyText() {
    String alphabet = "ui=0179,;\"\\ \t()?*.-aZ:é";
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      StringBuilder field = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        field.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(Attributes.urgency(field.toString())).as("%s", field).isBetween(0, 7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "1.5", "3600001", "99999999999", "1s", " 1", "¹"})
  void refusesADeadlineThatIsNoNumberOfMilliseconds(String field) {
    assertThatIllegalArgumentException().isThrownBy(() -> Attributes.budgetNanos(field));
  }

  @Test
  void readsADeadlineFromNothingToAnHour() {
    assertThat(Attributes.budgetNanos("0")).isZero();
    assertThat(Attributes.budgetNanos("007")).isEqualTo(7_000_000);
    assertThat(Attributes.budgetNanos("3600000")).isEqualTo(3_600_000_000_000L);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "3, 1", "4, 2", "1023, 9", "10000000, 23"})
  void workOfUpToTwiceTheSizeIsOneKind(int units, int kind) {
    assertThat(Attributes.kind(units)).isEqualTo(kind);
  }
}
