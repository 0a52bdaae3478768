package shedlab.report.league.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import shedlab.report.chart.Axis;
import shedlab.report.chart.Box;
import shedlab.report.chart.Marker;
import shedlab.report.chart.Plot;
import shedlab.report.league.RealScore;
import shedlab.report.statistics.Kendall;
import shedlab.report.statistics.Median;
import shedlab.report.table.Table;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/** Simulated goodput beside that of a real server. */
final class RealServers {
  private final List<RealScore> checks;

  RealServers(LeagueData data) {
    this.checks = data.checks();
  }

  boolean isEmpty() {
    return checks.isEmpty();
  }

  /** How well they agree. */
  String sentence() {
    double difference =
        checks.stream().mapToDouble(check -> Math.abs(check.points())).average().orElse(0);
    List<Double> within = new ArrayList<>();
    situations().values().forEach(group -> within.add(tau(group)));
    double[] taus = within.stream().mapToDouble(t -> t).filter(Double::isFinite).toArray();
    long disagreements = checks.stream().filter(RealScore::disagrees).count();
    return Prose.count(checks.size(), "pair")
        + " in "
        + Prose.count(situations().size(), "situation")
        + ": the mean difference is "
        + Points.text(difference)
        + " points, Kendall's rank correlation (tau-b) is "
        + Numbers.fixed(tau(checks), 2)
        + " over all"
        + (taus.length == 0
            ? ""
            : " and "
                + Numbers.fixed(Median.of(taus), 2)
                + " in the median situation ("
                + taus.length
                + " with three strategies or more)")
        + ". "
        + (disagreements == 0
            ? "No pair disagrees"
            : disagreements + (disagreements == 1 ? " disagrees" : " disagree"))
        + " by more than 5 points and by more than the interval.";
  }

  private Map<String, List<RealScore>> situations() {
    return grouped(check -> check.situation() + " " + Numbers.load(check.load()));
  }

  private Map<String, List<RealScore>> grouped(Function<RealScore, String> key) {
    Map<String, List<RealScore>> groups = new LinkedHashMap<>();
    checks.forEach(
        check -> groups.computeIfAbsent(key.apply(check), k -> new ArrayList<>()).add(check));
    return groups;
  }

  /** NaN for fewer than three. */
  private static double tau(List<RealScore> some) {
    return some.size() < 3
        ? Double.NaN
        : Kendall.tauB(
            some.stream()
                .map(check -> new double[] {check.simulated(), check.measured()})
                .toList());
  }

  /** A line for every disagreement, and for every explanation. */
  List<String> disagreements() {
    return checks.stream()
        .filter(check -> check.disagrees() || !check.why().isBlank())
        .map(
            check ->
                "`"
                    + check.contender()
                    + "`, "
                    + check.situation()
                    + " at "
                    + Numbers.load(check.load())
                    + ": simulated "
                    + Numbers.fixed(check.simulated(), 2)
                    + ", measured "
                    + measured(check)
                    + ". "
                    + (check.why().isBlank() ? "Open: not explained yet." : check.why()))
        .toList();
  }

  private static String measured(RealScore check) {
    if (!Double.isFinite(check.low()) || !Double.isFinite(check.high())) {
      return Numbers.fixed(check.measured(), 2);
    }
    return Numbers.fixed(check.measured(), 2)
        + " ("
        + Numbers.fixed(check.low(), 2)
        + " to "
        + Numbers.fixed(check.high(), 2)
        + ")";
  }

  String table() {
    return Table.of(
            List.of(
                "situation", "strategy", "load", "task, ms", "simulated", "measured", "difference"),
            2,
            checks.stream()
                .map(
                    check ->
                        List.of(
                            check.situation(),
                            check.contender(),
                            Numbers.load(check.load()),
                            Numbers.plain(check.taskMillis()),
                            Numbers.fixed(check.simulated(), 2),
                            measured(check),
                            (check.points() < 0 ? "−" : "+")
                                + Points.text(Math.abs(check.points()))))
                .toList())
        .html();
  }

  /** Both on the diagonal if they agree. */
  String chart() {
    double most =
        checks.stream()
            .mapToDouble(check -> Math.max(check.simulated(), check.measured()))
            .reduce(1, Math::max);
    Axis axis = Axis.shares(most);
    var plot = new Plot(new Box(420, 360, 52, 18, 400, 318), axis, axis);
    plot.frame("simulated goodput, in % of the capacity");
    plot.line("guide", List.of(new Plot.Point(0, 0), new Plot.Point(axis.max(), axis.max())));
    for (RealScore check : checks) {
      double x = plot.x(check.simulated());
      if (Double.isFinite(check.low()) && Double.isFinite(check.high())) {
        plot.svg().line("axis", x, plot.y(check.low()), x, plot.y(check.high()));
      }
      plot.svg()
          .path(
              (check.disagrees() ? "f2" : "f1") + " point",
              (check.disagrees() ? Marker.DIAMOND : Marker.CIRCLE)
                  .at(x, plot.y(check.measured()), 3.6),
              "",
              check.contender()
                  + ", "
                  + check.situation()
                  + ": simulated "
                  + Numbers.fixed(check.simulated(), 2)
                  + ", measured "
                  + measured(check));
    }
    return plot.panel(
            "measured goodput against simulated; ◆ disagrees",
            "Measured goodput against simulated goodput",
            "")
        .html();
  }
}
