package shedlab.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import shedlab.report.chart.Panel;
import shedlab.report.figure.PairForest;
import shedlab.report.result.CellResult;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/**
 * What a reader of the page can choose, as buttons and lists. Without the script they are hidden,
 * and the page shows the first choice.
 */
public final class Choices {
  private static final List<String> PERCENTILES = List.of("p50", "p99", "p99.9");

  private final Subject run;
  private final Map<String, String> first;

  public Choices(Subject run) {
    this.run = run;
    this.first = run.firstChoice();
  }

  /** The choices for the whole page: servers, strategies, loads, and one variant. */
  public String filters() {
    var html = new StringBuilder();
    List<String> strategies = run.summary.strategies();
    toggles(html, "servers", "server", run.summary.servers(), i -> "");
    toggles(
        html,
        "strategies",
        "strategy",
        strategies.stream().map(run.names::of).toList(),
        i -> run.data.looks().of(strategies.get(i)).key());
    toggles(html, "loads", "load", loads(), i -> "");
    List<String> variants = run.summary.variants().stream().map(Prose::variant).toList();
    if (variants.size() > 1) {
      html.append(radios("v", "variant", numbers(variants.size()), variants));
    }
    return html.append(
            "<button type=\"button\" class=\"all\" hidden=\"hidden\">show everything</button>")
        .toString();
  }

  /** The load that is shown. */
  public Part load() {
    return controls(radios("at", "at", numbers(run.summary.loads().size()), loads()));
  }

  public Part percentile() {
    return controls(radios("q", "percentile", PERCENTILES, PERCENTILES));
  }

  /** How the two of a pair differ, and the load. */
  public Part pairs() {
    Map<String, String> kinds = PairForest.kinds(run.pairs.pairs());
    String compare =
        kinds.size() < 2
            ? ""
            : radios("pairs", "compare", List.copyOf(kinds.keySet()), List.copyOf(kinds.values()));
    return controls(compare + radios("at", "at", numbers(run.summary.loads().size()), loads()));
  }

  /** The run whose course is shown, and a second one beside it. */
  public Part runs() {
    return controls(
        "<label>run <select id=\"cell\">"
            + options(run.courses.panels())
            + "</select></label> <label>beside it <select id=\"beside\"><option value=\"\">none"
            + "</option></select></label>"); // the script adds the same runs
  }

  private String options(Map<CellResult, Panel> panels) {
    var html = new StringBuilder();
    String open = "";
    Set<CellResult> all = panels.keySet();
    for (CellResult cell : all) {
      String group = cell.server() + (cell.variant().isEmpty() ? "" : " (" + cell.variant() + ")");
      if (!group.equals(open)) {
        html.append(open.isEmpty() ? "" : "</optgroup>");
        html.append("<optgroup label=\"").append(Prose.escape(group)).append("\">");
        open = group;
      }
      html.append("<option value=\"").append(run.cells.indexOf(cell)).append("\">");
      String name = run.names.of(cell.strategy()) + ", " + Numbers.load(cell.load());
      html.append(Prose.escape(name));
      html.append(run.repeated() ? ", repeat " + cell.key().repeat() : "");
      html.append(cell.valid() ? "" : " ✗").append("</option>\n");
    }
    return html.append(open.isEmpty() ? "" : "</optgroup>").toString();
  }

  private static Part controls(String html) {
    return new Part(html.isEmpty() ? "" : "<div class=\"controls\">" + html + "</div>", "");
  }

  private List<String> loads() {
    return run.summary.loads().stream().map(Numbers::load).toList();
  }

  private static List<String> numbers(int count) {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(Integer.toString(i));
    }
    return numbers;
  }

  private static void toggles(
      StringBuilder html, String key, String label, List<String> names, IntFunction<String> image) {
    if (names.size() > 1) {
      html.append(open(label));
      for (int i = 0; i < names.size(); i++) {
        html.append("<button type=\"button\" data-toggle=\"").append(key);
        html.append("\" data-value=\"").append(i).append("\" title=\"");
        html.append(Prose.escape(names.get(i))).append("\" aria-pressed=\"true\">");
        html.append(image.apply(i)).append(Prose.escape(names.get(i))).append("</button>");
      }
      html.append("</div>\n");
    }
  }

  private String radios(String key, String label, List<String> values, List<String> names) {
    if (names.size() < 2) {
      return "";
    }
    var html = new StringBuilder(open(label));
    for (int i = 0; i < names.size(); i++) {
      boolean pressed = values.get(i).equals(first.get(key));
      html.append("<button type=\"button\" data-radio=\"").append(key);
      html.append("\" data-value=\"").append(Prose.escape(values.get(i))).append("\" title=\"");
      html.append(Prose.escape(names.get(i))).append("\" aria-pressed=\"").append(pressed);
      html.append("\">").append(Prose.escape(names.get(i))).append("</button>");
    }
    return html.append("</div>\n").toString();
  }

  private static String open(String label) {
    return "<div class=\"set\" role=\"group\" aria-label=\""
        + label
        + "\"><span class=\"set-name\">"
        + label
        + "</span>";
  }
}
