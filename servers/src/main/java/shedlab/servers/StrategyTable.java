package shedlab.servers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.spec.Setting;
import shedlab.spec.Target;
import shedlab.strategy.Strategies;

/** All installed pieces, one row each, in the order of registration. */
record StrategyTable(List<Row> rows) {
  private static final Target SHOWN = new Target(Duration.ofMillis(250), 4);
  private static final String SHOWN_TEXT = "profile=tuned,deadline=250ms,workers=4";

  /** One piece, as a row of the table. */
  record Row(
      String name, String family, String idea, String parameters, String tuned, String source) {
    static Row of(String family, Definition<?> definition) {
      return new Row(
          definition.name(),
          family,
          definition.idea(),
          definition.parameters().stream().map(Row::withDefault).collect(Collectors.joining(",")),
          tuned(definition),
          definition.source());
    }

    /** Where the tuned profile differs from the defaults, for the target that is shown. */
    private static String tuned(Definition<?> definition) {
      Function<Target, List<Setting<?>>> tuned = definition.tuned();
      return tuned == null
          ? ""
          : tuned.apply(SHOWN).stream()
              .filter(setting -> !setting.isDefault())
              .map(Setting::toString)
              .collect(Collectors.joining(","));
    }

    private static String withDefault(Parameter<?> parameter) {
      String text = parameter.defaultText();
      return parameter.key() + "=" + (text == null ? "?" : text);
    }
  }

  static StrategyTable of(Strategies strategies) {
    List<Row> rows = new ArrayList<>();
    strategies.limits().forEach(limit -> rows.add(Row.of("limit", limit)));
    strategies.backlogs().forEach(backlog -> rows.add(Row.of("backlog", backlog)));
    strategies.policers().forEach(policer -> rows.add(Row.of("policer", policer)));
    strategies.wholes().forEach(whole -> rows.add(Row.of("whole", whole)));
    return new StrategyTable(List.copyOf(rows));
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      text.append("%-8s %s: %s%n".formatted(row.family, row.name, row.idea));
      if (!row.parameters.isEmpty()) {
        text.append("         ").append(row.parameters).append('\n');
      }
      if (!row.tuned.isEmpty()) {
        text.append("         %s: %s%n".formatted(SHOWN_TEXT, row.tuned));
      }
      text.append("         ").append(row.source).append('\n');
    }
    return text.toString();
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| name | family | what it does | parameters and defaults | source |\n");
    text.append("|---|---|---|---|---|\n");
    for (Row row : rows) {
      String parameters = row.parameters.isEmpty() ? "" : "`" + row.parameters + "`";
      text.append("| `%s` | %s | ".formatted(row.name, row.family));
      text.append("%s | %s | %s |\n".formatted(row.idea, parameters, row.source));
    }
    text.append("\n| name | with `%s` |\n".formatted(SHOWN_TEXT));
    text.append("|---|---|\n");
    for (Row row : rows) {
      if (!row.tuned.isEmpty()) {
        text.append("| `%s` | `%s` |\n".formatted(row.name, row.tuned));
      }
    }
    return text.toString();
  }
}
