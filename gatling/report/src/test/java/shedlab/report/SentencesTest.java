package shedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.pack.Unpacked;
import shedlab.report.pair.Pairs;
import shedlab.report.pair.Precision;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/** What no report may say, for every published run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SentencesTest {
  private static final Pattern PERCENT = Pattern.compile("(\\d+(?:\\.\\d+)?)[ \u00a0]%");
  private static final Pattern LOAD = Pattern.compile("(?<![\\w.])(\\d+(?:\\.\\d+)?)x\\b");

  /** A run's plan, its write-up, and its page with everything that the script can show. */
  private record Written(Manifest plan, String writeUp, String page, long bytes) {
    /** The first paragraph: the findings. */
    String opening() {
      String text = writeUp.replaceAll("(?m)^(#|>).*\n", "").strip();
      return text.substring(0, text.indexOf("\n\n"));
    }

    /** Everything above the contents of the page, as text. */
    String firstScreen() {
      return text(page.substring(page.indexOf("<header>"), page.indexOf("<nav")));
    }
  }

  private final Map<String, Written> runs = new TreeMap<>();

  @BeforeAll
  void everyPublishedRunIsReportedAnew(@TempDir Path folder) throws IOException {
    List<Path> published;
    try (Stream<Path> all = Files.list(Project.file("results"))) {
      published = all.filter(run -> Files.exists(run.resolve("plan.json"))).sorted().toList();
    }
    for (Path run : published) {
      String name = run.getFileName().toString();
      Path copy = folder.resolve(name);
      CourseChartTest.copy(run, copy);
      Report.write(copy);
      runs.put(
          name,
          new Written(
              RunFiles.open(copy).manifest(),
              Files.readString(copy.resolve("REPORT.md")),
              Unpacked.page(Files.readString(copy.resolve("report.html"))),
              Files.size(copy.resolve("report.html"))));
    }
    assertThat(runs).hasSizeGreaterThan(5);
  }

  @Test
  void noSectionIsEmpty() {
    runs.forEach(
        (name, run) -> {
          for (String section : run.writeUp().split("\n## ", -1)) {
            String body = section.substring(section.indexOf('\n') + 1);
            assertThat(body.replaceAll("<!--.*?-->", "")).as(name + ": " + section).isNotBlank();
          }
          Matcher section = Pattern.compile("(?s)<section id=.*?</section>").matcher(run.page());
          while (section.find()) {
            String body = section.group().replaceAll("(?s)<h2>.*?</h2>|<button.*?</button>", "");
            assertThat(text(body)).as(name + ": " + section.group()).isNotBlank();
          }
        });
  }

  @Test
  void nothingIsHighestWithoutAWinner() {
    runs.forEach(
        (name, run) -> {
          if (run.plan().grid().repeats() < Pairs.LEAST_BLOCKS) {
            assertThat(run.page()).as(name).doesNotContain("ighest goodput", "goodput was highest");
            assertThat(run.page()).as(name).doesNotContain("<h2>Use ", "<h2>A tie");
            assertThat(run.writeUp()).as(name).doesNotContain("goodput was highest", "●");
          }
          assertThat(run.page()).as(name).doesNotContain("least equally");
        });
  }

  @Test
  void whatIsRecommendedIsToldApartFromTheNext() {
    runs.forEach(
        (name, run) -> {
          Matcher first = Pattern.compile("(?s)<td>1\\.</td>.*?</tr>").matcher(run.page());
          if (run.page().contains("<h2>Use ")) {
            assertThat(first.find()).as(name).isTrue();
            assertThat(first.group())
                .as(name)
                .doesNotContain("not told apart", "too few", "too little");
          } else if (first.find()) {
            assertThat(run.page()).as(name).containsPattern("<h2>(A tie|At these loads)");
          }
        });
    assertThat(reference().page()).containsPattern("<h2>(A tie|Use |At these loads)");
  }

  @Test
  void everyFigureOfTheFindingsHasItsIntervalOrItsReason() {
    runs.forEach(
        (name, run) -> {
          String findings = run.opening();
          if (run.plan().grid().repeats() < Pairs.LEAST_BLOCKS) {
            assertThat(run.writeUp()).as(name).contains("nothing is ranked");
          } else if (findings.contains("goodput was highest")) {
            String best = findings.lines().filter(l -> l.contains("was highest")).findFirst().get();
            String bare =
                best.replaceAll("\\[[^]]*]", "[]").replaceAll("At most [^.]* was achievable", "");
            for (MatchResult figure : PERCENT.matcher(bare).results().toList()) {
              assertThat(bare.substring(figure.end())).as(name + ": " + best).startsWith(" []");
            }
          }
        });
  }

  @Test
  void whatIsBeyondTheMeasuredLoadsIsCalledAnExtrapolation() {
    runs.forEach(
        (name, run) -> {
          double highest =
              run.plan().grid().loads().stream().mapToDouble(l -> l).max().orElseThrow()
                  * run.plan().load().phases().stream()
                      .mapToDouble(phase -> Math.max(phase.from(), phase.to()))
                      .reduce(1, Math::max);
          Matcher load = LOAD.matcher(run.opening());
          while (load.find()) {
            if (Double.parseDouble(load.group(1)) > highest) {
              assertThat(run.opening().substring(load.end()))
                  .as(name + ": " + load.group())
                  .startsWith(" (an extrapolation");
            }
          }
        });
  }

  @Test
  void noDifferenceIsFoundOnlyWhereThereIsHardlyAny() {
    runs.forEach(
        (name, run) -> {
          double precision = 100 * Precision.of(run.plan()).share() + 0.1;
          Matcher clause =
              Pattern.compile("[^;.]*(?:\\.\\d[^;.]*)*\\(no difference found\\)")
                  .matcher(run.opening().replaceAll("\\[[^]]*]", ""));
          while (clause.find()) {
            List<Double> figures = percents(clause.group());
            double apart =
                figures.stream().mapToDouble(f -> f).max().orElseThrow()
                    - figures.stream().mapToDouble(f -> f).min().orElseThrow();
            assertThat(apart).as(name + ": " + clause.group()).isLessThanOrEqualTo(precision);
          }
          assertThat(run.page()).as(name).doesNotContain("indistinguishable");
        });
  }

  @Test
  void sharesOfTheCapacityAreNotCalledSharesOfTheClairvoyant() {
    runs.forEach(
        (name, run) -> assertThat(run.page()).as(name).doesNotContain("% of what a clairvoyant"));
  }

  @Test
  void moreThanTheCapacityIsSaidOnlyBesideItsError() {
    runs.forEach(
        (name, run) -> {
          if (percents(run.opening()).stream().anyMatch(p -> p > 100)) {
            assertThat(run.opening()).as(name).contains("error of the capacity");
          }
          if (percents(run.firstScreen()).stream().anyMatch(p -> p > 100.1)) {
            assertThat(run.firstScreen()).as(name).contains("error of the capacity");
          }
        });
    assertThat(runs.values()).anyMatch(run -> run.opening().contains("error of the capacity"));
  }

  @Test
  void theFindingsAreReadOnce() {
    runs.forEach(
        (name, run) -> {
          String body = run.writeUp().replaceAll("(?m)^#.*$", "");
          for (String sentence : run.opening().split("\n", -1)) {
            assertThat(body.split(Pattern.quote(sentence), -1))
                .as(name + ": " + sentence)
                .hasSize(2);
          }
        });
  }

  @Test
  void twinsAreNoStrategies() {
    runs.forEach(
        (name, run) ->
            assertThat(text(run.page()))
                .as(name)
                .contains(
                    "· " + Prose.count(run.plan().grid().strategies().size(), "strategy") + " ·"));
  }

  @Test
  void everyPathIsFinite() {
    runs.forEach(
        (name, run) ->
            assertThat(run.page())
                .as(name)
                .doesNotContainPattern(" (d|x|y|cx|cy|width|height)=\"[^\"]*(NaN|Infinity)"));
  }

  @Test
  void everyMeasuredLoadHasALabelUnderTheFirstChart() {
    Written reference = reference();
    String chart = reference.page().substring(reference.page().indexOf("data-chart=\"answer\""));
    chart = chart.substring(0, chart.indexOf("</svg>"));
    for (double load : reference.plan().grid().loads()) {
      assertThat(chart).contains("\">" + Numbers.load(load) + "</text>");
    }
  }

  @Test
  void noPageIsHeavy() {
    runs.forEach(
        (name, run) ->
            assertThat(run.bytes())
                .as(name)
                .isLessThanOrEqualTo(PageWeightTest.mostBytes(run.plan().grid().cells())));
  }

  private Written reference() {
    return Objects.requireNonNull(runs.get("reference"));
  }

  private static List<Double> percents(String text) {
    List<Double> all = new ArrayList<>();
    PERCENT.matcher(text).results().forEach(p -> all.add(Double.valueOf(p.group(1))));
    return all;
  }

  private static String text(String html) {
    return html.replaceAll("(?s)<(script|style|template).*?</\\1>|<[^>]*>", " ")
        .replaceAll("\\s+", " ");
  }
}
