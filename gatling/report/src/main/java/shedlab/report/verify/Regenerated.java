package shedlab.report.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import shedlab.report.Report;
import shedlab.report.file.Scratch;

/**
 * The report's files, made again in another folder from a copy of the run's other files, and
 * compared byte for byte.
 *
 * @param files the report's files, those of the run and those that were made again
 */
record Regenerated(List<String> files, List<String> differences) {
  /** Files that the report makes. It also reads {@code REPORT.md}, which has people's own text. */
  private static final String MADE = ".*\\.(csv|html|md|svg)";

  private static final String WRITE_UP = "REPORT.md";
  private static final int LONGEST = 100;

  static Regenerated of(Path run) throws IOException {
    try (Scratch scratch = Scratch.create()) {
      return of(run, scratch.folder());
    }
  }

  private static Regenerated of(Path run, Path copy) throws IOException {
    try {
      for (String name : names(run)) {
        Path file = run.resolve(name);
        if (Files.isRegularFile(file) && (!name.matches(MADE) || name.equals(WRITE_UP))) {
          Files.copy(file, copy.resolve(name));
        }
      }
      if (Files.isDirectory(run.resolve("cells"))) {
        Files.createSymbolicLink(copy.resolve("cells"), run.resolve("cells").toAbsolutePath());
      }
      Report.write(copy);
      return compare(run, copy);
    } catch (IOException e) { // of the run's own files, by its own name
      throw new IOException(String.valueOf(e.getMessage()).replace("" + copy, "" + run), e);
    }
  }

  private static Regenerated compare(Path run, Path again) throws IOException {
    Set<String> files = new TreeSet<>(made(run));
    files.addAll(made(again));
    List<String> differences = new ArrayList<>();
    for (String name : files) {
      Path found = run.resolve(name);
      Path expected = again.resolve(name);
      if (!Files.exists(found)) {
        differences.add(name + ": missing (expected: made by the report)");
      } else if (!Files.exists(expected)) {
        differences.add(name + ": there (expected: not made by the report)");
      } else if (Files.mismatch(found, expected) >= 0) {
        differences.add(name + firstDifference(found, expected));
      }
    }
    return new Regenerated(List.copyOf(files), differences);
  }

  private static Set<String> made(Path folder) throws IOException {
    Set<String> made = new TreeSet<>();
    for (String name : names(folder)) {
      if (Files.isRegularFile(folder.resolve(name)) && name.matches(MADE)) {
        made.add(name);
      }
    }
    for (String name : names(folder.resolve("charts"))) {
      made.add("charts/" + name);
    }
    return made;
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** {@code :LINE: what is there (expected: what follows)}. */
  private static String firstDifference(Path found, Path expected) throws IOException {
    List<String> here = Files.readAllLines(found);
    List<String> there = Files.readAllLines(expected);
    int line = 0;
    while (line < Math.min(here.size(), there.size()) && here.get(line).equals(there.get(line))) {
      line++;
    }
    String a = line < here.size() ? here.get(line) : "(end)";
    String b = line < there.size() ? there.get(line) : "(end)";
    int from = 0;
    while (from < Math.min(a.length(), b.length()) && a.charAt(from) == b.charAt(from)) {
      from++;
    }
    // Lines of a page may be long, so this shows the text around the difference.
    int start = Math.max(0, from - LONGEST / 4);
    return ":" + (line + 1) + ": " + part(a, start) + " (expected: " + part(b, start) + ")";
  }

  private static String part(String line, int start) {
    String rest = line.substring(Math.min(start, line.length()));
    return rest.length() <= LONGEST ? rest : rest.substring(0, LONGEST) + "...";
  }
}
