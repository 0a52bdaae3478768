package shedlab.report.result;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command, word by word, as a line for a shell. */
public final class Invocation {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");
  private static final Pattern ASSIGNMENT = Pattern.compile("(?s)((?:--)?[A-Za-z_-]+=)(.+)");

  private Invocation() {}

  /** The line: words with special characters are quoted. */
  public static String line(List<String> words) {
    return words.stream().map(Invocation::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    if (PLAIN.matcher(word).matches()) {
      return word;
    }
    Matcher assignment = ASSIGNMENT.matcher(word);
    return assignment.matches()
        ? assignment.group(1) + inQuotes(assignment.group(2))
        : inQuotes(word);
  }

  private static String inQuotes(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
