package shedlab.bench.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.report.result.Phase;
import shedlab.spec.SpecException;

/** Reads the course of a cell's load: {@code 0.5@5s 1..2@10s}. */
final class Course {
  static final String RULE = "1@10s for a plateau, 0.5..2@10s for a ramp";

  private static final Pattern PHASE =
      Pattern.compile(
          "(NUMBER)(?:\\.\\.(NUMBER))?@([1-9][0-9]{0,4})s"
              .replace("NUMBER", "[0-9]{1,6}(?:\\.[0-9]{1,6})?"));

  private Course() {}

  static List<Phase> parse(String text) {
    List<Phase> phases = new ArrayList<>();
    for (String word : text.isEmpty() ? new String[0] : text.trim().split("\\s+", -1)) {
      Matcher matcher = PHASE.matcher(word);
      if (!matcher.matches()) {
        throw new SpecException("phases", word, RULE);
      }
      double from = Double.parseDouble(matcher.group(1));
      double to = matcher.group(2) == null ? from : Double.parseDouble(matcher.group(2));
      phases.add(new Phase(from, to, Integer.parseInt(matcher.group(3))));
    }
    return List.copyOf(phases);
  }
}
