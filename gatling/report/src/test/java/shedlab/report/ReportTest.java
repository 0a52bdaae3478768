package shedlab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.pack.Unpacked;
import shedlab.report.result.Phase;
import shedlab.report.result.SampleRun;

class ReportTest {
  private static final MathContext THREE = new MathContext(3, RoundingMode.HALF_UP);

  @TempDir
  @SuppressWarnings("NullAway.Init") // by JUnit
  private static Path kept;

  @Test
  void theSameFilesGiveTheSameBytes(@TempDir Path other) throws IOException {
    Path one = report(3, true);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      write(other, 3, true);
      Report.write(other);
    } finally {
      Locale.setDefault(before);
    }

    assertThat(files(one)).isEqualTo(files(other)).containsKeys("summary.csv", "REPORT.md");
  }

  @Test
  void everyFigureOfTheWriteUpsTablesIsInTheSummary() throws IOException {
    Path folder = report(3, true);
    String text = Files.readString(folder.resolve("REPORT.md"));
    List<NamedCsvRecord> summary;
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().ofNamedCsvRecord(folder.resolve("summary.csv"))) {
      summary = csv.stream().toList();
    }
    assertThat(summary).hasSize(60);

    for (NamedCsvRecord row : summary) {
      int load = SampleRun.LOADS.indexOf(Double.valueOf(row.getField("load")));
      String name = name(row.getField("strategy"));
      List<String> goodput = line(text, "At every load:", row.getField("server"), name);
      assertThat(goodput.get(2 + load)).isEqualTo(percent(row.getField("goodput_share")));
      List<String> admitted = line(text, "p50 / p99 in ms:", row.getField("server"), name);
      assertThat(admitted.get(2 + load))
          .isEqualTo(times(row, "admitted_p50_us", "admitted_p99_us", "admitted_p99_quotable"));
      List<String> shed = line(text, "p50 / p99 of 429s in ms:", row.getField("server"), name);
      assertThat(shed.get(2 + load))
          .isEqualTo(times(row, "shed_p50_us", "shed_p99_us", "shed_p99_quotable"));
    }
  }

  @Test
  void anInvalidCellIsShownAndNotAveraged() throws IOException {
    Path folder = report(1, true);

    String page = Unpacked.page(Files.readString(folder.resolve("report.html")));
    String text = Files.readString(folder.resolve("REPORT.md"));

    assertThat(page).contains("58 of 60 cells valid", "✗ 31.4", "ended with 137", "✗ lateness p99");
    assertThat(text)
        .contains("| undertow | `none` | 0.9x | 1 | lateness p99: 31.4 ms (expected: <= 12.5 ms) |")
        .contains("| jetty | `aimd` | 2x | 1 | failed: the server's process ended with 137 |")
        .contains("| undertow | `none` | 50.0 % | invalid |");
  }

  @Test
  void whatAServerDidUnderItsStrategyIsShownAndInEveryMedian() throws IOException {
    Path folder = report(1, true);

    String page = Unpacked.page(Files.readString(folder.resolve("report.html")));
    String text = Files.readString(folder.resolve("REPORT.md"));

    assertThat(page).contains("58 of 60 cells valid", "It hardly engaged.");
    assertThat(text).contains("9 findings, listed on the page: ");
  }

  @Test
  void aSmokeRunIsStampedAndARealOneIsNot() throws IOException {
    Path smoke = report(1, false);
    Path real = report(1, true);

    for (String file : List.of("report.html", "REPORT.md")) {
      assertThat(smoke.resolve(file)).content().contains("NOT EVIDENCE: smoke profile");
      assertThat(real.resolve(file)).content().doesNotContain("NOT EVIDENCE");
    }
  }

  @Test
  void nothingIsRankedFromFewRuns() throws IOException {
    Path one = report(1, true);
    Path two = report(2, true);
    Path five = report(5, true);

    String sentence =
        "One run of each cell: the spread between runs is unknown, so nothing is ranked.";
    assertThat(one.resolve("REPORT.md")).content().contains(sentence);
    assertThat(one.resolve("REPORT.md")).content().doesNotContain("●", "goodput was highest");
    assertThat(two.resolve("REPORT.md")).content().contains("nothing is ranked");
    assertThat(two.resolve("REPORT.md")).content().doesNotContain("●", "goodput was highest");
    assertThat(five.resolve("REPORT.md"))
        .content()
        .doesNotContain("nothing is ranked")
        .contains("●", "goodput was highest", "no difference found");
  }

  @Test
  void aChangingLoadIsReportedAsACourseWithTheAchievableGoodput(@TempDir Path folder)
      throws IOException {
    SampleRun.write(folder, 1, true);
    Path plan = folder.resolve("plan.json");
    var json = new JsonMapper();
    ObjectNode phased = (ObjectNode) json.readTree(plan.toFile());
    ((ObjectNode) phased.get("load"))
        .set(
            "phases",
            json.valueToTree(
                List.of(new Phase(0.25, 0.25, 5), new Phase(1, 1, 12), new Phase(0.25, 0.25, 8))));
    Files.writeString(plan, phased.toString());
    Report.write(folder);
    // At the run's 2x: half the capacity for 13 of 25 seconds, all of it for the rest.
    assertThat(Files.readString(folder.resolve("REPORT.md")))
        .contains(
            "Over 0.5x for 5 s, 2x for 12 s and 0.5x for 8 s (multiples of the capacity), goodput",
            "At most 74 % was achievable.")
        .doesNotContain("At 2x the capacity");
  }

  @Test
  void thePageLoadsNothing() throws IOException {
    Path folder = report(1, true);

    String page = Files.readString(folder.resolve("report.html"));

    assertThat(page).contains("default-src 'none'");
    assertThat(page)
        .doesNotContain("http://", "https://", "@import", "src=", "<link")
        .doesNotContainPattern("url\\((?!#)"); // what is in the page itself is not loaded
    assertThat(Files.size(folder.resolve("report.html"))).isLessThan(PageIT.MOST_BYTES);
  }

  @Test
  void aCellsNameCannotEndTheBlockOfData(@TempDir Path folder) throws IOException {
    SampleRun.write(folder, 1, true);
    Path cells = folder.resolve("cells.jsonl");
    Files.writeString(
        cells, Files.readString(cells).replace("ended with 137", "</script><script>bad()"));

    Report.write(folder);

    assertThat(folder.resolve("report.html")).content().doesNotContain("<script>bad");
  }

  @Test
  void staticStrategiesHaveASimulatedCurve() throws IOException {
    Path folder = report(1, true);

    String table =
        substring(
            Unpacked.page(Files.readString(folder.resolve("report.html"))),
            "Measured and simulated",
            "</table>");

    assertThat(table).contains("<code>none</code>", "<code>fixed</code>", "fixed+fifo", "pp</td>");
    assertThat(table).doesNotContain("aimd", "NaN");
  }

  @Test
  void thePageAndItsChartsAreWellFormed() throws Exception {
    Path folder = report(3, true);

    String page = Files.readString(folder.resolve("report.html"));
    parse(withoutScripts(page));
    parse(withoutScripts(Unpacked.page(page)));
    List<Path> charts = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder.resolve("charts"))) {
      all.forEach(charts::add);
    }
    assertThat(charts).hasSize(14);
    for (Path chart : charts) {
      String svg = Files.readString(chart);
      parse(svg);
      assertThat(svg).doesNotContain("var(", "NaN", "Infinity");
    }
  }

  @Test
  void everyPlaceOfTheWriteUpIsFilled() throws IOException {
    Path folder = report(1, true);

    assertThat(folder.resolve("REPORT.md"))
        .content()
        .doesNotContain("{{", "}}", "null", "NaN")
        .contains("make bench PROFILE=default E=load-curve SERVERS='undertow jetty netty'")
        .contains("The seed is 20261101.");
  }

  @Test
  void peoplesOwnTextIsKept(@TempDir Path folder) throws IOException {
    Folder.copy(report(1, true), folder);
    Path writeUp = folder.resolve("REPORT.md");
    String mine = "<!-- human:why -->\nOn a Monday, $1 and \\2 fell over.\n<!-- /human -->";
    Files.writeString(
        writeUp,
        Files.readString(writeUp)
                .replace("<!-- human:why -->\n<!-- /human -->", mine)
                .replace("58 of 60", "99 of 60")
            + "\n<!-- human:gone -->\nOld words.\n<!-- /human -->\n");

    Report.write(folder);

    assertThat(writeUp).content().contains(mine, "Old words.").doesNotContain("99 of 60");
    String once = Files.readString(writeUp);
    Report.write(folder);
    assertThat(writeUp).content().isEqualTo(once);
  }

  @Test
  void anOpenHumanBlockStopsTheReportBeforeItWritesAnything(@TempDir Path folder)
      throws IOException {
    SampleRun.write(folder, 1, true);
    Files.writeString(folder.resolve("REPORT.md"), "<!-- human:why -->\nMy words.");

    assertThatIOException()
        .isThrownBy(() -> Report.write(folder))
        .withMessageStartingWith("REPORT.md: ");
    assertThat(folder.resolve("REPORT.md")).content().endsWith("My words.");
    assertThat(folder.resolve("report.html")).doesNotExist();
  }

  @Test
  void aRunWithoutACellHasAReport(@TempDir Path folder) throws IOException {
    SampleRun.write(folder, SampleRun.STRATEGIES, SampleRun.LOADS, 0, true);

    Report.write(folder);

    assertThat(folder.resolve("REPORT.md")).content().contains("No valid cell at 2x.");
  }

  @Test
  void aStrategyThatAServerCannotRunIsMissingOnThatServerOnly(@TempDir Path folder)
      throws Exception {
    String missing = SampleRun.STRATEGIES.get(3);
    SampleRun.write(folder, 1, true);
    Path cells = folder.resolve("cells.jsonl");
    List<String> kept =
        Files.readAllLines(cells).stream()
            .filter(
                line ->
                    !line.contains("\"server\":\"netty\"")
                        || !line.contains("\"strategy\":\"" + missing + "\""))
            .toList();
    assertThat(kept).hasSize(3 * 4 * 5 - 5);
    Files.write(cells, kept);

    Report.write(folder);

    String text = Files.readString(folder.resolve("REPORT.md"));
    assertThat(text).contains("`" + name(missing) + "`").doesNotContain("NaN", "null");
    parse(withoutScripts(Files.readString(folder.resolve("report.html"))));
  }

  /** The sample with its report, made once for all tests that only read it. */
  private static Path report(int repeats, boolean evidence) throws IOException {
    Path folder = kept.resolve(repeats + "-" + evidence);
    if (!Files.exists(folder.resolve(Checksums.FILE))) {
      write(folder, repeats, evidence);
    }
    return folder;
  }

  private static void write(Path folder, int repeats, boolean evidence) throws IOException {
    SampleRun.write(folder, repeats, evidence);
    Report.write(folder);
  }

  private static Map<String, String> files(Path folder) throws IOException {
    var files = new TreeMap<String, String>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }

  private static String withoutScripts(String page) {
    return page.replace("<!DOCTYPE html>", "").replaceAll("(?s)<script.*?</script>", "");
  }

  private static String substring(String text, String from, String to) {
    int start = text.indexOf(from);
    return text.substring(start, text.indexOf(to, start));
  }

  private static void parse(String xml) throws Exception {
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  /** The first table row after a text that begins with these two cells. */
  private static List<String> line(String text, String after, String server, String name) {
    String start = "| " + server + " | `" + name + "` |";
    String line =
        text.substring(text.indexOf(after))
            .lines()
            .filter(l -> l.startsWith(start))
            .findFirst()
            .orElseThrow();
    return Arrays.stream(line.substring(2).split(" \\|", -1)).map(String::strip).toList();
  }

  private static String name(String strategy) {
    return Arrays.stream(strategy.split("\\+", -1))
        .map(p -> p.replaceFirst(":.*", ""))
        .reduce((a, b) -> a + "+" + b)
        .orElseThrow();
  }

  private static String percent(String share) {
    BigDecimal percent = new BigDecimal(share).multiply(BigDecimal.valueOf(100));
    return percent.setScale(1, RoundingMode.HALF_UP) + " %";
  }

  private static String times(NamedCsvRecord row, String p50, String p99, String quotable) {
    boolean none = row.getField(p99).isEmpty();
    String mark = none || row.getField(quotable).equals("yes") ? "" : "*";
    return millis(row.getField(p50)) + " / " + millis(row.getField(p99)) + mark;
  }

  private static String millis(String micros) {
    if (micros.isEmpty()) {
      return "–";
    }
    BigDecimal millis = new BigDecimal(micros).divide(BigDecimal.valueOf(1_000));
    BigDecimal rounded = millis.round(THREE);
    int digits = 3 - Math.max(1, rounded.precision() - rounded.scale());
    return millis.setScale(Math.max(0, digits), RoundingMode.HALF_UP).toString();
  }
}
