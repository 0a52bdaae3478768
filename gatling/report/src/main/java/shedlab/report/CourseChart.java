package shedlab.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import shedlab.report.metric.Summary;
import shedlab.report.raw.ClientCsv;
import shedlab.report.result.CellResult;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;

/**
 * How goodput followed a load or a capacity that changes: per strategy a panel, per variant a row;
 * means of the valid runs whose time series are there.
 */
final class CourseChart {
  private static final double WIDTH = 390;
  private static final double HEIGHT = 196;
  private static final double LEFT = 48;
  private static final double RIGHT = WIDTH - 14;
  private static final double TOP = 30;
  private static final double BOTTOM = HEIGHT - 38;

  private static final double SLOT_SECONDS = 0.5;

  /** Rates per second, as shares of the capacity. */
  private record Slot(double offered, double good) {}

  private final RunFiles run;
  private final Manifest plan;
  private final Summary summary;
  private final StrategyNames names;
  private final Map<String, Look> looks;
  private final int slots;

  CourseChart(RunFiles run, Summary summary, StrategyNames names) {
    this.run = run;
    this.plan = run.manifest();
    this.summary = summary;
    this.names = names;
    this.looks = Look.of(summary.strategies());
    this.slots = (int) Math.round(plan.load().measureSeconds() / SLOT_SECONDS);
  }

  /**
   * The chart; without rows if nothing changes in a cell of this run, if cells differ in their
   * load, or without time series.
   *
   * @throws IOException that names the file, if a time series is not what it should be
   */
  Figure figure() throws IOException {
    List<Figure.Row> rows = new ArrayList<>();
    boolean changes =
        run.cells().stream().anyMatch(c -> c.clientSide().dynamics() != null) || !plan.plateau();
    if (changes && summary.loads().size() == 1) {
      for (String variant : summary.variants()) {
        List<Figure.Panel> panels = new ArrayList<>();
        for (String server : summary.servers()) {
          for (String strategy : summary.strategies()) {
            List<Slot> course = course(server, strategy, variant);
            if (!course.isEmpty()) {
              panels.add(panel(server, strategy, course));
            }
          }
        }
        if (!panels.isEmpty()) {
          boolean several = summary.variants().size() > 1;
          rows.add(new Figure.Row(several ? PageData.variantName(variant) : "", panels));
        }
      }
    }
    return new Figure("course", "Goodput over the course of a run", List.of(), rows, "");
  }

  /** Nothing without time series of a valid run. */
  private List<Slot> course(String server, String strategy, String variant) throws IOException {
    double[] offered = new double[slots];
    double[] good = new double[slots];
    int runs = 0;
    double load = summary.loads().get(0);
    Optional<Summary.Row> row = summary.row(server, strategy, variant, load);
    for (CellResult cell : row.map(r -> Runs.valid(r, run.cells())).orElse(List.of())) {
      List<ClientCsv.Row> rows = new RawCell(run.cellFolder(cell.key().id())).client();
      for (ClientCsv.Row at : rows) {
        int slot =
            (int) Math.floor((at.second() - plan.load().leadInSeconds()) / SLOT_SECONDS + 1e-9);
        if (slot >= 0 && slot < slots) {
          double share = 1 / (SLOT_SECONDS * cell.capacityPerSecond());
          offered[slot] += at.offered() * share;
          good[slot] += at.good() * share;
        }
      }
      runs += rows.isEmpty() ? 0 : 1;
    }
    List<Slot> course = new ArrayList<>();
    for (int i = 0; runs > 0 && i < slots; i++) {
      course.add(new Slot(offered[i] / runs, good[i] / runs));
    }
    return course;
  }

  private Figure.Panel panel(String server, String strategy, List<Slot> course) {
    String title = (summary.servers().size() > 1 ? server + ": " : "") + names.of(strategy);
    Axis x = new Axis(0, plan.load().measureSeconds(), LEFT, RIGHT, false, List.of());
    Axis y = Axis.shares(greatest()).along(BOTTOM, TOP);
    var svg = new Svg().text("title", LEFT, 18, title);
    for (Axis.Tick tick : y.ticks()) {
      svg.line("grid", LEFT, y.at(tick.value()), RIGHT, y.at(tick.value()));
      svg.text("tick end", LEFT - 6, y.at(tick.value()) + 3.5, tick.label());
    }
    svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
    double step = plan.load().measureSeconds() > 30 ? 10 : plan.load().measureSeconds() > 8 ? 5 : 1;
    for (double second = 0; second <= plan.load().measureSeconds(); second += step) {
      svg.line("axis", x.at(second), BOTTOM, x.at(second), BOTTOM + 4);
      svg.text("tick middle", x.at(second), BOTTOM + 16, Numbers.plain(second));
    }
    svg.text("note middle", (LEFT + RIGHT) / 2, BOTTOM + 31, "seconds");
    svg.path("guide", path(course, Slot::offered, x, y));
    Look look = looks.getOrDefault(strategy, looks.values().iterator().next());
    svg.path("line s" + look.colour() + " d0", path(course, Slot::good, x, y));
    return new Figure.Panel(title, WIDTH, HEIGHT, svg.toString());
  }

  /** Of what is offered in any phase; beyond it, clients that try again are cut off. */
  private double greatest() {
    double load = summary.loads().get(0);
    return plan.load().phases().stream()
        .mapToDouble(phase -> load * Math.max(phase.from(), phase.to()))
        .reduce(1, Math::max);
  }

  private static String path(List<Slot> course, ToDoubleFunction<Slot> share, Axis x, Axis y) {
    var d = new StringBuilder();
    for (int i = 0; i < course.size(); i++) {
      d.append(i == 0 ? "M" : "L");
      d.append(Svg.n(x.at((i + 0.5) * SLOT_SECONDS))).append(' ');
      d.append(Svg.n(y.at(share.applyAsDouble(course.get(i)))));
    }
    return d.toString();
  }
}
