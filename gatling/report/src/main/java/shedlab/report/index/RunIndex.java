package shedlab.report.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import shedlab.report.Document;
import shedlab.report.Headline;
import shedlab.report.file.WholeFile;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;

/**
 * {@code index.html} of a folder of runs, newest first; runs that cannot be read are listed too.
 */
public final class RunIndex {
  private static final String PAGE = "index.html";
  private static final String TITLE = "Shedlab: runs";
  private static final Pattern STAMP =
      Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)-(\\d\\d)(\\d\\d)\\d\\d.*");
  private static final List<String> COLUMNS =
      List.of("run", "date", "experiment", "profile", "host", "valid", "what it found", "files");

  private final List<Entry> runs = new ArrayList<>();
  private final List<List<String>> unreadable = new ArrayList<>();
  private final List<List<String>> others = new ArrayList<>();

  /** A run's row, and the key by which it is sorted. */
  private record Entry(String date, String folder, List<String> row) {}

  private RunIndex() {}

  /** Writes the index of a run's folder, unless there is a page of that name that is no index. */
  public static void around(Path run) throws IOException {
    Path results = run.toAbsolutePath().normalize().getParent();
    if (results != null && !foreign(results.resolve(PAGE))) {
      write(results);
    }
  }

  private static boolean foreign(Path page) throws IOException {
    return Files.exists(page) && !Files.readString(page).contains("<h1>" + TITLE + "</h1>");
  }

  /**
   * Writes the index anew.
   *
   * @return the page
   * @throws IOException if the folder cannot be read or written, or has a page of that name that is
   *     no index
   */
  public static Path write(Path results) throws IOException {
    Path page = results.resolve(PAGE);
    if (foreign(page)) {
      throw new IOException(page + ": another page (expected: none, or the index of runs)");
    }
    var index = new RunIndex();
    try (Stream<Path> all = Files.list(results)) {
      all.sorted().forEach(index::add);
    }
    WholeFile.write(page, index.document().html(), false);
    return page;
  }

  private void add(Path path) {
    String name = path.getFileName().toString();
    if (Files.isRegularFile(path.resolve("plan.json"))) {
      addRun(path, name);
    } else if (Files.isRegularFile(path.resolve("jmh.json"))) {
      others.add(List.of("[" + name + "](" + href(name) + "/jmh.json)", "what a decision costs"));
    } else if (Files.isRegularFile(path.resolve("slo.json"))) {
      others.add(
          List.of(
              "[" + name + "](" + href(name) + "/REPORT.md)",
              "the greatest load that keeps an objective"));
    } else if (Files.isRegularFile(path.resolve("refusals.csv"))) {
      others.add(List.of("[" + name + "](" + href(name) + "/README.md)", "what a 429 costs"));
    } else if (name.startsWith("compare-") && name.endsWith(".html")) {
      others.add(List.of("[" + name + "](" + href(name) + ")", "two runs compared"));
    }
  }

  private void addRun(Path folder, String name) {
    try {
      RunFiles run = RunFiles.open(folder);
      Manifest plan = run.manifest();
      Headline headline = Headline.of(run);
      String date = date(plan.run());
      runs.add(
          new Entry(
              date,
              name,
              List.of(
                  link(folder, name, "report.html", name),
                  date,
                  plan.purpose().experiment(),
                  plan.purpose().profile() + (plan.purpose().evidence() ? "" : " (not evidence)"),
                  plan.setUp().host(),
                  headline.validity(),
                  headline.found(),
                  link(folder, name, "REPORT.md", "write-up"))));
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      why = why.replace(folder + "/", ""); // the page may be read on another machine
      unreadable.add(List.of("[" + name + "](" + href(name) + "/)", "✗ " + why));
    }
  }

  private Document document() {
    List<List<String>> rows =
        runs.stream()
            .sorted(Comparator.comparing(Entry::date).reversed().thenComparing(Entry::folder))
            .map(Entry::row)
            .toList();
    Document page = new Document(TITLE);
    page.text(
        rows.isEmpty() && unreadable.isEmpty()
            ? "No run yet: `make bench` makes one."
            : "The newest first. What a run found is the first sentence of its report.");
    page.table(COLUMNS, COLUMNS.size(), rows);
    if (!unreadable.isEmpty()) {
      page.heading("Runs that cannot be read");
      page.table(List.of("folder", "why"), 2, unreadable);
    }
    if (!others.isEmpty()) {
      page.heading("Other pages");
      page.table(List.of("page", "what"), 2, others);
    }
    return page;
  }

  /** From the run's own name, which stays when its folder is copied. */
  private static String date(String run) {
    Matcher stamp = STAMP.matcher(run);
    return stamp.matches()
        ? stamp.group(1)
            + "-"
            + stamp.group(2)
            + "-"
            + stamp.group(3)
            + " "
            + stamp.group(4)
            + ":"
            + stamp.group(5)
        : "–";
  }

  private static String link(Path folder, String name, String file, String text) {
    return Files.exists(folder.resolve(file))
        ? "[" + text + "](" + href(name) + "/" + file + ")"
        : text.equals(name) ? name : "–";
  }

  private static String href(String name) {
    return name.replace("%", "%25").replace(" ", "%20").replace("#", "%23").replace("?", "%3F");
  }
}
