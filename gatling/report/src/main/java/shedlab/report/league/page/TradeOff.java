package shedlab.report.league.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import shedlab.report.chart.Axis;
import shedlab.report.chart.Axis.Tick;
import shedlab.report.chart.Box;
import shedlab.report.chart.Look;
import shedlab.report.chart.Marker;
import shedlab.report.chart.Plot;
import shedlab.report.league.Contender;
import shedlab.report.league.Contender.Kind;
import shedlab.report.league.Facts;
import shedlab.report.league.Score;
import shedlab.report.text.Numbers;

/**
 * What is paid below the capacity: false sheds or waiting. Means over the plateaus at 0.9x; both
 * axes are logarithmic, and what is smaller is drawn at their ends.
 */
final class TradeOff {
  private static final double LOAD = 0.9;
  private static final double LEAST_SHEDS = 0.000_1;
  private static final double[] TIMES = {
    0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10
  };

  /** Smaller differences are nothing to choose by. */
  private static final double SAME_SHEDS = 0.002;

  private static final double SAME_TIME = 0.01;

  /** A contender's means. */
  private record Dot(Contender contender, double sheds, double time) {
    /** Whether another is about as good in both and better in one. */
    boolean isBeatenBy(Dot other) {
      return other.sheds < sheds + SAME_SHEDS
          && other.time < time + SAME_TIME
          && (other.sheds < sheds - SAME_SHEDS || other.time < time - SAME_TIME);
    }
  }

  private final List<Dot> dots = new ArrayList<>();
  private final List<Dot> front;

  TradeOff(LeagueData data) {
    List<Facts> plateaus =
        data.groups().getOrDefault("plateaus", List.of()).stream()
            .filter(facts -> facts.load() == LOAD)
            .toList();
    for (Contender contender : data.contenders()) {
      double sheds = 0;
      double time = 0;
      int count = 0;
      for (Facts facts : plateaus) {
        Score score = data.score(contender, facts);
        if (score != null && Double.isFinite(score.p99Millis())) {
          sheds += score.falseSheds();
          time += score.p99Millis() / facts.deadlineMillis();
          count++;
        }
      }
      if (count > 0 && count == plateaus.size()) {
        dots.add(new Dot(contender, sheds / count, time / count));
      }
    }
    front =
        dots.stream()
            .filter(dot -> dot.contender().kind() != Kind.REFERENCE)
            .filter(
                dot ->
                    dots.stream()
                        .filter(other -> other.contender().kind() != Kind.REFERENCE)
                        .noneMatch(dot::isBeatenBy))
            .sorted(Comparator.comparingDouble(Dot::sheds))
            .toList();
  }

  /** Empty without a contender that played them all. */
  String html() {
    if (dots.isEmpty()) {
      return "";
    }
    double names = Plot.nameWidth(front.stream().map(dot -> dot.contender().name()).toList());
    Axis sheds =
        new Axis(
            LEAST_SHEDS,
            1,
            0,
            0,
            true,
            List.of(
                new Tick(LEAST_SHEDS, "0"),
                new Tick(0.001, "0.1 %"),
                new Tick(0.01, "1 %"),
                new Tick(0.1, "10 %"),
                new Tick(1, "100 %")));
    double least = dots.stream().mapToDouble(Dot::time).min().orElse(1) / 1.1;
    double most = dots.stream().mapToDouble(Dot::time).max().orElse(1) * 1.1;
    least = Math.min(0.9, least);
    most = Math.min(TIMES[TIMES.length - 1], Math.max(1.1, most));
    Axis times = new Axis(least, most, 0, 0, true, ticks(least, most));
    var plot = new Plot(new Box(760, 380, 58, 18, 760 - names, 338), sheds, times);
    plot.frame("false sheds, share of the requests");
    plot.level("guide", 1, "deadline");
    for (Dot dot : dots) {
      Look look = look(dot.contender().kind());
      plot.svg()
          .path(
              look.fill() + " point",
              look.marker().at(plot.x(dot.sheds()), plot.y(dot.time()), 4),
              "",
              dot.contender().name()
                  + " ("
                  + dot.contender().kind().word()
                  + "): false sheds "
                  + Numbers.percent(dot.sheds())
                  + ", p99 at "
                  + Numbers.wholePercent(dot.time())
                  + " of the deadline");
    }
    plot.names(
        front.stream()
            .map(
                dot ->
                    new Plot.End(
                        dot.contender().name(),
                        look(dot.contender().kind()),
                        "class=\"front\"",
                        new Plot.Point(dot.sheds(), dot.time())))
            .toList());
    return legend()
        + plot.panel(
                "p99 of the admitted, as a share of the deadline, against false sheds",
                "False sheds against p99 at 0.9x the capacity",
                "")
            .html();
  }

  private static List<Tick> ticks(double least, double most) {
    return DoubleStream.of(TIMES)
        .filter(time -> time >= least && time <= most)
        .mapToObj(time -> new Tick(time, Numbers.wholePercent(time)))
        .toList();
  }

  private static String legend() {
    var html = new StringBuilder("<p class=\"legend\">");
    for (Kind kind : List.of(Kind.TUNED, Kind.DEFAULT, Kind.REFERENCE)) {
      html.append("<span><svg class=\"key\" viewBox=\"0 0 24 12\" aria-hidden=\"true\">");
      html.append("<path class=\"").append(look(kind).fill()).append("\" d=\"");
      html.append(look(kind).marker().at(12, 6, 4)).append("\"/></svg>").append(kind.word());
      html.append("</span>\n");
    }
    return html.append("</p>\n").toString();
  }

  /** How a kind is drawn. */
  static Look look(Kind kind) {
    return switch (kind) {
      case TUNED -> new Look(1, 0, Marker.CIRCLE);
      case DEFAULT -> new Look(2, 0, Marker.TRIANGLE);
      case REFERENCE -> new Look(0, 0, Marker.DIAMOND);
    };
  }

  /** The front in words, with figures. */
  String front() {
    return String.join(
        ", ",
        front.stream()
            .map(
                dot ->
                    "`"
                        + dot.contender().name()
                        + "` ("
                        + Numbers.percent(dot.sheds())
                        + ", "
                        + Numbers.wholePercent(dot.time())
                        + ")")
            .toList());
  }
}
