package shedlab.report.flame;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.report.file.Lines;
import shedlab.report.file.WholeFile;

/**
 * {@code stacks.folded}: each stack on a line, its frames from the outermost to the innermost with
 * semicolons between them, a blank and its weight. This is the form in which the tools for flame
 * graphs read stacks. The only reader and writer of this file.
 *
 * @param weights by stack, as its line has it; a weight is any unit of time
 */
public record Stacks(Map<String, Long> weights) {
  /** The file's name in a cell's folder. */
  public static final String FILE = "stacks.folded";

  private static final Pattern LINE = Pattern.compile("(\\S.*) ([1-9][0-9]{0,17})");
  private static final String BETWEEN = ";";

  /** Sorted, whatever the order of the samples. */
  public Stacks {
    weights = Collections.unmodifiableMap(new TreeMap<>(weights));
  }

  /** A stack as a line has it: no frame may hold a semicolon or an end of line. */
  public static String folded(List<String> frames) {
    return String.join(
        BETWEEN, frames.stream().map(frame -> frame.replaceAll("[;\\s]+", " ").strip()).toList());
  }

  /** The frames of a stack, the outermost first. */
  static List<String> frames(String stack) {
    return Arrays.asList(stack.split(BETWEEN, -1));
  }

  /** The sum of all weights. */
  public long total() {
    return weights.values().stream().mapToLong(weight -> weight).sum();
  }

  /** The text of the file. */
  public String text() {
    var text = new StringBuilder();
    weights.forEach((stack, weight) -> text.append(stack).append(' ').append(weight).append('\n'));
    return text.toString();
  }

  /** Writes the file into a folder. */
  public void write(Path folder) throws IOException {
    WholeFile.write(folder.resolve(FILE), text(), false);
  }

  /**
   * Reads the file of a folder.
   *
   * @throws IOException that names file and line, if it is not there or not what it should be
   */
  public static Stacks read(Path folder) throws IOException {
    var weights = new TreeMap<String, Long>();
    try (Lines lines = Lines.of(folder.resolve(FILE))) {
      for (String line = lines.nextWhole(); line != null; line = lines.nextWhole()) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches() || weights.containsKey(matcher.group(1))) {
          throw lines.place().broken("line", line, "a stack of its own and its weight");
        }
        weights.put(matcher.group(1), Long.valueOf(matcher.group(2)));
      }
    }
    return new Stacks(weights);
  }
}
