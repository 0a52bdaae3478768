package shedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.chart.Theme;
import shedlab.report.result.SampleRun;

/** Pages of small runs in a real browser. */
class SmallPagesIT extends BrowserFixture {
  /** A run with one load, which changes: nothing can be drawn over the load. */
  @Test
  void aRunOfOneLoadIsDrawnAsRanksAndCourses(@TempDir Path step) throws IOException {
    CourseChartTest.copy(Project.file("results/reference-step"), step);
    Report.write(step);
    Browser browser = browser();
    browser.window(1280, 900, false);
    browser.open(step.resolve("report.html").toUri().toString());

    assertWellDrawn(5);
    assertThat(browser.run("document.querySelector('[data-chart=goodput]').textContent").asText())
        .contains("achievable", "gradient2");
  }

  @Test
  void aLinkToACellWithoutRawFilesShowsItsChecks(@TempDir Path small) throws IOException {
    SampleRun.write(small, 1, true);
    Report.write(small);
    Browser browser = browser();
    browser.window(1280, 900, false);
    browser.open(small.resolve("report.html").toUri() + "#cell=undertow-none-0.9x-1");

    assertThat(browser.run("document.querySelector('tr.chosen').textContent").asText())
        .contains("undertow", "0.9x", "✗ 31.4");
    assertThat(browser.run("document.querySelector('#course').textContent").asText())
        .contains("not beside this page");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void axeFindsNothingSerious(@TempDir Path small) throws IOException {
    RichRun.write(small, 3, List.of(0.9, 2.0), 1);
    Report.write(small);
    Browser browser = browser();
    browser.window(1280, 900, false);
    browser.open(small.resolve("report.html").toUri().toString());
    browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    browser.run(Theme.resource("/axe.min.js") + ";0");

    assertAxeFindsNothingSerious();
    browser.window(390, 900, true);
    assertAxeFindsNothingSerious();
  }

  private void assertAxeFindsNothingSerious() {
    JsonNode found =
        browser()
            .run(
                "axe.run(document, {resultTypes: ['violations'], selectors: false, iframes: false}).then(r => r.violations"
                    + ".filter(v => ['serious', 'critical'].includes(v.impact))"
                    + ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' '"
                    + " + n.failureSummary).join('; ')))");

    assertThat(found).isEmpty();
  }
}
