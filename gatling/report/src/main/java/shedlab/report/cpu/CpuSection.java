package shedlab.report.cpu;

import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import shedlab.report.account.CpuAccounts;
import shedlab.report.chart.Chart;
import shedlab.report.figure.CpuChart;
import shedlab.report.metric.Metric;
import shedlab.report.metric.Summary.Row;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.table.CpuTable;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/** Where the CPU time of the servers' CPUs went. */
public final class CpuSection {
  private static final String ANCHOR = "cpu";
  private static final String MENU = "CPU";
  private static final String WITHOUT_FINDING = "Where the server's CPU went";

  /** A smaller share of refusals is not worth a title. */
  private static final double WORTH_A_TITLE = 0.01;

  private static final String NOTE =
      "Shares of the window times the server's CPUs: medians of the valid runs, each of which adds"
          + " up to 100 %. Tasks are timed by the clock of the threads that do them. The time of the"
          + " I/O threads is divided by the number of refused and of other requests: a division by"
          + " count, not a measurement of what either costs. Stolen is what the hypervisor took, as"
          + " a share of the whole load, lead-in included. Idle is what is left: other processes and"
          + " the kernel may have used it.";

  private final Subject run;

  /** Rows of the plain variant that tell it. */
  private final List<Row> plain;

  private CpuSection(Subject run) {
    this.run = run;
    this.plain = told(run.plain.rows());
  }

  /** Nothing for a simulated run, and for servers of which nobody knows it. */
  public static Optional<Section> of(Subject run) {
    if (run.plan.setUp().simulated()) {
      return Optional.empty();
    }
    if (told(run.summary.rows()).isEmpty()) {
      Part untold = Part.text(untold(run.accounts));
      return untold.equals(Part.NOTHING) && !run.plan.profiled()
          ? Optional.empty()
          : Section.of(
              ANCHOR, MENU, WITHOUT_FINDING, untold, Profiled.sentence(run), Profiled.links(run));
    }
    return new CpuSection(run).section();
  }

  private static List<Row> told(List<Row> rows) {
    return rows.stream().filter(row -> !Double.isNaN(row.get(Metric.CPU_TASKS))).toList();
  }

  /** Of servers of ours whose samples are too old to tell it. */
  private static String untold(CpuAccounts accounts) {
    return accounts.processOnly().isEmpty()
        ? ""
        : "The samples of "
            + Prose.list(accounts.processOnly())
            + " tell the CPU time of the process alone, not what it was spent on.";
  }

  private Optional<Section> section() {
    double load = highestCommonLoad();
    Chart chart = CpuChart.of(run.data, load);
    return Section.of(
        ANCHOR,
        MENU,
        Section.title(finding(load), WITHOUT_FINDING),
        Part.legend(chart.legend()),
        run.chart(chart, "No figures for this choice.", chart.views().subList(0, 1)),
        Part.text(notApart()),
        Part.text(untold(run.accounts)),
        Part.text(outside()),
        Profiled.sentence(run),
        Profiled.links(run),
        Part.table(CpuTable.of(run.plain, run.names, row -> row.load() == load)).inWriteUp(),
        Part.small(NOTE),
        Part.folded(
                "The figures: shares of the CPU time of the server's CPUs",
                Part.table(CpuTable.of(run.summary, run.names, row -> true)))
            .onPage(),
        Part.human("cpu"));
  }

  /** The greatest load that all servers and strategies which tell it had; else the greatest. */
  private double highestCommonLoad() {
    List<Row> rows = plain.isEmpty() ? told(run.summary.rows()) : plain;
    long all = rows.stream().map(CpuSection::subject).distinct().count();
    List<Double> loads =
        rows.stream().map(Row::load).distinct().sorted(Comparator.reverseOrder()).toList();
    return loads.stream()
        .filter(load -> rows.stream().filter(row -> row.load() == load).count() >= all)
        .findFirst()
        .orElse(loads.get(0));
  }

  private static List<String> subject(Row row) {
    return List.of(row.server(), row.strategy(), row.variant());
  }

  /** What refusals take at most, if that is worth a title; else what tasks take. */
  private String finding(double load) {
    List<Row> rows = plain.stream().filter(row -> row.load() == load).toList();
    if (rows.isEmpty()) {
      return "";
    }
    String at = "At " + Numbers.load(load) + ", ";
    Optional<Row> most =
        rows.stream()
            .filter(row -> row.get(Metric.CPU_REFUSED) >= WORTH_A_TITLE)
            .max(Comparator.comparingDouble(row -> row.get(Metric.CPU_REFUSED)));
    if (most.isPresent()) {
      Row row = most.get();
      return at
          + "refusals take at most "
          + Numbers.percent(row.get(Metric.CPU_REFUSED))
          + " of the server's CPU: on "
          + row.server()
          + " with "
          + run.names.code(row.strategy())
          + ", where tasks take "
          + Numbers.wholePercent(row.get(Metric.CPU_TASKS));
    }
    DoubleSummaryStatistics tasks =
        rows.stream().mapToDouble(row -> row.get(Metric.CPU_TASKS)).summaryStatistics();
    return at
        + "tasks take "
        + Prose.range(Numbers.wholePercent(tasks.getMin()), Numbers.wholePercent(tasks.getMax()))
        + " of the server's CPU";
  }

  /** Samples of servers before those that tell their threads apart. */
  private String notApart() {
    List<String> servers =
        told(run.summary.rows()).stream()
            .filter(row -> Double.isNaN(row.get(Metric.CPU_WORKERS)))
            .map(Row::server)
            .distinct()
            .toList();
    return servers.isEmpty()
        ? ""
        : "The samples of "
            + Prose.list(servers)
            + " do not tell workers, I/O, JIT and GC apart: they are in the rest of the process.";
  }

  private String outside() {
    List<String> names = run.accounts.seenFromOutside();
    return names.isEmpty()
        ? ""
        : "What "
            + Prose.list(names)
            + (names.size() == 1 ? " spends its" : " spend their")
            + " CPU time on is not known: "
            + (names.size() == 1 ? "it is" : "they are")
            + " seen from outside.";
  }
}
