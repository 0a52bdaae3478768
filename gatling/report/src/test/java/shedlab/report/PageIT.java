package shedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.report.result.SampleRun;

/** The page in a real browser. Skipped without one, unless {@code REQUIRE_BROWSER} is true. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageIT {
  /** Generous: the machine of a test is busy. The figure is printed. */
  private static final long MOST_MILLIS = 10_000;

  private Path folder = Path.of("");
  private @Nullable Browser started;
  private String page = "";

  @BeforeAll
  void openBrowser(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Path program = Browser.installed();
    NotRun.unless(program != null, "REQUIRE_BROWSER", "the page: no chromium on the PATH");
    if (program == null) {
      return;
    }
    RichRun.write(folder.resolve("rich"), 4, 5);
    Report.write(folder.resolve("rich"));
    page = folder.resolve("rich/report.html").toUri().toString();
    started = Browser.start(program, folder.resolve("profile"));
  }

  @AfterAll
  void closeBrowser() {
    if (started != null) {
      started.close();
    }
  }

  private Browser browser() {
    return Objects.requireNonNull(started);
  }

  @ParameterizedTest
  @CsvSource({"1280, false", "1280, true", "390, false", "390, true"})
  void everyChartIsDrawnAndNothingComplains(int width, boolean dark) throws IOException {
    Browser browser = browser();
    browser.window(width, 900, dark);
    browser.open(page);
    browser.run("shedlab.drawAll()");

    assertWellDrawn(3 * 9, width);
  }

  private void assertWellDrawn(int moreThan, int width) throws IOException {
    Browser browser = browser();
    int charts = browser.run("document.querySelectorAll('.plot').length").asInt();
    assertThat(charts).isGreaterThan(moreThan);
    for (int i = 0; i < charts; i++) {
      BufferedImage picture = browser.picture("document.querySelectorAll('.plot')[" + i + "]");
      assertThat(colours(picture)).as("colours of chart %d", i).isGreaterThan(12);
    }
    assertThat(browser.run("document.documentElement.scrollWidth").asInt())
        .as("nothing sticks out")
        .isLessThanOrEqualTo(width);
    assertThat(browser.complaints()).isEmpty();
  }

  /** Of one load, which changes: nothing can be drawn over the load. */
  @ParameterizedTest
  @ValueSource(ints = {1280, 390})
  void aRunOfOneLoadIsDrawnAsRanksAndCourses(int width) throws IOException {
    Path step = Project.file("results/reference-step/report.html").toAbsolutePath().normalize();
    Browser browser = browser();
    browser.window(width, 900, false);
    browser.open(step.toUri().toString());
    browser.run("shedlab.drawAll()");

    assertWellDrawn(5, width);
    assertThat(browser.run("document.querySelector('[data-chart=goodput]').textContent").asText())
        .contains("to be had", "gradient2");
  }

  @Test
  void onPaperEveryChartHasItsPlace() {
    Browser browser = browser();
    browser.window(1280, 1000, false);
    browser.open(page);
    browser.paper();

    String plots = "[...document.querySelectorAll('.plot')]";
    String squeezed =
        ".filter(p => p.clientHeight < 60 || !p.querySelector('svg[viewBox]')).length";
    assertThat(browser.run(plots + ".length").asInt()).isGreaterThan(3 * 9);
    assertThat(browser.run(plots + squeezed).asInt()).isZero();
    assertThat(browser.run("[...document.querySelectorAll('details:not([open])')].length").asInt())
        .isZero();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void noRequestLeavesThePage() {
    Browser browser = browser();
    browser.window(1280, 900, false);
    browser.open(page);
    browser.run("shedlab.drawAll()");
    browser.run("document.querySelector('#theme').click()");

    assertThat(browser.requests()).containsExactly(page);
  }

  @Test
  void aFilterHidesRowsAndPanelsAndIsInTheLink() {
    Browser browser = browser();
    browser.window(1280, 900, false);
    browser.open(page);
    browser.run("shedlab.drawAll()");
    assertThat(browser.run(panels("goodput")).asInt()).isEqualTo(3);

    browser.run(click("#filters", "netty"));
    browser.run("shedlab.drawAll()");

    assertThat(browser.run("location.hash").asText()).isEqualTo("#servers=netty");
    assertThat(browser.run(panels("goodput")).asInt()).isEqualTo(1);
    assertThat(browser.run("document.querySelector('[data-chart=goodput] figcaption').textContent"))
        .hasToString("\"netty\"");
    assertThat(browser.run(shownRows("undertow")).asInt()).isZero();
    assertThat(browser.run(shownRows("netty")).asInt()).isPositive();

    browser.run(click("#filters", "netty"));
    assertThat(browser.run("location.hash").asText()).isEmpty();
    assertThat(browser.run(shownRows("undertow")).asInt()).isPositive();
  }

  @Test
  void aLinkRestoresWhatWasChosen() {
    Browser browser = browser();
    browser.window(1280, 900, false);
    browser.open(page + "#strategies=none,fixed%2Bfifo&variant=impatient&at=1.2x&theme=dark&q=p50");
    browser.run("shedlab.drawAll()");

    assertThat(browser.run("[...shedlab.state.strategies].join()").asText()).isEqualTo("0,2");
    assertThat(browser.run("shedlab.state.variant").asInt()).isEqualTo(2);
    assertThat(browser.run("document.documentElement.dataset.theme").asText()).isEqualTo("dark");
    assertThat(browser.run("document.querySelector('[data-chart=outcomes]').textContent").asText())
        .contains("netty at 1.2x");
    assertThat(
            browser
                .run(
                    "[...document.querySelectorAll('.q [aria-pressed=true]')].map(b =>"
                        + " b.textContent).join()")
                .asText())
        .isEqualTo("p50,p50");
  }

  @Test
  void aLinkToACellShowsItsCourse() throws IOException {
    String id = "netty-aimd-min-1-max-64-initial-4-backoff-0-9-timeout-50ms-1.2x-3";
    Browser browser = browser();
    browser.window(1280, 900, false);
    browser.open(page + "#cell=" + id + "&beside=netty-none-2.0x-1");
    browser.run("shedlab.drawAll()");

    assertThat(browser.run("document.querySelector('#cell').value").asText()).isEqualTo(id);
    assertThat(browser.run(panels("course")).asInt()).isEqualTo(2);
    assertThat(browser.run("document.querySelector('[data-chart=course]').textContent").asText())
        .contains("netty, aimd, 1.2x, repeat 3", "netty, none, 2x, repeat 1", "client.csv");
    assertThat(
            browser
                .run("Math.abs(document.querySelector('#course').getBoundingClientRect().top)")
                .asInt())
        .isLessThan(40);
    assertThat(folder.resolve("rich/cells").resolve(id).resolve("client.csv")).exists();
  }

  @Test
  void aLinkToACellWithoutRawFilesShowsItsChecks(@TempDir Path small) throws IOException {
    SampleRun.write(small, 1, true);
    Report.write(small);
    Browser browser = browser();
    browser.window(1280, 900, false);
    browser.open(small.resolve("report.html").toUri() + "#cell=undertow-none-0.9x-1");
    browser.run("shedlab.drawAll()");

    assertThat(browser.run("document.querySelector('tr.chosen').textContent").asText())
        .contains("undertow", "0.9x", "✗ 31.4");
    assertThat(browser.run("document.querySelector('[data-chart=course]').textContent").asText())
        .contains("not beside this page");
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1280, false", "390, true"})
  void axeFindsNothingSerious(int width, boolean dark, @TempDir Path small) throws IOException {
    RichRun.write(small, 4, 1);
    Report.write(small);
    Browser browser = browser();
    browser.window(width, 900, dark);
    browser.open(small.resolve("report.html").toUri().toString());
    browser.run("shedlab.drawAll()");
    browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    browser.run(Theme.resource("/axe.min.js") + ";0");

    JsonNode found =
        browser.run(
            "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations"
                + ".filter(v => ['serious', 'critical'].includes(v.impact))"
                + ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' '"
                + " + n.failureSummary).join('; ')))");

    assertThat(found).isEmpty();
  }

  @Test
  void aPageOf500CellsIsSoonInteractive() throws IOException {
    Path big = folder.resolve("big");
    RichRun.write(big, 5, 5);
    Report.write(big);
    int cells = Files.readAllLines(big.resolve("cells.jsonl")).size();
    Browser browser = browser();
    browser.window(1280, 900, false);
    browser.open(big.resolve("report.html").toUri().toString());

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

  private static String panels(String chart) {
    return "document.querySelectorAll('[data-chart=" + chart + "] .plot').length";
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
