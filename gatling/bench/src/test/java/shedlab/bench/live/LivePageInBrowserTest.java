package shedlab.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Browser;
import shedlab.report.NotRun;
import shedlab.report.raw.Progress;
import shedlab.report.result.SampleRun;

/** The live page in a real Chromium, if there is one. */
class LivePageInBrowserTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void thePageShowsTheProgressAndTheEndOfARun() throws Exception {
    Path program = Browser.installed();
    NotRun.unless(program != null, "REQUIRE_BROWSER", "the live page: no chromium on the PATH");
    if (program == null) {
      return;
    }
    var page = new LivePage(0);
    try (Browser browser = Browser.start(program, folder.resolve("profile"))) {
      page.begins("Which way of saying no is best?", 0, () -> 12, cells -> Duration.ofMinutes(9));
      page.phase("netty-2-fixed-2.0x-r1");
      browser.window(1_200, 900, false);
      browser.open(page.url());
      assertThat(text(browser, "question")).isEqualTo("Which way of saying no is best?");
      assertThat(text(browser, "cells")).isEqualTo("0 of 12 cells");
      assertThat(text(browser, "phase")).isEqualTo("netty-2-fixed-2.0x-r1");

      for (int i = 1; i <= 6; i++) {
        page.load(report(i, 200L * i, 120L * i));
        see(browser, "second", i + " of 6 s");
      }
      see(browser, "ok", "200");
      see(browser, "shed", "120");
      see(browser, "share", "38 %");
      page.finished(SampleRun.cell("netty", "fixed:limit=1", 2, 1, new Random(1)), "goodput");
      page.finished(
          SampleRun.with(SampleRun.cell("netty", "none", 2, 1, new Random(1)), 1, false, null),
          "INVALID: <b>lateness</b>");
      see(browser, "cells", "2 of 12 cells");
      see(browser, "limit", "none");
      assertThat(browser.run("document.querySelectorAll('#rows tr').length").asInt()).isEqualTo(2);
      assertThat(browser.run("document.querySelector('#rows .broken').textContent").asText())
          .isEqualTo("✗ INVALID: <b>lateness</b>");
      assertThat(browser.run("document.getElementById('okLine').points.length").asInt())
          .isEqualTo(6);
      picture(browser, "live");
      browser.window(390, 844, true);
      picture(browser, "live-phone-dark");
      assertThat(browser.run("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(390);

      page.reported(Path.of("results/x/report.html"));
      page.close();
      see(browser, "phase", "The run has ended.");
      see(browser, "second", "Its report: results/x/report.html");
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests()).allMatch(url -> url.startsWith(page.url()));
    }
  }

  /** Waits until an element has this text. */
  private static void see(Browser browser, String id, String text) {
    String script =
        "new Promise((done, fail) => { const end = Date.now() + 10000; (function look() {"
            + " const now = document.getElementById('%s').textContent;"
            + " if (now === '%s' || Date.now() > end) done(now); else setTimeout(look, 20);"
            + "})(); })";
    assertThat(browser.run(script.formatted(id, text)).asText()).describedAs(id).isEqualTo(text);
  }

  private static String text(Browser browser, String id) {
    return browser.run("document.getElementById('" + id + "').textContent").asText();
  }

  private static void picture(Browser browser, String name) throws IOException {
    Path pictures = Files.createDirectories(Path.of("target/pictures"));
    Files.write(pictures.resolve(name + ".png"), browser.picture());
  }

  private static Progress report(double elapsed, long ok, long shed) {
    return Progress.started("cell", 2_400, ok + shed, ok, shed, 0, elapsed, 6, 400);
  }
}
