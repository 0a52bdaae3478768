package shedlab.report.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import shedlab.report.chart.Looks;
import shedlab.report.page.Part;
import shedlab.report.page.Section;
import shedlab.report.page.Subject;
import shedlab.report.result.CpuList;
import shedlab.report.table.Table;
import shedlab.report.table.Table.Cell;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.simulation.model.FleetModel;

/**
 * One server of a fleet was killed and started again: did the others survive, and did it return?
 */
public final class FleetSection {
  private final Subject run;
  private final List<FleetCourse> courses;

  private FleetSection(Subject run, List<FleetCourse> courses) {
    this.run = run;
    this.courses = courses;
  }

  /** Nothing for a run in which no server was killed. */
  public static Optional<Section> of(Subject run) {
    List<FleetCourse> courses;
    try {
      courses = FleetCourse.of(run.run, run.summary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return courses.isEmpty() ? Optional.empty() : new FleetSection(run, courses).section();
  }

  private Optional<Section> section() {
    FleetCourse first = courses.get(0);
    String killed = "One of " + Prose.count(first.fleet().servers(), "server") + " killed";
    return Section.of(
        "fleet",
        "Fleet",
        killed,
        Part.text(what(first) + " " + survivors() + " " + returned()),
        Part.text(sharing(first.fleet())),
        Part.table(table()),
        Part.small(
            "Goodput in % of the capacity of all servers: up to the kill, from the kill to the start"
                + " of the next server, and in the second half of what is left. Medians of the valid"
                + " runs. Without an answer: requests of a run that got an error or none."),
        Part.text(simulated()),
        Part.human("fleet"));
  }

  private String what(FleetCourse first) {
    return "The first of "
        + Prose.count(first.fleet().servers(), "server")
        + " was killed "
        + seconds(first.kill().at())
        + " into the window, and started again "
        + seconds(first.kill().length())
        + " later, with nothing learnt."
        + (run.plan.setUp().simulated()
            ? ""
            : " It started cold, and the proxy tried no request again.");
  }

  private static String seconds(Duration time) {
    return Numbers.plain(time.toMillis() / 1e3) + " s";
  }

  private String survivors() {
    String could = Numbers.percent(courses.get(0).possibleDown()) + " of the capacity";
    List<String> yes = named(FleetCourse::survived, false);
    List<String> no = named(course -> !course.survived(), true);
    if (yes.isEmpty()) {
      return "With no strategy, goodput was within a tenth of what the others could do, "
          + could
          + ": "
          + Prose.list(no)
          + ".";
    }
    return "The others survived with "
        + (no.isEmpty() ? "every strategy" : Prose.list(yes))
        + ": while it was down, goodput was within a tenth of what they could do, "
        + could
        + "."
        + (no.isEmpty() ? "" : " They did not with " + Prose.list(no) + ".");
  }

  private String returned() {
    List<String> no = named(course -> !course.cameBack(), false);
    return no.isEmpty()
        ? "At the end, goodput was back with every strategy."
        : "At the end, goodput was not back with " + Prose.list(no) + ".";
  }

  /**
   * The strategies under which that is so; in brackets the variants, if it is not so in all.
   *
   * @param figures whether the goodput while a server was down is wanted, too
   */
  private List<String> named(Predicate<FleetCourse> wanted, boolean figures) {
    Map<String, List<FleetCourse>> byName = new LinkedHashMap<>();
    courses.forEach(c -> byName.computeIfAbsent(name(c), n -> new ArrayList<>()).add(c));
    List<String> names = new ArrayList<>();
    byName.forEach(
        (name, all) -> {
          List<FleetCourse> some = all.stream().filter(wanted).toList();
          List<String> brackets = new ArrayList<>();
          if (some.size() < all.size()) {
            some.forEach(course -> brackets.add(Prose.variant(course.row().variant())));
          }
          if (figures && !some.isEmpty()) {
            brackets.add(range(some));
          }
          if (!some.isEmpty()) {
            names.add(name + (brackets.isEmpty() ? "" : " (" + String.join("; ", brackets) + ")"));
          }
        });
    return names;
  }

  private static String range(List<FleetCourse> some) {
    DoubleSummaryStatistics down =
        some.stream().mapToDouble(course -> course.measured().down()).summaryStatistics();
    return Prose.range(Numbers.percent(down.getMin()), Numbers.percent(down.getMax()));
  }

  private String name(FleetCourse course) {
    boolean several = run.summary.servers().size() > 1;
    String server = several ? " on " + course.row().server() : "";
    return run.names.code(course.row().strategy()) + server;
  }

  /** What it means that there is one machine. */
  private String sharing(FleetModel fleet) {
    int cpus = CpuList.parse(run.plan.setUp().serverCpus()).size();
    if (run.plan.setUp().simulated()) {
      return "";
    }
    if (fleet.divides(cpus)) {
      return "Each server had "
          + Prose.count(fleet.coresOfEach(cpus), "CPU")
          + " of its own; the proxy shared them.";
    }
    return "The servers and the proxy shared "
        + Prose.count(cpus, "CPU")
        + ". While one server was down, a neighbour took its part of the CPU time, as if a machine"
        + " had gone with it. But what one server leaves idle, the others can use, as they could not"
        + " on machines of their own; and the start of the killed one takes CPU time from them.";
  }

  private Table table() {
    boolean compared = courses.stream().anyMatch(course -> course.simulated() != null);
    boolean variants = run.summary.variants().size() > 1;
    List<String> columns = new ArrayList<>(List.of("server", "strategy"));
    columns.addAll(variants ? List.of("variant") : List.of());
    int words = columns.size();
    for (String time : List.of("before", "one down", "at the end")) {
      columns.add(time);
      columns.addAll(compared ? List.of("simulated") : List.of());
    }
    columns.add("without an answer");
    Looks looks = Looks.of(run.summary.strategies());
    List<List<Cell>> rows = new ArrayList<>();
    for (FleetCourse course : courses) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.of(course.row().server()));
      String strategy = course.row().strategy();
      row.add(Cell.of(run.names.code(strategy), looks.of(strategy)));
      if (variants) {
        row.add(Cell.of(Prose.variant(course.row().variant())));
      }
      List<ToDoubleFunction<FleetCourse.Shares>> times =
          List.of(FleetCourse.Shares::before, FleetCourse.Shares::down, FleetCourse.Shares::end);
      for (ToDoubleFunction<FleetCourse.Shares> time : times) {
        row.add(share(course.measured(), time));
        if (compared) {
          row.add(share(course.simulated(), time));
        }
      }
      row.add(Cell.of(Numbers.fixed(course.unanswered(), 0)));
      rows.add(row);
    }
    return new Table(columns, words, rows);
  }

  private static Cell share(
      FleetCourse.@Nullable Shares of, ToDoubleFunction<FleetCourse.Shares> time) {
    return of == null
        ? Cell.of(Numbers.NO_FIGURE, "weak")
        : Cell.of(Numbers.percent(time.applyAsDouble(of)));
  }

  private String simulated() {
    if (courses.stream().allMatch(course -> course.simulated() == null)) {
      return "";
    }
    return "Simulated: the same fleet without HTTP and without a proxy, in which a killed server gets"
        + " nothing more at once, and the next is warm when it starts; each server has its part of"
        + " the CPU to itself. Measurement and simulation differ by at most "
        + points(FleetCourse.Shares::down)
        + " while one server is down, and by at most "
        + points(FleetCourse.Shares::end)
        + " at the end.";
  }

  private String points(ToDoubleFunction<FleetCourse.Shares> time) {
    double most =
        courses.stream()
            .filter(course -> course.simulated() != null)
            .mapToDouble(
                course ->
                    Math.abs(
                        time.applyAsDouble(course.measured())
                            - time.applyAsDouble(Objects.requireNonNull(course.simulated()))))
            .filter(Double::isFinite)
            .max()
            .orElse(Double.NaN);
    return Numbers.fixed(100 * most, 1) + " percentage points";
  }
}
