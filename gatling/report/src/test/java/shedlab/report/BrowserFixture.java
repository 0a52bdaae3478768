package shedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real browser, which all tests of a class share. Without one they are not run, unless {@code
 * REQUIRE_BROWSER} is true.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserFixture {
  /** In the page: the charts that can be seen. */
  static final String PLOTS = "[...document.querySelectorAll('.plot')].filter(p => p.offsetParent)";

  private @Nullable Browser started;

  @BeforeAll
  void openABrowser(@TempDir Path profile) throws IOException {
    Path program = Browser.installed();
    if (program != null) {
      started = Browser.start(program, profile);
    }
  }

  @AfterAll
  void closeBrowser() {
    if (started != null) {
      started.close();
    }
  }

  final Browser browser() {
    NotRun.unless(started != null, "REQUIRE_BROWSER", "the page: no chromium on the PATH");
    return Objects.requireNonNull(started);
  }

  /** On a large and on a small screen, in the light and in the dark theme. */
  final void assertWellDrawn(int moreThan) throws IOException {
    Browser browser = browser();
    for (int width : new int[] {1280, 390}) {
      for (boolean dark : new boolean[] {false, true}) {
        browser.window(width, 900, dark);
        assertThat(browser.run("document.documentElement.scrollWidth").asInt())
            .as("nothing sticks out of %d", width)
            .isLessThanOrEqualTo(width);
        BufferedImage whole = browser.wholePage();
        JsonNode plots =
            browser.run(
                PLOTS
                    + ".map(p => p.getBoundingClientRect()).map(r => [r.x + scrollX, r.y + scrollY,"
                    + " r.width, r.height].map(Math.floor))");
        assertThat(plots.size()).isGreaterThan(moreThan);
        for (int i = 0; i < plots.size(); i++) {
          JsonNode at = plots.get(i);
          BufferedImage plot =
              whole.getSubimage(
                  at.get(0).asInt(), at.get(1).asInt(), at.get(2).asInt(), at.get(3).asInt());
          assertThat(colours(plot)).as("colours of chart %d at %d", i, width).isGreaterThan(12);
        }
      }
    }
    assertThat(browser.complaints()).isEmpty();
  }

  private static int colours(BufferedImage picture) {
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < picture.getWidth(); x += 2) {
      for (int y = 0; y < picture.getHeight(); y += 2) {
        colours.add(picture.getRGB(x, y));
      }
    }
    return colours.size();
  }
}
