package shedlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import shedlab.report.chart.Axis;
import shedlab.report.chart.Box;
import shedlab.report.chart.Chart;
import shedlab.report.chart.Panel;
import shedlab.report.chart.Plot;
import shedlab.report.metric.Summary.Row;
import shedlab.report.text.Numbers;

/** The share of each tenant's requests that was answered in time, by strategy at one load. */
public final class TenantChart {
  private static final double BAR = 11;
  private static final double GAP = 8;

  /**
   * A tenant's share in a row.
   *
   * @param good requests answered in time, as a share of all of them
   */
  public record Share(Row row, String tenant, double good) {}

  private final ChartData data;
  private final List<Share> shares;
  private final List<String> tenants;

  private TenantChart(ChartData data, List<Share> shares) {
    this.data = data;
    this.shares = shares;
    this.tenants = shares.stream().map(Share::tenant).distinct().toList();
  }

  /** Empty if all clients are alike. */
  public static Chart of(ChartData data, List<Share> shares) {
    var chart = new TenantChart(data, shares);
    List<Chart.View> views = new ArrayList<>();
    if (!shares.isEmpty()) {
      for (String variant : data.summary().variants()) {
        for (double load : data.summary().loads()) {
          List<Panel> panels = new ArrayList<>();
          for (String server : data.summary().servers()) {
            chart.panel(panels, server, variant, load);
          }
          views.add(new Chart.View(data.choice(variant, load), data.heading(variant), panels));
        }
      }
    }
    return new Chart("tenants", "Share of each tenant answered in time", List.of(), views);
  }

  private void panel(List<Panel> panels, String server, String variant, double load) {
    List<Share> mine =
        shares.stream()
            .filter(s -> s.row().server().equals(server) && s.row().variant().equals(variant))
            .filter(s -> s.row().load() == load)
            .toList();
    List<String> strategies =
        data.summary().strategies().stream()
            .filter(p -> mine.stream().anyMatch(s -> s.row().strategy().equals(p)))
            .toList();
    if (strategies.isEmpty()) {
      return;
    }
    double group = BAR * tenants.size() + GAP;
    double names = 30 + Plot.widest(data.strategyNames());
    Box box = Box.rows(data.summary().servers().size(), names, group * strategies.size());
    var plot = new Plot(box, Axis.shares(1), Axis.shares(1));
    plot.columns("", true);
    for (int i = 0; i < strategies.size(); i++) {
      String strategy = strategies.get(i);
      double top = box.top() + group * i + GAP / 2;
      plot.svg().open(data.strategy(strategy));
      String name = Plot.shortened(data.name(strategy));
      plot.svg().text("name end", box.left() - 8, top + group / 2, name);
      for (Share share : mine) {
        if (share.row().strategy().equals(strategy)) {
          bar(plot, share, top + BAR * tenants.indexOf(share.tenant()));
        }
      }
      plot.svg().close();
    }
    String at = server + " at " + Numbers.load(load);
    panels.add(
        plot.panel(at, "Each tenant's share answered in time on " + at, data.server(server)));
  }

  /** In the strategy's colour; the first tenants deeper, and each with its name. */
  private void bar(Plot plot, Share share, double y) {
    double good = Double.isFinite(share.good()) ? share.good() : 0;
    int tenant = tenants.indexOf(share.tenant());
    String look = data.look(share.row().strategy()).fill() + (tenant == 0 ? "" : " tenant");
    double width = plot.x(good) - plot.box().left();
    String title =
        data.name(share.row().strategy())
            + "\n"
            + share.tenant()
            + "\t"
            + Numbers.percent(share.good());
    plot.svg().rect(look, plot.box().left(), y, Math.max(0.6, width), BAR - 2, "", title);
    plot.svg().text("note", plot.box().left() + 4, y + BAR - 3.5, share.tenant());
  }
}
