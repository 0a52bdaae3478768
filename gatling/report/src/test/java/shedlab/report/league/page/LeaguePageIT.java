package shedlab.report.league.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import shedlab.report.chart.Theme;
import shedlab.report.league.SampleLeague;

/** The league's page in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeaguePageIT {
  private static final String PLOTS =
      "[...document.querySelectorAll('.plot')].filter(p => p.checkVisibility())";

  private @Nullable Browser started;
  private String large = "";
  private String small = "";

  @BeforeAll
  void writePagesAndOpenABrowser(@TempDir Path folder) throws IOException {
    SampleLeague.writeLarge(folder.resolve("large"));
    LeagueReport.write(folder.resolve("large"));
    large = folder.resolve("large/index.html").toUri().toString();
    SampleLeague.write(folder.resolve("small"));
    LeagueReport.write(folder.resolve("small"));
    small = folder.resolve("small/index.html").toUri().toString();
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

  private Browser opened(String page) {
    NotRun.unless(started != null, "REQUIRE_BROWSER", "the league's page: no chromium on the PATH");
    Browser browser = Objects.requireNonNull(started);
    browser.window(1280, 900, false);
    browser.open(page);
    return browser;
  }

  private static String text(Browser browser, String selector) {
    return browser.run("document.querySelector('" + selector + "').textContent").asText();
  }

  private static void enter(Browser browser, String id, String value) {
    browser.run(
        "(e => { e.value = '"
            + value
            + "'; e.dispatchEvent(new Event('input', {bubbles: true})); })(document.getElementById('"
            + id
            + "'))");
  }

  @Test
  void theFilterRanksForSmallAndForLargeTasksAndFillsInTheSettings() {
    Browser browser = opened(large);
    enter(browser, "cores", "8");
    enter(browser, "task", "4");
    enter(browser, "deadline", "200");

    assertThat(text(browser, "#answer .use"))
        .isEqualTo("Use nimble: fixed:limit=32+fifo:capacity=128");
    assertThat(text(browser, "#answer tbody tr th b")).isEqualTo("nimble");
    assertThat(text(browser, "#answer ul"))
        .contains("at most 1.0 ± ", "If tasks take three times as long (12 ms)");

    enter(browser, "task", "60");

    assertThat(text(browser, "#answer .use"))
        .isEqualTo("Use steady: fixed:limit=8+fifo:capacity=4000,timeout=100ms");
    assertThat(browser.run("location.hash").asText()).isEqualTo("#cores=8&task=60&deadline=200");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theAnswerTellsWhatIsLostWithTasksOfThreeTimesTheSize() {
    Browser browser = opened(large + "#cores=4&task=8&deadline=250");

    assertThat(text(browser, "#answer ul"))
        .containsPattern("at most 1\\.\\d ± .* points")
        .containsPattern(
            "three times as long \\(24 ms\\) and the settings stay: at most 40 ± .*on average")
        .containsPattern("How sure: \\d+ simulated situations within a factor of 2 ");
  }

  /** All three situations are among the nearest twelve. */
  @Test
  void theFilterComputesWhatTheTableHas() {
    Browser browser = opened(small);
    String figures =
        "[...document.querySelectorAll('%s tbody tr')].map(r => [...r.cells].slice(0, 4).map((c, i) =>"
            + " i ? c.textContent.trim() : c.querySelector('b').textContent).join(' | ')).join()";
    String table = browser.run(figures.formatted("#tuned")).asText();
    String defaults = browser.run(figures.formatted("#default")).asText();

    assertThat(table).startsWith("safe | 5.0 ± 2.5 | 3.0 ± 0.8 | " + SampleLeague.GIANT);
    assertThat(browser.run(figures.formatted("#answer")).asText().split(",", -1))
        .containsExactlyInAnyOrder((table + "," + defaults).split(",", -1));
  }

  @Test
  void aServiceThatIsNoneGetsAMessage() {
    Browser browser = opened(large);
    enter(browser, "cores", "0");

    assertThat(text(browser, "#answer")).startsWith("cores: 1 to 1024");
  }

  @Test
  void aNameUnfoldsTheCourse() {
    Browser browser = opened(small);
    browser.run("document.querySelector('#tuned tbody a').click()");

    assertThat(
            browser.run("document.querySelector('#course-safe svg').checkVisibility()").asBoolean())
        .isTrue();
  }

  @Test
  void pointingAtTheMapTellsTheFigures() {
    Browser browser = opened(small);
    browser.run("document.querySelector('#heat').scrollIntoView()");
    browser.run(
        "(() => { const m = document.querySelector('#heat'); const svg = m.querySelector('svg.chart');"
            + " const p = new DOMPoint(+m.dataset.x.split(' ')[2] + 2, +m.dataset.y.split(' ')[0] + 2)"
            + ".matrixTransform(svg.getScreenCTM()); svg.dispatchEvent(new PointerEvent('pointermove',"
            + " {bubbles: true, clientX: p.x, clientY: p.y})); })()");

    assertThat(text(browser, ".tip:not([hidden])"))
        .contains("safe (tuned)", SampleLeague.GIANT, "regret 5.0 ± 2.5 points");
  }

  @Test
  void nothingSticksOutOnALargeOrASmallScreen() {
    Browser browser = opened(large);
    for (int width : new int[] {1280, 390}) {
      browser.window(width, 900, true);
      assertThat(browser.run("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(width);
    }
  }

  @Test
  void theFirstScreenHasTheFindingAndTheBestRows() {
    Browser browser = opened(large);

    assertThat(
            browser
                .run(
                    "document.querySelectorAll('#tuned tbody tr')[3].getBoundingClientRect().bottom")
                .asInt())
        .isLessThan(900);
  }

  @Test
  void tablesAndChartsAreThereWithoutScripts() {
    NotRun.unless(started != null, "REQUIRE_BROWSER", "the league's page: no chromium on the PATH");
    Browser browser = Objects.requireNonNull(started);
    browser.window(1280, 900, false);
    browser.scripts(false);
    browser.open(small);
    int plots = browser.run(PLOTS + ".length").asInt();
    int rows = browser.run("document.querySelectorAll('#tuned tbody tr').length").asInt();
    boolean form = browser.run("!!document.querySelector('#mine').offsetParent").asBoolean();
    browser.scripts(true);

    assertThat(plots).isEqualTo(3);
    assertThat(rows).isEqualTo(2);
    assertThat(form).as("inputs that would do nothing").isFalse();
  }

  @Test
  void everyChartIsPrinted() {
    Browser browser = opened(small);
    browser.paper();

    assertThat(browser.run(PLOTS + ".length").asInt()).isEqualTo(3 + 5);
    assertThat(browser.run(PLOTS + ".filter(p => p.clientHeight < 60).length").asInt()).isZero();
  }

  @Test
  void noRequestLeavesThePage() {
    Browser browser = opened(large);

    assertThat(browser.requests()).containsExactly(large);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void axeFindsNothingSerious() {
    Browser browser = opened(small);
    browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    browser.run(Theme.resource("/axe.min.js") + ";0");

    assertAxeFindsNothingSerious(browser);
    browser.window(390, 900, true);
    assertAxeFindsNothingSerious(browser);
  }

  private static void assertAxeFindsNothingSerious(Browser browser) {
    JsonNode found =
        browser.run(
            "axe.run(document, {resultTypes: ['violations'], selectors: false, iframes: false}).then(r => r.violations"
                + ".filter(v => ['serious', 'critical'].includes(v.impact) || v.id === 'heading-order')"
                + ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' '"
                + " + n.failureSummary).join('; ')))");

    assertThat(found).isEmpty();
  }
}
