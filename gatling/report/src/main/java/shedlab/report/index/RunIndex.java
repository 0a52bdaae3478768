package shedlab.report.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import shedlab.report.file.WholeFile;
import shedlab.report.index.IndexPage.Other;
import shedlab.report.overview.OverviewReport;
import shedlab.report.result.RunFiles;

/** {@code index.html} of a folder of runs, by question; runs that cannot be read are listed too. */
public final class RunIndex {
  private static final String PAGE = "index.html";

  private final List<ListedRun> runs = new ArrayList<>();
  private final List<Other> unreadable = new ArrayList<>();
  private final List<Other> others = new ArrayList<>();

  private RunIndex() {}

  /** Writes the index of a run's folder, unless there is a page of that name that is no index. */
  public static void around(Path run) throws IOException {
    Path results = run.toAbsolutePath().normalize().getParent();
    if (results != null && !foreign(results.resolve(PAGE))) {
      write(results);
    }
  }

  private static boolean foreign(Path page) throws IOException {
    return Files.exists(page) && !Files.readString(page).contains(IndexPage.HEADING);
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
    String html = IndexPage.of(Question.of(index.runs), index.unreadable, index.others);
    WholeFile.write(page, html, false);
    return page;
  }

  private void add(Path path) {
    String name = path.getFileName().toString();
    if (name.startsWith(".")) {
      return; // a run that is just being published, or was when the machine stopped
    }
    if (Files.isRegularFile(path.resolve("plan.json"))) {
      addRun(path, name);
    } else if (has(path, "jmh.json")) {
      other(name, "/jmh.json", "what a decision costs");
    } else if (has(path, "slo.json")) {
      other(name, "/REPORT.md", "the greatest load that keeps an objective");
    } else if (has(path, "refusals.csv")) {
      other(name, "/README.md", "what a 429 costs");
    } else if (has(path, "protocols.csv")) {
      other(name, "/README.md", "what a 429 costs over TLS and HTTP/2");
    } else if (name.equals(OverviewReport.NAME) && has(path, "README.md")) {
      other(name, "/README.md", "all published runs side by side");
    } else if (has(path, "scores.csv") && has(path, PAGE)) {
      other(name, "/" + PAGE, "every strategy in every simulated situation");
    } else if (name.startsWith("compare-") && name.endsWith(".html")) {
      other(name, "", "two runs compared");
    }
  }

  private static boolean has(Path folder, String file) {
    return Files.isRegularFile(folder.resolve(file));
  }

  private void other(String name, String file, String words) {
    others.add(new Other(name, IndexPage.href(name) + file, words));
  }

  private void addRun(Path folder, String name) {
    try {
      runs.add(ListedRun.of(RunFiles.open(folder)));
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      // The page may be read on another machine.
      why = why.replace(folder + "/", "").replace(folder + ": ", "");
      unreadable.add(new Other(name, IndexPage.href(name) + "/", "✗ " + why));
    }
  }
}
