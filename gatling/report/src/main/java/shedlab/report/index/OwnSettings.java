package shedlab.report.index;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What whoever gave a command changed about its experiment. */
final class OwnSettings {
  /** Keys that say how much is measured and on what, not what is asked. */
  private static final Set<String> AMOUNT =
      Set.of("repeats", "precision", "budget", "injectors", "task-units", "seed");

  /** A value may hold blanks: it ends before the next key. */
  private static final Pattern KEY = Pattern.compile("(?:^|\\s)([a-z][a-z0-9-]*)=");

  private OwnSettings() {}

  /**
   * The settings of a command that make its question another one, as they were typed; empty if
   * there are none. Servers, strategies and loads do not: they are what is asked about.
   *
   * @param invocation word by word
   */
  static String of(List<String> invocation) {
    for (int i = 0; i < invocation.size(); i++) {
      String word = invocation.get(i);
      String settings =
          word.startsWith("SET=")
              ? word.substring("SET=".length())
              : word.startsWith("--set=")
                  ? word.substring("--set=".length())
                  : word.equals("--set") && i + 1 < invocation.size() ? invocation.get(i + 1) : "";
      if (KEY.matcher(settings).results().anyMatch(key -> !AMOUNT.contains(key.group(1)))) {
        return settings.strip();
      }
    }
    return "";
  }
}
