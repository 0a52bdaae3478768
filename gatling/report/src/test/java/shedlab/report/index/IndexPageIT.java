package shedlab.report.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Browser;
import shedlab.report.NotRun;
import shedlab.report.compare.SampleRuns;

/** The page over all runs in a real browser: two runs that can be compared, the second worse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexPageIT {
  private @Nullable Browser started;
  private String page = "";

  @BeforeAll
  void writeAPageAndOpenABrowser(@TempDir Path folder) throws IOException {
    Path results = folder.resolve("results");
    for (int day = 1; day <= 6; day++) {
      String name = "2026110" + day + "-120000-load-curve-default";
      double part = day < 4 ? 1 : 0.9;
      SampleRuns.dated(
          results.resolve(name),
          name,
          day + "0123456789",
          day,
          cell -> SampleRuns.slower(cell, part));
    }
    page = RunIndex.write(results).toUri().toString();
    Path program = Browser.installed();
    if (program != null) {
      started = Browser.start(program, folder.resolve("profile"));
    }
  }

  @AfterAll
  void closeBrowser() {
    if (started != null) {
      started.close();
    }
  }

  /** The page has no script, so it never says that it is ready. */
  private Browser opened(int width, boolean dark) {
    NotRun.unless(started != null, "REQUIRE_BROWSER", "the page of runs: no chromium on the PATH");
    Browser browser = Objects.requireNonNull(started);
    browser.window(width, 900, dark);
    browser.scripts(false);
    browser.open(page);
    return browser;
  }

  @Test
  void nothingSticksOutOnAPhone() {
    for (int width : new int[] {390, 1280}) {
      Browser browser = opened(width, width == 390);

      assertThat(browser.run("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(width);
      assertThat(
              browser
                  .run(
                      "[...document.querySelectorAll('.plot svg')].filter(p =>"
                          + " p.getBoundingClientRect().right > innerWidth).length")
                  .asInt())
          .isZero();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void everyServerHasItsChartsAndNothingIsLoaded() {
    Browser browser = opened(1280, false);

    assertThat(
            browser
                .run(
                    "[...document.querySelectorAll('figcaption')].filter(c =>"
                        + " c.checkVisibility()).map(c => c.textContent).join()")
                .asText())
        .isEqualTo(
            "undertow: goodput in % of the capacity,undertow: p99 of the admitted,"
                + "jetty: goodput in % of the capacity,jetty: p99 of the admitted,"
                + "netty: goodput in % of the capacity,netty: p99 of the admitted");
    assertThat(browser.requests()).containsExactly(page);
  }

  @Test
  void theChartsAreDarkInTheDark() {
    String ink =
        "getComputedStyle(document.querySelector('.chart .name')).fill"
            + " + getComputedStyle(document.documentElement).backgroundColor";
    String light = opened(1280, false).run(ink).asText();
    String dark = opened(1280, true).run(ink).asText();

    assertThat(dark).isNotEqualTo(light).isEqualTo("rgb(233, 235, 238)rgb(18, 21, 25)");
  }

  @Test
  void foldedRunsArePrinted() {
    String shown =
        "[...document.querySelectorAll('details li')].filter(e => e.checkVisibility()).length";
    Browser browser = opened(1280, false);
    assertThat(browser.run(shown).asInt()).isZero();

    browser.paper();

    assertThat(browser.run(shown).asInt()).isEqualTo(5);
  }
}
