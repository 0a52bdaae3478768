package shedlab.report.flame;

import java.util.List;
import shedlab.report.Document;
import shedlab.report.chart.Svg;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/**
 * A flame graph as one page that loads nothing: a frame stands on the one that called it, as wide
 * as its share. A click on a frame makes it as wide as the page. The same stacks give the same
 * bytes.
 */
public final class FlamePage {
  private static final double WIDTH = 1_200;
  private static final double ROW = 17;
  private static final double LETTER = 6.2;

  /** A narrower frame cannot be seen. */
  private static final double LEAST = 0.3;

  /** A difference with this share of the whole has the full colour. */
  private static final double FULL_COLOUR = 0.05;

  private static final String STYLE =
      """
      <style>
      svg.flame{width:100%;height:auto;font:11px ui-monospace,monospace;display:block}
      svg.flame rect{stroke:var(--bg);stroke-width:.5}
      svg.flame text{fill:var(--ink);pointer-events:none}
      svg.flame g{cursor:pointer}
      svg.flame g:hover rect{stroke:var(--ink);stroke-width:1}
      .own rect{fill:var(--good);fill-opacity:.6}
      .server rect{fill:var(--late);fill-opacity:.6}
      .jdk rect{fill:var(--shed);fill-opacity:.7}
      .group rect{fill:var(--rule)}
      .more rect{fill:var(--s2)}
      .less rect{fill:var(--s1)}
      </style>
      """;

  /** Without it the page shows the same, unzoomed. */
  private static final String SCRIPT =
      """
      <script>
      (() => {
        const svg = document.querySelector('svg.flame');
        const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
        const frames = [...svg.querySelectorAll('g')];
        const at = g => ({x: +g.dataset.x, w: +g.dataset.w});
        svg.addEventListener('click', event => {
          const chosen = event.target.closest('g');
          const {x, w} = chosen ? at(chosen) : {x: 0, w: width};
          for (const g of frames) {
            const own = at(g);
            const from = Math.max(0, (own.x - x) * width / w);
            const to = Math.min(width, (own.x + own.w - x) * width / w);
            g.style.display = to - from > .3 ? '' : 'none';
            const rect = g.querySelector('rect');
            rect.setAttribute('x', from);
            rect.setAttribute('width', Math.max(0, to - from));
            const text = g.querySelector('text');
            const room = Math.floor((to - from - 4) / 6.2);
            text.setAttribute('x', from + 3);
            text.textContent = room < 3 ? '' : g.dataset.n.length <= room ? g.dataset.n
              : g.dataset.n.slice(0, room - 1) + '…';
          }
        });
      })();
      </script>
      """;

  private final boolean difference;
  private final Svg svg = new Svg();
  private final double height;

  private FlamePage(Frame root, boolean difference) {
    this.difference = difference;
    this.height = rows(root) * ROW;
    draw(root, 0, 0);
  }

  /**
   * The page of some stacks.
   *
   * @param title what was measured
   * @param notes sentences below the drawing
   */
  public static String of(String title, List<String> notes, Stacks stacks) {
    return page(title, notes, new FlamePage(Frame.of("all", stacks), false));
  }

  /** The page of the difference of two: widths are of the later, red has more, blue less. */
  public static String difference(String title, List<String> notes, Stacks before, Stacks after) {
    return page(title, notes, new FlamePage(Frame.difference("all", before, after), true));
  }

  private static String page(String title, List<String> notes, FlamePage graph) {
    var page = new StringBuilder(Document.head(title, STYLE));
    page.append("<body>\n<main>\n<h1>").append(Prose.html(title)).append("</h1>\n");
    page.append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"flame\" role=\"img\"");
    page.append(" viewBox=\"0 0 ").append(Svg.n(WIDTH)).append(' ').append(Svg.n(graph.height));
    String label = "Flame graph: " + title.replace("`", "");
    page.append("\" aria-label=\"").append(Prose.escape(label)).append("\">\n");
    page.append(graph.svg).append("</svg>\n");
    for (String note : notes) {
      page.append("<p class=\"note-text\">").append(Prose.html(note)).append("</p>\n");
    }
    return page.append("</main>\n").append(SCRIPT).append("</body>\n</html>\n").toString();
  }

  /** How many frames that can be seen are below one another. */
  private static int rows(Frame frame) {
    return canBeSeen(frame)
        ? 1 + frame.called().stream().mapToInt(FlamePage::rows).max().orElse(0)
        : 0;
  }

  private static boolean canBeSeen(Frame frame) {
    return WIDTH * frame.weight() >= LEAST;
  }

  private void draw(Frame frame, int depth, double x) {
    if (!canBeSeen(frame)) {
      return;
    }
    double width = WIDTH * frame.weight();
    double y = height - (depth + 1) * ROW;
    svg.open(
        "class=\""
            + (difference ? changed(frame) : kind(frame.name(), depth))
            + "\" data-x=\""
            + Svg.n(x)
            + "\" data-w=\""
            + Svg.n(width)
            + "\" data-n=\""
            + Prose.escape(shortened(frame.name()))
            + "\"");
    String opacity = difference ? "fill-opacity=\"" + Svg.n(strength(frame)) + "\"" : "";
    svg.rect("frame", x, y, width, ROW, opacity, told(frame));
    svg.text("name", x + 3, y + 12, fitting(shortened(frame.name()), width));
    svg.close();
    double from = x;
    for (Frame called : frame.called()) {
      draw(called, depth + 1, from);
      from += WIDTH * called.weight();
    }
  }

  private String told(Frame frame) {
    String share = frame.name() + "\n" + Numbers.percent(frame.weight());
    return difference
        ? share
            + " (before: "
            + Numbers.percent(frame.before())
            + ", "
            + Numbers.points(frame.weight() - frame.before())
            + ")"
        : share;
  }

  private static double strength(Frame frame) {
    return Math.min(1, 0.2 + Math.abs(frame.weight() - frame.before()) / FULL_COLOUR);
  }

  private static String changed(Frame frame) {
    double by = frame.weight() - frame.before();
    return Math.abs(by) < FULL_COLOUR / 50 ? "group" : by > 0 ? "more" : "less";
  }

  /** Whose code it is. */
  private static String kind(String name, int depth) {
    if (depth <= 1 || !name.contains(".")) {
      return "group";
    }
    if (name.startsWith("shedlab.")) {
      return "own";
    }
    return name.matches("(java|javax|jdk|sun|com\\.sun)\\..*") ? "jdk" : "server";
  }

  /** Class and method without the package. */
  static String shortened(String frame) {
    int method = frame.lastIndexOf('.');
    int type = method < 0 ? -1 : frame.lastIndexOf('.', method - 1);
    return frame.substring(type + 1);
  }

  private static String fitting(String name, double width) {
    int room = (int) Math.floor((width - 4) / LETTER);
    return room < 3 ? "" : name.length() <= room ? name : name.substring(0, room - 1) + "…";
  }
}
