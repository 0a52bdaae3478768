package shedlab.report.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import shedlab.report.Report;
import shedlab.report.file.Scratch;
import shedlab.report.file.WholeFile;
import shedlab.report.overview.OverviewReport;
import shedlab.report.raw.RawCell;
import shedlab.report.raw.Recordings;
import shedlab.report.result.Manifest;
import shedlab.report.result.RunFiles;
import shedlab.report.text.HumanText;
import shedlab.report.text.StrategyNames;

/**
 * Publishes a run: its raw files and a fresh report in {@code results/reference[-EXPERIMENT]
 * [-targets][-PROFILE]}, and its block in the READMEs. {@code results/README.md} lists every
 * published run; the README beside {@code results} shows those for which it has marks. Gatling's
 * own pages are not published.
 *
 * @param name of the published run, which is also the name of its marks
 */
public record Publication(Path results, String name) {
  /** The figures of {@code make jmh}: they are from another run and are kept. */
  private static final String JMH = "jmh.json";

  /** Has people's own text, which the report keeps. */
  private static final String WRITE_UP = "REPORT.md";

  private static final String README = "README.md";

  /** The list of published runs. */
  private static final String RUNS = "RUNS.md";

  /** New runs are listed at the end of this block of it. */
  private static final MarkedBlock LIST = new MarkedBlock("published");

  /**
   * Publishes a run, or rewrites a published one in place.
   *
   * @return the folder of the published run
   * @throws IOException with a one-line message if the run cannot be read or {@code
   *     results/RUNS.md} has no place for it; then no file has been changed
   */
  public static Path of(Path run, Path results) throws IOException {
    Manifest plan = RunFiles.open(run).manifest();
    var publication = new Publication(results, name(plan.purpose(), plan.grid().strategies()));
    publication.listed("", plan.purpose().question()); // fails before a file is changed
    Path folder = results.resolve(publication.name);
    if (Files.isDirectory(folder) && Files.isSameFile(run, folder)) {
      Report.write(folder);
    } else {
      keepsWhatPeopleWrote(run.resolve(WRITE_UP), folder.resolve(WRITE_UP));
      publication.replaceBy(run, plan);
    }
    publication.tell(plan.purpose().question());
    return folder;
  }

  /**
   * The name leaves out the experiment {@code overload} and the profile {@code default}. A run of
   * servers that are not ours is one of its own.
   */
  static String name(Manifest.Purpose purpose, List<String> strategies) {
    boolean targets = strategies.stream().anyMatch(StrategyNames::isOwn);
    return RunFiles.REFERENCE
        + (purpose.experiment().equals("overload") ? "" : "-" + purpose.experiment())
        + (targets ? "-targets" : "")
        + (purpose.profile().equals("default") ? "" : "-" + purpose.profile());
  }

  /** Text about older figures is not carried over to new ones, and not thrown away either. */
  private static void keepsWhatPeopleWrote(Path fresh, Path old) throws IOException {
    if (!written(fresh) && written(old)) {
      throw new IOException(
          fresh
              + ": nothing that people wrote (expected: a text between its human marks, because that"
              + " of "
              + old
              + " is replaced)");
    }
  }

  private static boolean written(Path writeUp) throws IOException {
    return Files.exists(writeUp) && !HumanText.isBlank(Files.readString(writeUp));
  }

  /** The old folder is deleted only after the new one is complete. */
  private void replaceBy(Path run, Manifest plan) throws IOException {
    Path folder = results.resolve(name);
    Path fresh = results.resolve(".new-" + name); // not a published run, whatever dies here
    Scratch.delete(fresh);
    Files.createDirectories(fresh);
    copy(run, fresh, RunFiles.PUBLISHED);
    copy(run, fresh, Recordings.files(plan));
    copy(run, fresh, List.of(WRITE_UP));
    copy(folder, fresh, List.of(JMH));
    for (Path cell : cells(run)) {
      copy(cell, fresh.resolve("cells").resolve(cell.getFileName()), new RawCell(cell).published());
    }
    Report.write(fresh);
    Scratch.delete(folder);
    Files.move(fresh, folder);
  }

  private static List<Path> cells(Path run) throws IOException {
    Path cells = run.resolve("cells");
    if (!Files.isDirectory(cells)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(cells)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static void copy(Path from, Path to, List<String> files) throws IOException {
    for (String file : files) {
      if (Files.isRegularFile(from.resolve(file))) {
        Path copy = to.resolve(file);
        Files.createDirectories(copy.toAbsolutePath().getParent());
        Files.copy(from.resolve(file), copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void tell(String question) throws IOException {
    String block = block(results.resolve(name));
    WholeFile.write(results.resolve(RUNS), listed(linkedFrom(name + "/", block), question), false);
    show(results.resolve(name));
    Optional<Path> overview = OverviewReport.write(results);
    if (overview.isPresent()) {
      show(overview.get());
    }
  }

  /**
   * Puts the block of a folder of {@code results} into the READMEs of {@code results} and beside
   * it, where they have marks with the folder's name.
   */
  public static void show(Path folder) throws IOException {
    Path full = folder.toAbsolutePath().normalize();
    Path all = full.getParent();
    if (all == null) {
      return;
    }
    String name = String.valueOf(full.getFileName());
    show(full, all.resolve(README), name + "/");
    show(full, all.resolveSibling(README), all.getFileName() + "/" + name + "/");
  }

  private static void show(Path folder, Path readme, String prefix) throws IOException {
    if (!Files.isRegularFile(readme)) {
      return;
    }
    Optional<String> text =
        new MarkedBlock(String.valueOf(folder.getFileName()))
            .replaced(Files.readString(readme), linkedFrom(prefix, block(folder)));
    if (text.isPresent()) {
      WholeFile.write(readme, text.get(), false);
    }
  }

  private static String block(Path folder) throws IOException {
    return Files.readString(folder.resolve("README-block.md"));
  }

  /** {@code results/RUNS.md} with the block: in place of the earlier one, or as the last. */
  private String listed(String block, String question) throws IOException {
    Path file = results.resolve(RUNS);
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": missing (expected: the list of published runs)");
    }
    String text = Files.readString(file);
    var marks = new MarkedBlock(name);
    String entry = "\n## " + question + "\n\n" + marks.begin() + block.strip() + "\n" + marks.end();
    return marks
        .replaced(text, block)
        .or(() -> LIST.appended(text, entry))
        .orElseThrow(
            () ->
                new IOException(
                    file + ": no " + LIST.end().strip() + " (expected: a line of its own)"));
  }

  /** A block's links are relative to the run's folder; those in a README are relative to it. */
  static String linkedFrom(String prefix, String block) {
    return block.replaceAll("(\\]\\(|src(?:set)?=\")(?![a-z]+:|#)", "$1" + prefix);
  }
}
