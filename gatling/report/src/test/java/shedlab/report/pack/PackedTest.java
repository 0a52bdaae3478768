package shedlab.report.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedTest {
  @Test
  void everyTextIsReadAsItWasWritten() {
    var random = new Random(5);
    for (int i = 0; i < 200; i++) {
      String text = text(random, random.nextInt(3_000), 1 + random.nextInt(40));

      assertThat(Unpacked.of(Packed.of(text))).isEqualTo(text);
    }
  }

  @Test
  void theSignsOfAReferenceMayBeInTheText() {
    String text = "~~~~~~~~~~^^^^^^^^^^^!~!^!!! a~b^c ~#^#";

    assertThat(Unpacked.of(Packed.of(text))).isEqualTo(text);
  }

  @Test
  void whatRepeatsTakesHardlyAnyRoomHoweverLongOrFarAway() {
    String drawing = text(new Random(1), 12_000, 90);

    assertThat(Packed.of(drawing + drawing)).hasSizeLessThan(Packed.of(drawing).length() + 40);
    assertThat(Packed.of("x".repeat(100_000))).hasSizeLessThan(200);
    assertThat(Unpacked.of(Packed.of(drawing + drawing))).isEqualTo(drawing + drawing);
  }

  @Test
  void noReferenceCanEndAScript() {
    String packed = Packed.of("</s</t</svg></s".repeat(50) + text(new Random(3), 20_000, 90));

    assertThat(packed).doesNotContain("</script", "<!--");
  }

  @Test
  void thePageKeepsWhatIsOutsideOfItsTemplates() {
    String page =
        "<p>seen</p><template data-if-at=\"1\"><div>one</div></template>"
            + "<p>also</p><template><table>two</table></template>";

    String packed = Shelf.packed(page);

    assertThat(packed)
        .startsWith(
            "<p>seen</p><template data-if-at=\"1\"></template><p>also</p><template></template>");
    assertThat(Unpacked.page(packed)).startsWith(page);
  }

  /** Words of a few letters, so that some repeat. */
  private static String text(Random random, int length, int letters) {
    var text = new StringBuilder();
    while (text.length() < length) {
      text.append((char) (' ' + random.nextInt(letters))).append(random.nextInt(3) == 0 ? "–" : "");
    }
    return text.toString();
  }
}
