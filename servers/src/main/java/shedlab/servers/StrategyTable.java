package shedlab.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import shedlab.spec.Definition;
import shedlab.spec.Parameter;
import shedlab.strategy.Strategies;

/** Everything that can be named, one row each, in the order of registration. */
record StrategyTable(List<Row> rows) {
  /** What there is to say of one piece. */
  record Row(String name, String family, String idea, String parameters, String source) {
    static Row of(String family, Definition<?> definition) {
      return new Row(
          definition.name(),
          family,
          definition.idea(),
          definition.parameters().stream().map(Row::withDefault).collect(Collectors.joining(",")),
          definition.source());
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
    return text.toString();
  }
}
