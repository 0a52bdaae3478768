package shedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of a run of 500 cells in a real browser, which all tests share. Without a browser only
 * the page's size is tested, unless {@code REQUIRE_BROWSER} is true.
 */
class PageIT extends BrowserFixture {
  /** A generous bound, because the machine of a test is busy. The measured time is printed. */
  private static final long MOST_MILLIS = 10_000;

  /** For 500 cells; {@link PageWeightTest} has the bound for an ordinary run. */
  static final long MOST_BYTES = 1_500_000;

  private Path folder = Path.of("");
  private String page = "";
  private long millis;

  @BeforeAll
  void writeAPage(@TempDir Path temporary) throws IOException {
    folder = temporary;
    RichRun.write(folder.resolve("rich"), 5, 5);
    long start = System.nanoTime();
    Report.write(folder.resolve("rich"));
    millis = (System.nanoTime() - start) / 1_000_000;
    page = folder.resolve("rich/report.html").toUri().toString();
  }

  @Test
  void aReportOf500CellsWithRawFilesFitsAndIsMeasured() throws IOException {
    Path report = folder.resolve("rich/report.html");
    System.out.printf(
        "A report of %d cells took %d ms, its page has %d kB.%n",
        Files.readAllLines(folder.resolve("rich/cells.jsonl")).size(),
        millis,
        Files.size(report) / 1_024);

    assertThat(Files.size(report)).isLessThan(MOST_BYTES);
  }

  private Browser opened(String link) {
    Browser browser = browser();
    browser.window(1280, 900, false);
    browser.open(page + link);
    return browser;
  }

  @Test
  void everyChartIsDrawnWithoutErrors() throws IOException {
    opened("");

    assertWellDrawn(3 * 9);
  }

  @Test
  void everyChartIsVisibleWithoutScripts() {
    Browser browser = browser();
    browser.window(1280, 900, false);
    browser.scripts(false);
    browser.open(page);
    int plots = browser.run(PLOTS + ".length").asInt();
    JsonNode shown =
        browser.run(
            "[...document.querySelectorAll('button, select, noscript:not(details *)')].filter(b =>"
                + " b.offsetParent).length");
    browser.scripts(true);

    assertThat(plots).isGreaterThan(3 * 9);
    assertThat(shown.asInt()).as("controls that would do nothing").isZero();
  }

  @Test
  void everyChartIsPrinted() {
    Browser browser = opened("");
    browser.paper();

    String squeezed =
        ".filter(p => p.clientHeight < 60 || !p.querySelector('svg[viewBox]')).length";
    assertThat(browser.run(PLOTS + ".length").asInt()).isGreaterThan(3 * 9);
    assertThat(browser.run(PLOTS + squeezed).asInt()).isZero();
    assertThat(browser.run("[...document.querySelectorAll('details:not([open])')].length").asInt())
        .isZero();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void noRequestLeavesThePage() {
    Browser browser = opened("");
    browser.run("document.querySelector('#theme').click()");
    browser.run("document.querySelector('[data-radio=v]:not([aria-pressed=true])').click()");

    assertThat(browser.requests()).containsExactly(page);
  }

  @Test
  void aFilterHidesRowsAndPanelsAndIsInTheLink() {
    Browser browser = opened("");
    assertThat(browser.run(panels("goodput")).size()).isEqualTo(3);

    browser.run(click("#filters", "netty"));

    assertThat(browser.run("location.hash").asText()).isEqualTo("#servers=netty");
    assertThat(browser.run(panels("goodput"))).hasToString("[\"netty\"]");
    assertThat(browser.run(shownRows("undertow")).asInt()).isZero();
    assertThat(browser.run(shownRows("netty")).asInt()).isPositive();

    browser.run(click("#filters", "netty"));
    assertThat(browser.run("location.hash").asText()).isEmpty();
    assertThat(browser.run(shownRows("undertow")).asInt()).isPositive();
  }

  @Test
  void aStrategyThatIsNotChosenLeavesEveryChart() {
    Browser browser = opened("");
    String lines =
        "[...document.querySelectorAll('.chart [data-p=\"1\"]')].filter(g =>"
            + " getComputedStyle(g).display !== 'none').length";
    assertThat(browser.run(lines).asInt()).isGreaterThan(3 * 5);

    browser.run(click("#filters", "none"));

    assertThat(browser.run(lines).asInt()).isZero();
  }

  @Test
  void pointingAtALineShowsItsFiguresAndHighlightsItsStrategy() {
    Browser browser = opened("");
    String point =
        "(e => e.dispatchEvent(new PointerEvent('pointermove', {bubbles: true, clientX: 100,"
            + " clientY: 100})))(document.querySelector('[data-chart=goodput] %s'))";

    browser.run(point.formatted(".hit[data-l=\"3\"]"));
    assertThat(browser.run("document.querySelector('.tip:not([hidden])').textContent").asText())
        .contains("undertow at 2x", "fixed+fifo", "5 runs");

    browser.run(point.formatted("[data-p=\"2\"] .run"));
    assertThat(browser.run("document.querySelector('.tip:not([hidden])').textContent").asText())
        .contains("undertow, fixed+fifo, 0.5x, repeat", "goodput", "%");
    String opacity =
        "getComputedStyle(document.querySelector('[data-chart=outcomes] [data-p=\"%d\"]')).opacity";
    assertThat(browser.run(opacity.formatted(0)).asDouble()).isLessThan(0.5);
    assertThat(browser.run(opacity.formatted(2)).asDouble()).isEqualTo(1);
  }

  @Test
  void aLinkRestoresTheChoices() {
    Browser browser =
        opened("#strategies=none,fixed%2Bfifo&variant=impatient&at=1.2x&theme=dark&q=p50");

    assertThat(browser.run("[...shedlab.state.strategies].join()").asText()).isEqualTo("0,2");
    assertThat(browser.run("shedlab.state.v").asInt()).isEqualTo(2);
    assertThat(browser.run("document.documentElement.dataset.theme").asText()).isEqualTo("dark");
    assertThat(browser.run(panels("curves-admitted")).toString())
        .contains("netty, admitted at 1.2x");
    assertThat(
            browser
                .run(
                    "[...document.querySelectorAll('[data-radio=q][aria-pressed=true]')].map(b =>"
                        + " b.textContent).join()")
                .asText())
        .isEqualTo("p50,p50");
    assertThat(
            browser
                .run(
                    "[...document.querySelectorAll('[data-chart=latency-admitted] .panels')]"
                        + ".filter(p => p.offsetParent).map(p => p.dataset.ifQ + p.dataset.ifV)"
                        + ".join()")
                .asText())
        .isEqualTo("p502");
  }

  @Test
  void aLinkToACellShowsItsCourse() {
    String id = "netty-aimd-min-1-max-64-initial-4-backoff-0-9-timeout-50ms-1.2x-1";
    Browser browser = opened("#cell=" + id + "&beside=netty-none-2.0x-1");

    assertThat(
            browser
                .run("document.querySelector('#cell').selectedOptions[0].textContent.trim()")
                .asText())
        .isEqualTo("aimd timeout=50ms, 1.2x, repeat 1");
    assertThat(
            browser.run(
                "[...document.querySelectorAll('#courses figcaption')].filter(p => p.offsetParent)"
                    + ".sort((a, b) => a.getBoundingClientRect().x - b.getBoundingClientRect().x)"
                    + ".map(p => p.textContent)"))
        .hasToString(
            "[\"netty, aimd timeout=50ms, 1.2x, repeat 1\",\"netty, none, 2x, repeat 1\"]");
    assertThat(browser.run("document.querySelector('#courses').textContent").asText())
        .contains("client.csv");
    assertThat(
            browser
                .run("Math.abs(document.querySelector('#course').getBoundingClientRect().top)")
                .asInt())
        .isLessThan(40);
    assertThat(folder.resolve("rich/cells").resolve(id).resolve("client.csv")).exists();
  }

  @Test
  void theAnswerIsOnTheFirstScreenAndCanBeCopied() {
    Browser browser = opened("");

    assertThat(
            browser
                .run("document.querySelector('#answer .standing').getBoundingClientRect().top")
                .asInt())
        .isBetween(1, 500);
    assertThat(browser.run("document.querySelector('#answer pre.copy').innerText").asText())
        .contains("fixed:limit=1+fifo:capacity=16,timeout=100ms", "Copy");
  }

  @Test
  void nothingMovesWhileThePageIsRead() {
    Browser browser = opened("");
    JsonNode moved =
        browser.run(
            "new Promise(done => { let sum = 0; new PerformanceObserver(list => list.getEntries()"
                + ".forEach(e => { sum += e.value; })).observe({type: 'layout-shift', buffered:"
                + " true}); requestAnimationFrame(() => requestAnimationFrame(() => done(sum))); })");

    assertThat(moved.asDouble()).isLessThan(0.05);
  }

  @Test
  void aLinkLeadsToASection() {
    Browser browser = opened("");
    browser.run("document.querySelector('nav a[href=\"#admitted\"]').click()");
    assertThat(browser.run("location.hash").asText()).isEqualTo("#section=admitted");

    browser = opened("#servers=netty&section=admitted");

    assertThat(
            browser
                .run("Math.abs(document.querySelector('#admitted').getBoundingClientRect().top)")
                .asInt())
        .isLessThan(40);
    assertThat(browser.run(panels("goodput"))).hasToString("[\"netty\"]");
  }

  @Test
  void chartsAndFiguresCanBeTakenAway() {
    Browser browser = opened("#servers=netty&strategies=none,fixed");

    String svg = browser.run("shedlab.take.svg(document.querySelector('#goodput'))").asText();
    String csv = browser.run("shedlab.take.csv(document.querySelector('#goodput'))").asText();

    assertThat(svg)
        .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
        .contains(">netty</text>", ".chart .tick", "1.2x")
        .doesNotContain("var(", ">undertow<", "fixed+fifo");
    assertThat(csv).contains("server,strategy,variant,0.5x,0.9x,1.2x,2x,3x", "netty,none,plain,");
  }

  @Test
  void aPageOf500CellsIsSoonInteractive() throws IOException {
    int cells = Files.readAllLines(folder.resolve("rich/cells.jsonl")).size();
    Browser browser = opened("");

    int ready = browser.run("Number(document.documentElement.dataset.ready)").asInt();
    int filtered =
        browser
            .run(
                "(() => { const t = performance.now(); "
                    + click("#filters", "netty")
                    + "; document.body.offsetHeight; return Math.round(performance.now() - t); })()")
            .asInt();
    System.out.printf(
        "A page of %d cells was interactive %d ms after its navigation; a filter took %d ms.%n",
        cells, ready, filtered);

    assertThat(cells).isGreaterThanOrEqualTo(500);
    assertThat(ready).isLessThan((int) MOST_MILLIS);
    assertThat(browser.complaints()).isEmpty();
  }

  /** Titles of the panels of a chart that can be seen. */
  private static String panels(String chart) {
    return "[...document.querySelectorAll('[data-chart="
        + chart
        + "] figcaption')].filter(p => p.offsetParent).map(p => p.textContent)";
  }

  private static String click(String where, String label) {
    return "[...document.querySelectorAll('"
        + where
        + " button')].find(b => b.title === '"
        + label
        + "').click()";
  }

  private static String shownRows(String server) {
    return "[...document.querySelectorAll('#goodput tbody tr')].filter(r => r.cells[0].textContent"
        + " === '"
        + server
        + "' && getComputedStyle(r).display !== 'none').length";
  }
}
