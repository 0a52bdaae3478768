package shedlab.report.metastable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import shedlab.report.Document;
import shedlab.report.chart.Theme;
import shedlab.report.file.WholeFile;
import shedlab.report.table.Table;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/**
 * {@code metastable.html}: the finding, a table of bounds and a heat map for each strategy and
 * retry policy, in one file that loads nothing. Made from {@link MapFile} alone.
 */
public final class MapPage {
  /** The page's name in its folder. */
  public static final String PAGE = "metastable.html";

  private final List<MapPoint> points;
  private final MapFindings map;
  private final StringBuilder html = new StringBuilder(500_000);

  private MapPage(List<MapPoint> points) {
    this.points = points;
    this.map = new MapFindings(points);
  }

  /**
   * Writes the page of a folder from its file.
   *
   * @return the page
   * @throws IOException that names file and line, if the file is not what it should be
   */
  public static Path write(Path folder) throws IOException {
    Path page = folder.resolve(PAGE);
    WholeFile.write(page, of(MapFile.read(folder)), false);
    return page;
  }

  /** The page of these points. */
  static String of(List<MapPoint> points) {
    MapPage page = new MapPage(points);
    page.begin();
    page.table();
    page.maps();
    page.method();
    return page.html.append("</main>\n</body>\n</html>\n").toString();
  }

  private void begin() {
    html.append(
        Document.head(
            "Shedlab: metastable states",
            "<style>\n"
                + Theme.pageCss()
                + Theme.resource("/shedlab/report/metastable/metastable.css")
                + Theme.onTiles()
                + "</style>\n"));
    html.append("<body>\n<header>\n<p class=\"brand\">Shedlab · <a href=\"index.html\">the league");
    html.append("</a></p>\n<h1>For how long must an overload last until the service does not come");
    html.append(" back by itself?</h1>\n<p class=\"meta\">");
    html.append(Prose.html(served())).append("</p>\n");
    html.append("<section class=\"verdict\" aria-label=\"Finding\">\n");
    map.sentences().forEach(sentence -> paragraph("", sentence));
    html.append("</section>\n<nav aria-label=\"Contents\">");
    for (int i = 0; i < map.retries().size(); i++) {
      html.append("<a href=\"#retry-").append(i + 1).append("\">");
      html.append(Prose.html(map.words(map.retries().get(i)))).append("</a>\n");
    }
    html.append("<a href=\"#method\">method</a></nav>\n</header>\n<main>\n");
  }

  /** The service of all points, in a sentence. */
  private String served() {
    Service service = points.get(0).service();
    return "A simulated service of "
        + Prose.count(service.cores(), "core")
        + ", tasks of "
        + Numbers.plain(service.taskMillis())
        + " ms ("
        + service.law()
        + "), deadline "
        + Numbers.plain(service.deadlineMillis())
        + " ms. Clients give up a try after "
        + Numbers.plain(service.timeoutMillis())
        + " ms and close their connection. The trigger: for a while the server has "
        + Numbers.wholePercent(service.left())
        + " of its capacity.";
  }

  private void paragraph(String css, String text) {
    html.append(css.isEmpty() ? "<p>" : "<p class=\"" + css + "\">");
    html.append(Prose.html(text)).append("</p>\n");
  }

  private void table() {
    html.append("<section id=\"bounds\">\n<h2>The trigger that is too long, at ");
    html.append(Numbers.load(map.load())).append("</h2>\n");
    paragraph(
        "lead",
        "✗: the shortest trigger after which less than half of the runs come back within a minute."
            + " Otherwise all triggers are survived, and the time is the median until the service is"
            + " back, after the trigger for which that takes longest.");
    List<String> columns = new ArrayList<>(List.of("strategy"));
    map.retries().forEach(retry -> columns.add(map.words(retry)));
    List<List<Table.Cell>> rows = new ArrayList<>();
    List<String> texts = map.texts().toList();
    for (int i = 0; i < texts.size(); i++) {
      String strategy = map.strategies().get(i);
      List<Table.Cell> row = new ArrayList<>();
      row.add(
          Table.Cell.of(
              strategy.equals(texts.get(i)) ? strategy : strategy + ": `" + texts.get(i) + "`"));
      map.retries().forEach(retry -> row.add(bound(strategy, retry)));
      rows.add(row);
    }
    html.append(new Table(columns, columns.size(), rows).html()).append("</section>\n");
  }

  private Table.Cell bound(String strategy, String retry) {
    OptionalDouble bound = map.bound(strategy, retry, map.load());
    if (bound.isPresent()) {
      return Table.Cell.of(
          bound.getAsDouble() == 0
              ? "✗ without any"
              : "✗ " + MapFindings.seconds(bound.getAsDouble()),
          "broken");
    }
    double slowest = map.slowest(strategy, retry, map.load()).orElse(0);
    return Table.Cell.of(slowest < 0.25 ? "at once" : MapFindings.time(slowest));
  }

  private void maps() {
    for (int i = 0; i < map.retries().size(); i++) {
      String retry = map.retries().get(i);
      html.append("<section id=\"retry-").append(i + 1).append("\">\n<h2>");
      html.append(Prose.html("Clients: " + map.words(retry))).append("</h2>\n");
      paragraph(
          "lead",
          "`retry = "
              + retry
              + "`. Load by length of the trigger. Dark: all runs come back, and the number is the median time"
              + " in seconds until they do. %: the share of the runs that come back. ✗: none does."
              + " The line: half of them. The column `none` is a run without a trigger: ✓ works.");
      html.append("<div class=\"panels\">\n");
      map.strategies().forEach(strategy -> html.append(HeatPanel.of(map, strategy, retry).html()));
      html.append("</div>\n</section>\n");
    }
  }

  private void method() {
    long runs = points.stream().mapToLong(MapPoint::seeds).sum();
    html.append("<section id=\"method\">\n<h2>How it is judged</h2>\n");
    paragraph(
        "lead",
        "The run with the trigger is held against the same run without it: same arrivals, same sizes."
            + " In windows of a second, every quarter of a second, it must have at least 95 % of the"
            + " other's goodput and at least half of the offered load. The service is back with the"
            + " first such window after the trigger from which on, for ten seconds, 85 % of the"
            + " windows are such; it must be back within 60 s. Without a trigger it must work for those"
            + " 60 s.");
    paragraph(
        "lead",
        Prose.count(runs, "run")
            + " in virtual time, with the production code of every strategy: four seeds for each"
            + " point, more where these do not agree. A trigger reduces the number of cores; in"
            + " reality a slow dependency, a deployment or a burst does the same. Load counts first"
            + " tries, so retries come on top. Not shown: other servers, other tasks; a real network;"
            + " clients that stay away for minutes.");
    html.append("<p class=\"lead\">All figures: <a href=\"");
    html.append(MapFile.FILE).append("\">").append(MapFile.FILE);
    html.append("</a>, by <code>make metastable</code>.</p>\n</section>\n");
  }
}
