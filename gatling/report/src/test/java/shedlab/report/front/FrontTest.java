package shedlab.report.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Report;
import shedlab.report.page.Subject;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.result.SampleRun;

class FrontTest {
  private static final String QUEUE = "fixed:limit=1+fifo:capacity=16,timeout=100ms";

  @Test
  void theBestAtItsWorstLoadIsRecommendedWithWhatItCosts(@TempDir Path folder) throws IOException {
    SampleRun.write(folder, 5, true);
    Report.write(folder);

    String page = Files.readString(folder.resolve("report.html"));
    String front = page.substring(page.indexOf("<section id=\"answer\">"), page.indexOf("<nav"));

    assertThat(front)
        .contains(
            "<h2>",
            "fifo:capacity=16,<wbr/>timeout=100ms</code></pre>",
            "Not measured: loads above 3x")
        .contains("at worst, of what was achievable", "false sheds at 0.9x", "goodput at 1.2x")
        .contains("data-chart=\"answer\"", "data-chart=\"trade-off\"");
    assertThat(folder.resolve("charts/answer-light.svg")).exists();
    assertThat(folder.resolve("REPORT.md")).content().contains("## ", "| 1. | `fixed+fifo` |");
  }

  @Test
  void nothingIsRecommendedFromOneRunOfEachCell(@TempDir Path folder) throws IOException {
    SampleRun.write(folder, 1, true);
    Report.write(folder);

    assertThat(folder.resolve("report.html"))
        .content()
        .contains("<h2>What each strategy served; too few runs to recommend one</h2>")
        .contains("too few runs</span>")
        .doesNotContain("<pre class=\"copy\"", "<td>1.</td>");
  }

  @Test
  void aRunOfOneLoadHasNoAnswerForARangeOfLoads(@TempDir Path folder) throws IOException {
    SampleRun.write(folder, SampleRun.STRATEGIES, List.of(2.0), 5, true);

    assertThat(Front.of(new Subject(RunFiles.open(folder)))).isEmpty();
  }

  @Test
  void onlyOneStrategyIsNoChoice(@TempDir Path folder) throws IOException {
    SampleRun.write(folder, List.of(QUEUE), SampleRun.LOADS, 5, true);

    assertThat(Front.of(new Subject(RunFiles.open(folder)))).isEmpty();
  }

  @Test
  void ofManyStrategiesTheBestAndTheWorstHaveColourAndName(@TempDir Path folder)
      throws IOException {
    List<String> many = new ArrayList<>(SampleRun.STRATEGIES);
    for (int i = 0; i < 20; i++) {
      many.add("aimd:min=1,max=64,initial=" + (10 + i) + ",backoff=0.9,timeout=50ms");
    }
    SampleRun.write(folder, many, List.of(0.9, 2.0), 3, true);
    Report.write(folder);

    assertThat(folder.resolve("REPORT.md"))
        .content()
        .containsPattern("## A tie: .* and \\d+ others\n");
    String chart = Files.readString(folder.resolve("charts/answer-light.svg"));
    assertThat(chart.split("<g data-p=\"\\d+\" class=\"rest\">", -1))
        .hasSize(2 * (24 - 8) + 1); // a band and a line each
    assertThat(chart.split("<text class=\"name\"", -1)).hasSize(8 + 1);
    assertThat(chart).contains(">none</text>", ">fixed+fifo</text>");
    assertThat(Files.readString(folder.resolve("charts/goodput-light.svg")))
        .contains("class=\"rest\"", ">" + QUEUE + "</text>"); // not all fit beside: a legend
  }

  @Test
  void aSettingThatFollowsFromTheMachineIsSaidAsARule() {
    Manifest plan =
        plan(
            "none fixed:limit=${workers} fixed:limit=${cpus}+fifo:capacity=16,timeout=${deadline/2}");

    assertThat(Rule.of(plan, QUEUE).orElseThrow().words())
        .isEqualTo(
            "By rule, `fixed:limit=${cpus}+fifo:capacity=16,timeout=${deadline/2}`: `limit` is the"
                + " server's CPUs (here 1) and `timeout` is half the deadline (here 100ms).");
    assertThat(Rule.of(plan, "fixed:limit=4").orElseThrow().words())
        .contains("`limit` is its worker threads (here 4)");
    assertThat(Rule.of(plan, "aimd:min=1,max=64")).isEmpty();
  }

  @Test
  void ofTwoTextsForAStrategyNeitherIsItsRule() {
    assertThat(Rule.of(plan("fixed:limit=${cpus} fixed:limit=${workers}"), "fixed:limit=1"))
        .isEmpty();
    assertThat(Rule.of(plan("fixed:limit=${cpus} fixed:limit=7"), "fixed:limit=7")).isEmpty();
    assertThat(Rule.of(plan("fixed:limit=${cpus} fixed:limit=7"), "fixed:limit=1")).isPresent();
  }

  private static Manifest plan(String strategies) {
    Manifest plain = SampleRun.manifest(SampleRun.STRATEGIES, SampleRun.LOADS, 5, true, 1);
    return Manifest.of(
        plain.run(),
        plain.invocation(),
        plain.purpose(),
        plain.grid(),
        plain.load(),
        plain.setUp(),
        plain.seed(),
        Map.of("strategies", strategies));
  }
}
