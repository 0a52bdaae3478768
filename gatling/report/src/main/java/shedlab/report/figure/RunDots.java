package shedlab.report.figure;

import java.util.List;
import shedlab.report.chart.Look;
import shedlab.report.chart.Svg;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.Judgement;

/** Single runs as dots: filled if valid, else hollow. */
final class RunDots {
  private static final double SIZE = 4.6;
  private static final int LONGEST = 160;

  private RunDots() {}

  /** The inside of a swatch. */
  static String invalid() {
    return new Svg().dot("hollow s0", 12, 6, SIZE, "", "invalid").toString();
  }

  /** A dot of a run, small beside its median. */
  static void draw(
      Svg svg, ChartData data, CellResult cell, Look look, double x, double y, String figure) {
    String css = cell.valid() ? "run " + look.fill() : "hollow " + look.stroke();
    svg.dot(css, x, y, cell.valid() ? 1.8 : SIZE, data.run(cell), title(data, cell, figure));
  }

  /** The tooltip of a run. */
  static String title(ChartData data, CellResult cell, String figure) {
    String why = why(cell);
    StringBuilder title = new StringBuilder(data.where(cell) + "\n" + figure);
    title.append(why.isEmpty() ? "" : "\n✗ " + why);
    for (Judgement.Finding finding : cell.judgement().findings()) {
      if (finding.remarkable()) {
        title.append("\n").append(finding.remark());
      }
    }
    return title.toString();
  }

  private static String why(CellResult cell) {
    if (cell.judgement().failure() != null) {
      return "failed: " + cell.judgement().failure();
    }
    List<Check> broken = cell.judgement().checks().stream().filter(c -> !c.ok()).toList();
    if (broken.isEmpty()) {
      return "";
    }
    Check first = broken.get(0);
    String text = first.name() + ": " + first.value() + " (expected: " + first.bound() + ")";
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
