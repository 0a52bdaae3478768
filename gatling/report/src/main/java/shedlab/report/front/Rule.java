package shedlab.report.front;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.report.result.Manifest;
import shedlab.report.text.Prose;
import shedlab.report.text.StrategyNames;

/**
 * A strategy as its experiment wrote it: with settings that follow from the machine and from the
 * deadline, so that they can be taken elsewhere.
 *
 * @param text {@code fixed:limit=${cpus}}
 * @param settings what each of these follows from, and what it was in this run, in words
 */
record Rule(String text, List<String> settings) {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{(cpus|workers|deadline|capacity)(?:([*/])(\\d+))?}");
  private static final Map<String, String> MEANING =
      Map.of(
          "cpus", "the server's CPUs",
          "workers", "its worker threads",
          "deadline", "the deadline",
          "capacity", "the measured capacity per second");

  /** Empty if the plan has no such text, or more than one. */
  static Optional<Rule> of(Manifest plan, String strategy) {
    List<String> matching =
        Arrays.stream(plan.settings().getOrDefault("strategies", "").strip().split("\\s+"))
            .filter(text -> matches(text, strategy))
            .distinct()
            .toList();
    return matching.size() == 1
        ? Optional.of(new Rule(matching.get(0), settings(matching.get(0), strategy)))
        : Optional.empty();
  }

  /** True if the pieces are the same, and every setting without a placeholder. */
  private static boolean matches(String text, String strategy) {
    Map<String, String> wanted = parameters(strategy);
    return StrategyNames.composition(text)
            .names()
            .equals(StrategyNames.composition(strategy).names())
        && parameters(text).entrySet().stream()
            .filter(entry -> !entry.getValue().contains("${"))
            .allMatch(entry -> entry.getValue().equals(wanted.get(entry.getKey())));
  }

  /** By {@code number of the piece, key}. */
  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new LinkedHashMap<>();
    var parts = StrategyNames.composition(text).parts();
    for (int i = 0; i < parts.size(); i++) {
      for (Map.Entry<String, String> value : parts.get(i).values().entrySet()) {
        parameters.put(i + "," + value.getKey(), value.getValue());
      }
    }
    return parameters;
  }

  private static List<String> settings(String text, String strategy) {
    Map<String, String> here = parameters(strategy);
    List<String> settings = new ArrayList<>();
    parameters(text)
        .forEach(
            (place, value) -> {
              Matcher found = PLACEHOLDER.matcher(value);
              if (found.find()) {
                settings.add(
                    "`"
                        + place.substring(place.indexOf(',') + 1)
                        + "` is "
                        + words(found)
                        + " (here "
                        + here.getOrDefault(place, value)
                        + ")");
              }
            });
    return settings;
  }

  private static String words(Matcher found) {
    String of = MEANING.getOrDefault(found.group(1), found.group(1));
    if (found.group(2) == null) {
      return of;
    }
    String number = found.group(3);
    if (found.group(2).equals("*")) {
      return number + " times " + of;
    }
    return number.equals("2") ? "half " + of : "1/" + number + " of " + of;
  }

  /** The rule in a sentence. */
  String words() {
    return settings.isEmpty()
        ? "`" + text + "` needs no other setting."
        : "By rule, `" + text + "`: " + Prose.list(settings) + ".";
  }
}
