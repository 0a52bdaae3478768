package shedlab.report.metastable;

import java.util.List;
import java.util.Optional;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Svg;
import shedlab.report.chart.Theme;
import shedlab.report.text.Numbers;

/**
 * A strategy under a retry policy: load by length of the trigger. The colour is the share of the
 * runs that came back, the text how long that took, and a line is drawn where half of them do.
 */
final class HeatPanel {
  private static final double LEFT = 38;
  private static final double CELL = 33;
  private static final double ROW = 21;
  private static final double BELOW = 34;
  private static final double RIGHT = 4;

  private final MapFindings map;
  private final String strategy;
  private final String retry;
  private final List<Double> loads;
  private final List<Double> triggers;
  private final Svg svg = new Svg();

  private HeatPanel(MapFindings map, String strategy, String retry) {
    this.map = map;
    this.strategy = strategy;
    this.retry = retry;
    this.loads = map.loads();
    this.triggers = map.triggers();
  }

  static Panel of(MapFindings map, String strategy, String retry) {
    return new HeatPanel(map, strategy, retry).panel();
  }

  private Panel panel() {
    double width = LEFT + triggers.size() * CELL + RIGHT;
    double bottom = loads.size() * ROW;
    for (int y = 0; y < loads.size(); y++) {
      svg.text("tick end", LEFT - 5, top(y) + ROW / 2 + 3.5, Numbers.load(loads.get(y)));
      for (int x = 0; x < triggers.size(); x++) {
        cell(x, y);
      }
    }
    svg.path("bound", bound());
    for (int x = 0; x < triggers.size(); x++) {
      double trigger = triggers.get(x);
      svg.text(
          "tick middle",
          left(x) + CELL / 2,
          bottom + 14,
          trigger == 0 ? "none" : Numbers.plain(trigger));
    }
    svg.text("note middle", LEFT + triggers.size() * CELL / 2, bottom + 28, "trigger in s");
    return new Panel(strategy, label(), "", width, bottom + BELOW, svg.toString());
  }

  private void cell(int x, int y) {
    Optional<MapPoint> point = point(x, y);
    if (point.isEmpty()) {
      svg.rect("missing", left(x), top(y), CELL, ROW);
      return;
    }
    MapPoint at = point.get();
    long step = Theme.step(at.recovered());
    svg.rect("tile c" + step, left(x), top(y), CELL, ROW, "", told(at));
    svg.text("on middle on" + step, left(x) + CELL / 2, top(y) + ROW / 2 + 3.5, short_(at));
  }

  private static String short_(MapPoint at) {
    if (at.recovered() <= 0) {
      return "✗";
    }
    if (at.recovered() < 1) {
      return Math.round(100 * at.recovered()) + "%";
    }
    double seconds = at.recoverySeconds();
    return at.triggerSeconds() == 0
        ? "✓"
        : seconds < 9.95 ? Numbers.fixed(seconds, 1) : Numbers.fixed(seconds, 0);
  }

  private static String told(MapPoint at) {
    if (at.seeds() == 0) {
      return at.strategy()
          + " at "
          + Numbers.load(at.load())
          + ", "
          + at.retry()
          + ": not simulated, since no run comes back after a shorter trigger nor after the longest";
    }
    String runs = Math.round(at.recovered() * at.seeds()) + " of " + at.seeds() + " runs ";
    String trigger =
        at.triggerSeconds() == 0
            ? "work without a trigger"
            : "come back after a trigger of " + MapFindings.seconds(at.triggerSeconds());
    String time =
        at.triggerSeconds() == 0 || Double.isNaN(at.recoverySeconds())
            ? ""
            : ", in " + MapFindings.seconds(at.recoverySeconds()) + " (median)";
    return at.strategy()
        + " at "
        + Numbers.load(at.load())
        + ", "
        + at.retry()
        + ": "
        + runs
        + trigger
        + time;
  }

  private String label() {
    StringBuilder text = new StringBuilder(strategy + ", retry " + retry + ".");
    for (double load : loads) {
      text.append(" At ").append(Numbers.load(load)).append(": ");
      text.append(
          map.bound(strategy, retry, load).isPresent()
              ? "not back " + MapFindings.after(map.bound(strategy, retry, load).getAsDouble())
              : "always back");
      text.append(".");
    }
    return text.toString();
  }

  /** The line between the cells in which most runs come back and those in which they do not. */
  private String bound() {
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < loads.size(); y++) {
      for (int x = 0; x < triggers.size(); x++) {
        if (x + 1 < triggers.size() && differ(x, y, x + 1, y)) {
          path.append("M").append(Svg.n(left(x + 1))).append(' ').append(Svg.n(top(y)));
          path.append("v").append(Svg.n(ROW));
        }
        if (y + 1 < loads.size() && differ(x, y, x, y + 1)) {
          path.append("M").append(Svg.n(left(x))).append(' ').append(Svg.n(top(y)));
          path.append("h").append(Svg.n(CELL));
        }
      }
    }
    return path.toString();
  }

  private boolean differ(int x, int y, int otherX, int otherY) {
    Optional<MapPoint> one = point(x, y);
    Optional<MapPoint> other = point(otherX, otherY);
    return one.isPresent() && other.isPresent() && one.get().returns() != other.get().returns();
  }

  private Optional<MapPoint> point(int x, int y) {
    return map.point(strategy, retry, loads.get(y), triggers.get(x));
  }

  private static double left(int x) {
    return LEFT + x * CELL;
  }

  /** The greatest load is at the top. */
  private double top(int y) {
    return (loads.size() - 1 - y) * ROW;
  }
}
