package shedlab.report.table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shedlab.report.chart.Looks;
import shedlab.report.metric.Summary;
import shedlab.report.result.CellResult;
import shedlab.report.result.Check;
import shedlab.report.result.Invocation;
import shedlab.report.result.Judgement;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.table.Table.Cell;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/** The tables that show how reliable the figures are: validity, capacity, environment, command. */
public final class Evidence {
  private final Manifest manifest;
  private final Map<String, String> env;
  private final Summary summary;
  private final List<CellResult> cells;
  private final StrategyNames names;
  private final Path folder;

  public Evidence(RunFiles run, Summary summary, StrategyNames names) {
    this.manifest = run.manifest();
    this.env = run.env();
    this.summary = summary;
    this.cells = run.cells();
    this.names = names;
    this.folder = run.folder();
  }

  /** Invalid cells with the checks that failed. */
  public Table invalid() {
    List<List<String>> rows = new ArrayList<>();
    for (CellResult cell : cells) {
      if (!cell.valid()) {
        List<String> row = new ArrayList<>(where(cell));
        row.add(reasons(cell));
        rows.add(row);
      }
    }
    return Table.of(List.of("server", "strategy", "load", "repeat", "why"), 5, rows);
  }

  /** The failed checks of an invalid cell; empty for a valid one. */
  public static String reasons(CellResult cell) {
    List<String> reasons = new ArrayList<>();
    if (cell.judgement().failure() != null) {
      reasons.add("failed: " + cell.judgement().failure());
    }
    for (Check check : cell.judgement().checks()) {
      if (!check.ok()) {
        reasons.add(check.name() + ": " + check.value() + " (expected: " + check.bound() + ")");
      }
    }
    return String.join("; ", reasons);
  }

  /** What servers did that a reader should know; no reason to leave a cell out. */
  public Table findings() {
    List<List<String>> rows = new ArrayList<>();
    for (CellResult cell : cells) {
      for (Judgement.Finding finding : cell.judgement().findings()) {
        if (finding.remarkable()) {
          List<String> row = new ArrayList<>(where(cell));
          row.addAll(List.of(finding.name(), finding.value(), finding.usual(), finding.remark()));
          rows.add(row);
        }
      }
    }
    List<String> columns = List.of("server", "strategy", "load", "repeat", "finding", "value");
    List<String> all = new ArrayList<>(columns);
    all.addAll(List.of("usual", "what it means"));
    return Table.of(all, 8, rows);
  }

  /** Every cell with every check, and a link to Gatling's own page if there is one. */
  public Table checks() {
    Map<String, Set<String>> bounds = new LinkedHashMap<>();
    for (CellResult cell : cells) {
      for (Check check : cell.judgement().checks()) {
        bounds.computeIfAbsent(check.name(), n -> new LinkedHashSet<>()).add(check.bound());
      }
    }
    List<String> columns =
        new ArrayList<>(List.of("server", "strategy", "load", "repeat", "valid"));
    bounds.forEach(
        (name, all) -> columns.add(all.size() == 1 ? name + " (" + first(all) + ")" : name));
    columns.add("Gatling");
    List<String> marks = new ArrayList<>();
    List<List<Cell>> rows = new ArrayList<>();
    for (CellResult cell : cells) {
      List<Cell> row = new ArrayList<>(where(cell).stream().map(Cell::of).toList());
      row.add(cell.valid() ? Cell.of("yes") : Cell.of("✗ no", "broken"));
      for (Map.Entry<String, Set<String>> bound : bounds.entrySet()) {
        row.add(check(cell, bound.getKey(), bound.getValue().size() > 1));
      }
      String page = there(cell.judgement().gatlingReport());
      row.add(page == null ? Cell.of(Numbers.NO_FIGURE, "weak") : new Cell("page", "", page));
      rows.add(row);
      marks.add(mark(cell));
    }
    return new Table(columns, 2, rows).marked(marks, List.of());
  }

  /** The attributes by which the page filters, and finds the cell. */
  private String mark(CellResult cell) {
    return "id=\"cell-"
        + Prose.escape(cell.key().id())
        + "\" data-h=\""
        + summary.servers().indexOf(cell.server())
        + "\" data-p=\""
        + summary.strategies().indexOf(cell.strategy())
        + "\" data-v=\""
        + summary.variants().indexOf(cell.variant())
        + "\" data-l=\""
        + summary.loads().indexOf(cell.load())
        + "\"";
  }

  /** The capacity (1x) of each server; several calibrations are shown as a range. */
  public Table capacity() {
    List<List<String>> rows = new ArrayList<>();
    for (String server : summary.servers()) {
      double[] capacities =
          cells.stream()
              .filter(c -> c.server().equals(server))
              .mapToDouble(CellResult::capacityPerSecond)
              .filter(c -> c > 0)
              .sorted()
              .distinct()
              .toArray();
      if (capacities.length > 0) {
        String least = Numbers.rate(capacities[0]);
        String most = Numbers.rate(capacities[capacities.length - 1]);
        rows.add(List.of(server, Prose.range(least, most)));
      }
    }
    return Table.of(List.of("server", "capacity, requests/s"), 1, rows);
  }

  /** Short names and canonical texts. */
  public Table strategies() {
    Looks looks = Looks.of(summary.strategies());
    List<List<Cell>> rows = new ArrayList<>();
    for (String strategy : summary.strategies()) {
      Cell name = Cell.of(names.code(strategy), looks.of(strategy));
      String own = StrategyNames.isOwn(strategy) ? ": what the server does by itself" : "";
      rows.add(List.of(name, Cell.of("`" + strategy + "`" + own)));
    }
    return new Table(List.of("strategy", "canonical text"), 2, rows);
  }

  /** The plan's settings. */
  public Table settings() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("deadline", manifest.load().deadlineMillis() + " ms"));
    rows.add(List.of("client timeout", manifest.load().timeoutMillis() + " ms"));
    rows.add(List.of("task", Prose.count(manifest.load().taskUnits(), "unit") + " of CPU work"));
    rows.add(
        List.of(
            "workers, I/O threads",
            manifest.setUp().workers() + ", " + manifest.setUp().ioThreads()));
    rows.add(List.of("niceness of workers", Integer.toString(manifest.setUp().workerNice())));
    rows.add(List.of("niceness of compilers", Integer.toString(manifest.setUp().compilerNice())));
    rows.add(List.of("CPUs of the server", "`" + manifest.setUp().serverCpus() + "`"));
    rows.add(List.of("CPUs of the load generator", "`" + manifest.setUp().injectorCpus() + "`"));
    rows.add(
        List.of(
            "warm-up, lead-in, window",
            Prose.list(
                List.of(
                    Numbers.plain(manifest.load().warmUpSeconds()) + " s",
                    Numbers.plain(manifest.load().leadInSeconds()) + " s",
                    Numbers.plain(manifest.load().measureSeconds()) + " s"))));
    rows.add(List.of("repeats", Integer.toString(manifest.grid().repeats())));
    rows.add(List.of("a fresh server per", manifest.grid().freshServer()));
    for (String key : List.of("fleet", "kill")) {
      String text = manifest.settings().getOrDefault(key, "");
      if (!text.isEmpty()) {
        rows.add(List.of(key, "`" + text + "`"));
      }
    }
    rows.add(List.of("host", manifest.setUp().host()));
    if (!manifest.setUp().image().isEmpty()) {
      rows.add(List.of("image", "`" + manifest.setUp().image() + "`"));
    }
    rows.add(List.of("seed", Long.toString(manifest.seed())));
    return Table.of(List.of("setting", "value"), 2, rows);
  }

  /** {@code env.json}. */
  public Table environment() {
    List<List<String>> rows = new ArrayList<>();
    env.forEach((key, value) -> rows.add(List.of(key, value)));
    return Table.of(List.of("environment", "value"), 2, rows);
  }

  /** The command as it was typed; if the run did not record it, as far as the plan tells. */
  public String command() {
    if (!manifest.invocation().isEmpty()) {
      return Invocation.line(manifest.invocation());
    }
    boolean simulated = manifest.setUp().simulated();
    List<String> words = new ArrayList<>();
    words.addAll(List.of("make", simulated ? "simulate" : "bench"));
    words.add("PROFILE=" + manifest.purpose().profile());
    words.add("E=" + manifest.purpose().experiment());
    if (!simulated) {
      words.add("SERVERS=" + String.join(" ", manifest.grid().servers()));
      words.add("HOST=" + manifest.setUp().host());
    }
    return "# as far as its plan tells: the command of this run was not recorded\n"
        + Invocation.line(words);
  }

  private List<String> where(CellResult cell) {
    return List.of(
        cell.server(),
        names.code(cell.strategy()),
        Numbers.load(cell.load()),
        Integer.toString(cell.key().repeat()));
  }

  private static Cell check(CellResult cell, String name, boolean withBound) {
    for (Check check : cell.judgement().checks()) {
      if (check.name().equals(name)) {
        String text = check.value() + (withBound ? " (" + check.bound() + ")" : "");
        return check.ok() ? Cell.of(text) : Cell.of("✗ " + text, "broken");
      }
    }
    return Cell.of(Numbers.NO_FIGURE, "weak");
  }

  /** A link to an existing file; a published run does not have Gatling's pages. */
  private @Nullable String there(@Nullable String path) {
    String link = relative(path);
    return path != null && Files.isRegularFile(folder.resolve(path)) ? link : null;
  }

  /** A link, or null if it leads out of the run's folder. */
  private static @Nullable String relative(@Nullable String path) {
    if (path == null || path.startsWith("/") || path.contains(":") || path.contains("..")) {
      return null;
    }
    return path.replace(" ", "%20");
  }

  private static String first(Set<String> all) {
    return all.iterator().next();
  }
}
