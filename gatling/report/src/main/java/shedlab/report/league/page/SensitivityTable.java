package shedlab.report.league.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import shedlab.report.league.Contender;
import shedlab.report.league.SettingEffect;
import shedlab.report.table.Table;
import shedlab.report.text.Numbers;

/** What becomes of regret when one setting alone is multiplied. */
final class SensitivityTable {
  private final List<Line> lines = new ArrayList<>();
  private final List<Double> factors;

  /** A contender's setting, with its effect at each factor. */
  private record Line(
      String contender, String setting, String value, SortedMap<Double, SettingEffect> effects) {
    /** By how much the worst regret grows at most. */
    double harm() {
      SettingEffect asItIs = effects.get(1.0);
      double base = asItIs == null ? 0 : asItIs.worst();
      return effects.values().stream().mapToDouble(e -> e.worst() - base).max().orElse(0);
    }

    SettingEffect worst() {
      return effects.values().stream()
          .max(Comparator.comparingDouble(SettingEffect::worst))
          .orElseThrow();
    }
  }

  SensitivityTable(LeagueData data) {
    factors = data.effects().stream().map(SettingEffect::factor).distinct().sorted().toList();
    for (Contender contender : data.contenders()) {
      Map<String, Line> mine = new LinkedHashMap<>();
      for (SettingEffect effect : data.effects()) {
        if (effect.contender().equals(contender.name())) {
          mine.computeIfAbsent(
                  effect.setting(),
                  s ->
                      new Line(contender.name(), effect.setting(), effect.value(), new TreeMap<>()))
              .effects()
              .put(effect.factor(), effect);
        }
      }
      mine.values().stream()
          .sorted(Comparator.comparingDouble(Line::harm).reversed())
          .forEach(lines::add);
    }
  }

  /** Empty without a file. */
  String html() {
    List<String> columns = new ArrayList<>(List.of("strategy", "setting", "value"));
    factors.forEach(factor -> columns.add("× " + Numbers.plain(factor)));
    List<List<Table.Cell>> rows = new ArrayList<>();
    for (Line line : lines) {
      List<Table.Cell> row =
          new ArrayList<>(
              List.of(
                  Table.Cell.of(line.contender()),
                  Table.Cell.of("`" + line.setting() + "`"),
                  Table.Cell.of(line.value())));
      for (double factor : factors) {
        SettingEffect effect = line.effects().get(factor);
        row.add(
            effect == null
                ? Table.Cell.of(Numbers.NO_FIGURE)
                : Table.Cell.of(
                    Points.text(effect.worst()) + " (" + Points.text(effect.mean()) + ")",
                    Points.heat(effect.worst())));
      }
      rows.add(row);
    }
    return new Table(columns, 3, rows).html();
  }

  /** The setting that does most harm, and how many do hardly any. */
  String sentence() {
    Line most = lines.stream().max(Comparator.comparingDouble(Line::harm)).orElse(null);
    if (most == null) {
      return "";
    }
    long calm = lines.stream().filter(line -> line.harm() < 2).count();
    SettingEffect worst = most.worst();
    SettingEffect base = most.effects().get(1.0);
    return "The most sensitive setting is `"
        + most.setting()
        + "` of `"
        + most.contender()
        + "`: at "
        + Numbers.plain(worst.factor())
        + " times its value the worst regret is "
        + Points.text(worst.worst())
        + (base == null ? "" : " instead of " + Points.text(base.worst()))
        + ". "
        + calm
        + " of "
        + lines.size()
        + " settings cost less than 2 points between half and twice their value.";
  }
}
